"""Generated requests against the description: never a fault of ours, never an undescribed answer."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.connection import keep_connection

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
HOST = {"Host": "testserver"}
EXAMPLES = 25


@pytest.mark.slow
def test_generated_requests_are_answered_as_described(starter_site, db):
    with keep_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), headers=HOST)
    operations = [found.ok() for found in schema.get_all_operations()]

    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def check(case):
            if "wait" in (case.query or {}):
                case.query["wait"] = 0
            case.call_and_validate(checks=CHECKS, headers=HOST)

        with keep_connection():
            check()

    assert len(operations) >= 13
