"""Addresses of the translators' desk in the editor, under ``/admin/translations/``."""

from django.urls import URLPattern, path

from cms.translation.desk.matrix_view import MatrixView
from cms.translation.desk.notice_view import NoticeView
from cms.translation.desk.three_way_view import ThreeWayView

urlpatterns: list[URLPattern] = [
    path("translations/", MatrixView.as_view(), name="translation_matrix"),
    path("translations/notices/", NoticeView.as_view(), name="translation_notices"),
    path("translations/<uuid:content_id>/<slug:language_code>/", ThreeWayView.as_view(), name="translation_three_way"),
]
