"""The routes of version 1."""

from django.urls import URLPattern, path

from cms.api.v1.views.acts import ActDiffView, ActListView, ActView, ProvisionView
from cms.api.v1.views.calendar import CalendarView
from cms.api.v1.views.changes import ChangesView
from cms.api.v1.views.citations import CitationListView
from cms.api.v1.views.citing import CitingListView
from cms.api.v1.views.document import DocumentView
from cms.api.v1.views.documentation import DocumentationView, OpenApiView
from cms.api.v1.views.documents import DocumentListView
from cms.api.v1.views.feeds import AtomFeedView, JsonFeedView
from cms.api.v1.views.root import RootView
from cms.api.v1.views.search import SearchView, SuggestView
from cms.api.v1.views.snapshot import SnapshotView
from cms.api.v1.views.versions import VersionListView
from cms.api.v1.views.vocabularies import VocabularyView

app_name = "v1"
urlpatterns: list[URLPattern] = [
    path("", RootView.as_view(), name="root"),
    path("documents/", DocumentListView.as_view(), name="document-list"),
    path("documents/<str:content_id>/", DocumentView.as_view(), name="document"),
    path("documents/<str:content_id>/versions/", VersionListView.as_view(), name="version-list"),
    path("search/", SearchView.as_view(), name="search"),
    path("search/suggest/", SuggestView.as_view(), name="search-suggest"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("snapshot/", SnapshotView.as_view(), name="snapshot"),
    path("vocabularies/<str:vocabulary>/", VocabularyView.as_view(), name="vocabulary"),
    path("acts/", ActListView.as_view(), name="act-list"),
    path("acts/<str:content_id>/", ActView.as_view(), name="act"),
    path("acts/<str:content_id>/citing/", CitingListView.as_view(), name="act-citing"),
    path("acts/<str:content_id>/diff/", ActDiffView.as_view(), name="act-diff"),
    path("acts/<str:content_id>/provisions/<str:section>/", ProvisionView.as_view(), name="provision"),
    path("feeds/<str:name>.atom", AtomFeedView.as_view(), name="feed-atom"),
    path("feeds/<str:name>.json", JsonFeedView.as_view(), name="feed-json"),
    path("calendar.ics", CalendarView.as_view(), name="calendar"),
    path("citations/", CitationListView.as_view(), name="citation-list"),
    path("openapi.json", OpenApiView.as_view(), name="openapi"),
    path("docs/", DocumentationView.as_view(), name="docs"),
]
