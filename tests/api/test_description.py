"""The description of the API is true: whatever it allows to be sent gets one of the answers it names.

``schemathesis`` makes up requests from the description, the well-formed and the hostile, bounded so that the
whole takes seconds.
"""

import re
from typing import get_args

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shouhou.cases.models import Assessment, Case
from shouhou.core.policy import Right
from shouhou.web.api.schemas import OfferState, State, VisitState
from shouhou.web.api.urls import api
from shouhou.work.models import Offer, Visit
from tests.api.conftest import Partner, admit
from tests.api.test_cases import ACCEPTED, report
from tests.api.test_visits import window

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 15
SERVER = get_wsgi_application()
OPERATIONS = sorted(
    (method, "/api/v1" + re.sub(r"\{\w+:", "{", path))
    for _prefix, router in api._routers
    for path, view in router.path_operations.items()
    for operation in view.operations
    for method in operation.methods
)


@pytest.fixture
def described(db):
    """The description, read from the API itself."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served)


def served(environ, start_response):
    """The product as a server runs it, but for letting the connection go: the test's transaction lives on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        answer = SERVER(environ, start_response)
        content = list(answer)
        answer.close()
        return content
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def token(yamu, li, zhang) -> str:
    """A partner with every right, at a house where somebody can be sent."""
    return admit(yamu, *Right)


@pytest.fixture
def ids(token, li, zhang) -> dict[str, str]:
    """A case, a visit and an offer that are there: behind an unknown id nothing would be tried."""
    partner = Partner(token)
    case = report(partner, customer_id=str(li.pk), phone="")
    partner.post(f"/cases/{case['id']}/assessment", **ACCEPTED)
    visit = partner.post(f"/cases/{case['id']}/visits", technician_id=str(zhang.pk), **window(14)).json()
    times = [{"technician_id": str(zhang.pk), **window(16)}]
    offer = partner.post(
        f"/visits/{visit['id']}/offers", times=times, asked_by="customer", reason="客户有事"
    ).json()
    return {"case_id": case["id"], "visit_id": visit["id"], "offer_id": offer["id"]}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_gets_an_answer_it_names(method, path, described, token, ids):
    @given(case=described[path][method].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case):
        case.headers["Authorization"] = f"Bearer {token}"
        case.path_parameters = {name: ids[name] for name in case.path_parameters}
        case.call_and_validate(checks=CHECKS)

    send()


def test_is_openapi_3_1_and_open_to_all(client: Client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["components"]["securitySchemes"]["Bearer"] == {"type": "http", "scheme": "bearer"}


def test_every_write_asks_for_a_key(client: Client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    writes = [operation for path in paths.values() for method, operation in path.items() if method == "post"]
    assert len(writes) >= 8
    for write in writes:
        (key,) = [part for part in write["parameters"] if part["name"] == "Idempotency-Key"]
        assert key["required"]


def test_every_problem_is_described_as_one(client: Client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path in paths.values():
        for operation in path.values():
            assert list(operation["responses"]["409"]["content"]) == ["application/problem+json"]


@pytest.mark.parametrize(
    ("told", "kept"), [(State, Case.State), (VisitState, Visit.State), (OfferState, Offer.State)]
)
def test_every_state_is_told(told, kept):
    assert list(get_args(told)) == kept.values


def test_no_two_enums_share_a_name(client: Client):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert schemas["Outcome"]["enum"] == Assessment.Outcome.values
    assert "State" not in schemas
