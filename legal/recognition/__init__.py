"""Recognition of Danish citations in running text ("udlændingelovens § 9 a, stk. 2").

Pure functions on text: nothing here knows a database. Outside code imports from here.
"""

from legal.recognition.citation_finder import find_citations
from legal.recognition.found_citations import ActMention, FoundCitation, MentionKind

__all__ = ["ActMention", "FoundCitation", "MentionKind", "find_citations"]
