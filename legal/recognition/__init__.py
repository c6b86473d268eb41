"""Recognition of Danish citations in running text ("udlændingelovens § 9 a, stk. 2").

Pure functions on text: nothing here knows a database. Outside code imports from here.
"""

from legal.recognition.citations import ActMention, FoundCitation, MentionKind
from legal.recognition.finding import find_citations

__all__ = ["ActMention", "FoundCitation", "MentionKind", "find_citations"]
