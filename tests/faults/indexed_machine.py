"""Random histories with the search engine beside the database's own search."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from cms.publication.following.followers import catch_up, get_head_position
from search.elastic.connection import get_write_client
from search.elastic.index_names import READ, build_aliases
from search.elastic.index_search import search_index
from search.followers import ElasticsearchFollower
from search.gate import check_index
from tests.faults import agreement
from tests.faults.edited_site import WORD, get_follower_position
from tests.faults.machine import SiteMachine, step


class IndexedSiteMachine(SiteMachine):
    """The same with the search engine, which begins every history with indices that are not there."""

    def __init__(self):
        super().__init__()
        self.indexer = ElasticsearchFollower()
        self.stack.callback(self.indexer.reset)

    @precondition(lambda self: get_follower_position(ElasticsearchFollower.name) < get_head_position())
    @step(rows=st.integers(1, 4))
    def index_log(self, rows):
        self.follow(self.indexer, rows)

    def check_search(self, day):
        super().check_search(day)
        catch_up(self.indexer, "machine")
        get_write_client().indices.refresh(index=build_aliases(READ))
        agreement.check_search(search_index, self.oracle, self.callers, day, word=WORD)
        drifted = [finding.description for finding in check_index(repair=False) if finding.is_drifted]
        assert drifted == []
