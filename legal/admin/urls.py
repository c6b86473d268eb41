"""Addresses of the law in the editor, under ``/admin/legal/``."""

from django.urls import URLPattern, path

from legal.admin.act_list import LegislationListView
from legal.admin.comparison_view import show_comparison
from legal.admin.deviation_list import DeviationListView, settle_deviation
from legal.admin.lookups import list_sections, suggest
from legal.admin.review_list import ReviewListView
from legal.admin.review_view import close_reviews, show_review, take_review

urlpatterns: list[URLPattern] = [
    path("legal/acts/", LegislationListView.as_view(), name="legal_acts"),
    path("legal/acts/results/", LegislationListView.as_view(results_only=True), name="legal_acts_results"),
    path("legal/acts/suggest/", suggest, name="legal_act_suggestions"),
    path("legal/acts/sections/", list_sections, name="legal_section_list"),
    path("legal/acts/comparison/", show_comparison, name="legal_comparison"),
    path("legal/deviations/", DeviationListView.as_view(), name="legal_deviations"),
    path("legal/deviations/results/", DeviationListView.as_view(results_only=True), name="legal_deviations_results"),
    path("legal/deviations/<int:pk>/settle/", settle_deviation, name="legal_deviation_settle"),
    path("legal/reviews/", ReviewListView.as_view(), name="legal_reviews"),
    path("legal/reviews/results/", ReviewListView.as_view(results_only=True), name="legal_reviews_results"),
    path("legal/reviews/close/", close_reviews, name="legal_reviews_close"),
    path("legal/reviews/<int:pk>/", show_review, name="legal_review"),
    path("legal/reviews/<int:pk>/take/", take_review, name="legal_review_take"),
]
