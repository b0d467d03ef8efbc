"""合作方系统: a token opens what its rights say, until it is withdrawn."""

import pytest
from django.test import Client

from shouhou.core import actor, clients
from shouhou.core.models import ApiClient, Event
from shouhou.core.policy import RULES, Right
from shouhou.core.refusals import NotAllowed, Unfit
from shouhou.web.api.urls import api
from tests.api.conftest import Partner, admit
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db


class TestToken:
    def test_is_kept_as_a_hash_only(self, yamu):
        token = admit(yamu, "read")
        row = ApiClient.objects.get()
        assert token not in str(vars(row))
        assert (row.rights, row.tail) == (["read"], token[-4:])

    def test_stands_in_no_event(self, yamu):
        token = admit(yamu, "read")
        assert token not in str(list(Event.objects.values_list("payload", flat=True)))

    @pytest.mark.parametrize(
        "header", [None, "", "Bearer", "Bearer shk_short", "Basic YTpi", "Bearer " + "x" * 9000]
    )
    def test_that_is_none_opens_nothing(self, yamu, header):
        answer = Client(headers={"Authorization": header} if header is not None else {}).get("/api/v1/cases")
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["code"] == "core.token_unknown"

    def test_withdrawn_opens_nothing_any_more(self, yamu, partner):
        assert partner.get("/cases").status_code == 200
        clients.revoke_client(ApiClient.objects.get(), actor=actor.job(yamu.pk), now=NOW)
        assert partner.get("/cases").status_code == 401

    def test_a_login_of_staff_does_not_open_the_api(self, client, wang):
        client.force_login(wang)
        assert client.get("/api/v1/cases").status_code == 401

    def test_is_given_by_administrators_alone(self, wang):
        with pytest.raises(NotAllowed):
            clients.admit_client(
                name="x", rights=["read"], token=clients.new_token(), actor=as_actor(wang), now=NOW
            )

    @pytest.mark.parametrize("rights", [[], ["everything"]])
    def test_needs_rights_there_are(self, yamu, rights):
        with pytest.raises(Unfit):
            clients.admit_client(
                name="x", rights=rights, token=clients.new_token(), actor=actor.job(yamu.pk), now=NOW
            )


class TestRights:
    def test_every_operation_opens_a_verb_that_partners_may_be_given(self):
        operations = [
            operation
            for _prefix, router in api._routers
            for view in router.path_operations.values()
            for operation in view.operations
        ]
        assert len(operations) >= 13
        for operation in operations:
            rule = RULES[operation.view_func.verb]
            assert rule.client in Right, operation.path

    def test_reading_does_not_allow_reporting(self, partner_with, li):
        answer = partner_with("read").post("/cases", symptom="脱轨", customer_id=str(li.pk))
        assert (answer.status_code, answer.json()["code"]) == (403, "core.not_allowed")

    def test_reporting_does_not_allow_booking(self, partner_with):
        answer = partner_with("report").post(
            f"/cases/{'0' * 8}-0000-0000-0000-{'0' * 12}/visits",
            technician_id="00000000-0000-0000-0000-000000000000",
            starts_at="2026-11-25T14:00:00+08:00",
            ends_at="2026-11-25T15:00:00+08:00",
        )
        assert answer.status_code == 403

    def test_another_organisation_sees_nothing(self, hengda, partner, li):
        number = partner.post("/cases", symptom="脱轨", customer_id=str(li.pk)).json()["id"]
        theirs = Partner(admit(hengda, *Right, name="别家"))
        assert theirs.get("/cases").json()["items"] == []
        assert theirs.get(f"/cases/{number}").status_code == 404
