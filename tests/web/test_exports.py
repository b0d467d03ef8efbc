"""导出: every list leaves as the page shows it, whole for the office, noted, and running nothing."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from shouhou.cases import services as cases
from shouhou.core.models import Event
from shouhou.core.policy import Role
from shouhou.insight import exporting
from tests.conftest import NOW, as_actor, hire

pytestmark = pytest.mark.django_db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def desk(client, wang):
    client.force_login(wang)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def case(li, wardrobe, wang):
    return register(li, wardrobe, wang, "滑门脱轨")


def register(customer, piece, agent, symptom):
    return cases.register_case(
        customer_id=customer.pk,
        installed_id=piece.pk,
        symptom=symptom,
        channel="phone",
        actor=as_actor(agent),
        now=NOW,
    )


def read(answer):
    assert answer.headers["Content-Type"] == XLSX
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


class TestCases:
    def test_leave_with_what_the_list_shows(self, desk, case):
        (row,) = read(desk.get("/cases/export.xlsx"))
        assert (row["Number"], row["Customer"], row["Phone"]) == (case.number, "李秀兰", "138 0000 5678")
        assert (row["Step"], row["State"]) == ("Assess", "Open")

    def test_leave_by_the_filters_of_the_address(self, desk, case, li, wardrobe, wang):
        other = register(li, wardrobe, wang, "门板下垂")
        cases.withdraw_case(other, reason="自己修好了", actor=as_actor(wang), now=NOW)
        assert [row["Number"] for row in read(desk.get("/cases/export.xlsx?view=open"))] == [case.number]
        assert [row["Number"] for row in read(desk.get("/cases/export.xlsx?view=closed"))] == [other.number]
        assert [row["Number"] for row in read(desk.get("/cases/export.xlsx?view=all&q=下垂"))] == [
            other.number
        ]

    def test_leave_all_not_only_the_page(self, desk, li, wardrobe, wang):
        for number in range(81):
            register(li, wardrobe, wang, f"第 {number} 次")
        assert len(read(desk.get("/cases/export.xlsx"))) == 81

    def test_that_they_left_is_noted(self, desk, case, wang):
        desk.get("/cases/export.xlsx")
        event = Event.objects.get(kind="core.exported")
        assert event.actor_id == wang.pk
        assert event.payload == {"what": "cases.export", "rows": 1, "reveals": True}

    def test_a_symptom_that_looks_like_a_formula_runs_nothing(self, desk, li, wardrobe, wang):
        register(li, wardrobe, wang, '=HYPERLINK("http://evil")')
        (row,) = read(desk.get("/cases/export.xlsx"))
        assert row["Symptom"] == '\'=HYPERLINK("http://evil")'

    def test_a_list_too_long_is_refused_with_what_to_do(self, desk, case, monkeypatch):
        monkeypatch.setattr(exporting, "MOST_ROWS", 0)
        answer = desk.get("/cases/export.xlsx")
        assert answer.status_code == 409
        assert "Narrow it by a view" in answer.content.decode()

    def test_do_not_leave_with_everyone(self, client, zhang, case):
        client.force_login(zhang)
        assert client.get("/cases/export.xlsx").status_code == 403


class TestCustomers:
    @pytest.fixture
    def head(self, client, zhou):
        client.force_login(zhou)
        client.cookies["language"] = "en"
        return client

    def test_leave_whole_with_the_office(self, head, li):
        (row,) = read(head.get("/customers/export.xlsx"))
        assert (row["Name"], row["Phone"], row["Address"]) == ("李秀兰", "138 0000 5678", "锦绣路 12 号 601")

    def test_leave_masked_with_others(self, client, yamu, li):
        client.force_login(hire(yamu, "he", "何平", Role.ADMINISTRATOR))
        client.cookies["language"] = "en"
        (row,) = read(client.get("/customers/export.xlsx"))
        assert (row["Name"], row["Phone"]) == ("李**", "138****5678")

    def test_pieces_leave_with_their_cover(self, head, wardrobe):
        (row,) = read(head.get("/customers/installed.xlsx"))
        assert (row["Serial number"], str(row["Cover ends"])) == ("W240-0387", "2027-06-18")

    def test_do_not_leave_with_an_agent(self, desk, li):
        assert desk.get("/customers/export.xlsx").status_code == 403
