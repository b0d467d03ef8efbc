"""导入 in the browser: seen first, then applied, then taken back; what is left out goes home with its reason."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shouhou.cases.models import Case
from shouhou.core.models import ImportBatch
from shouhou.core.policy import Role
from shouhou.customers import services as customers
from shouhou.customers.models import Customer
from tests.conftest import NOW, as_actor, hire
from tests.core.test_sheets import workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("电话", "姓名", "地址")
GOOD = ("139 0000 8888", "赵国强", "延安西路 900 号")
BAD = ("一二三", "无名", "某处")


@pytest.fixture
def desk(client, wang):
    client.force_login(wang)
    client.cookies["language"] = "en"
    return client


def send(desk, *rows, name="客户.xlsx", content=None, importer="customers.files", key=""):
    sent = workbook(HEADINGS, *rows) if content is None else content
    file = SimpleUploadedFile(name, sent, content_type="application/octet-stream")
    return desk.post("/import/", {"importer": importer, "file": file, "command_key": key})


def take(desk, step, batch=None):
    batch = batch or ImportBatch.objects.get()
    return desk.post(reverse("import-step", args=[batch.pk, step]))


def text(answer) -> str:
    return answer.content.decode()


class TestPreview:
    def test_says_what_would_happen_and_writes_nothing(self, desk):
        answer = send(desk, GOOD, BAD)
        page = text(desk.get(answer.headers["Location"]))
        assert "1 row can be taken in" in page
        assert "A new customer file" in page
        assert "“一二三” is not a telephone number." in page
        assert not Customer.objects.exists()

    def test_shows_the_rows_of_one_sort(self, desk):
        address = send(desk, GOOD, BAD).headers["Location"]
        page = text(desk.get(address, {"show": "refused"}))
        assert "一二三" in page
        assert "赵国强" not in page

    def test_goes_on_by_place(self, desk):
        address = send(desk, *[(f"1390000{n:04d}", f"客户{n}", "") for n in range(101)]).headers["Location"]
        first = desk.get(address)
        (line,) = desk.get(address + first.context["next"]).context["lines"]
        assert "客户100" in line.cells

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "This file is empty."),
            (b"name,phone\n", "is not an .xlsx workbook."),
            (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "is an old .xls file"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_said_at_the_form(self, desk, content, says):
        answer = send(desk, content=content)
        assert answer.status_code == 422
        assert says in text(answer)

    def test_a_file_above_the_limit_is_not_read_whole(self, desk):
        answer = send(desk, content=b"PK" + bytes(11 * 1024 * 1024))
        assert "is too large: at most 10 MB" in text(answer)

    def test_a_workbook_without_headings_says_which_are_needed(self, desk):
        answer = send(desk, content=workbook(("a", "b"), ("1", "2")))
        assert "has the needed columns: 电话" in text(answer)

    def test_a_second_submit_shows_the_same_import(self, desk):
        content = workbook(HEADINGS, GOOD)
        first, second = (send(desk, content=content, key="k1") for _ in range(2))
        assert first.headers["Location"] == second.headers["Location"]
        assert ImportBatch.objects.count() == 1

    def test_can_be_thrown_away(self, desk):
        send(desk, GOOD)
        assert take(desk, "discard").headers["Location"] == "/import/"
        assert not ImportBatch.objects.exists()


class TestApply:
    def test_takes_in_what_can_be_and_takes_it_back(self, desk):
        address = send(desk, GOOD, BAD).headers["Location"]
        take(desk, "apply")
        assert Customer.objects.get().name == "赵国强"
        assert "1 row was taken in" in text(desk.get(address))

        take(desk, "undo")
        assert not Customer.objects.exists()
        assert "1 row was taken back" in text(desk.get(address))

    def test_leaves_what_somebody_has_worked_with(self, desk, wang):
        address = send(desk, GOOD).headers["Location"]
        take(desk, "apply")
        customers.correct_customer(
            Customer.objects.get().pk, salutation="赵总", actor=as_actor(wang), now=NOW
        )
        take(desk, "undo")
        assert "1 row stays: somebody has worked with it." in text(desk.get(address))
        assert Customer.objects.exists()

    def test_registers_open_complaints(self, desk):
        sent = workbook(("电话", "客户", "故障现象"), ("139 0000 8888", "赵国强", "门板下垂"))
        send(desk, content=sent, importer="cases.complaints")
        take(desk, "apply")
        assert Case.objects.get().symptom == "门板下垂"

    def test_is_done_once(self, desk):
        send(desk, GOOD)
        take(desk, "apply")
        answer = take(desk, "apply")
        assert answer.status_code == 409
        assert "already “Applied”" in text(answer)

    def test_a_step_that_is_none_is_not_found(self, desk):
        send(desk, GOOD)
        assert take(desk, "frobnicate").status_code == 404

    def test_stands_in_the_history(self, desk):
        send(desk, GOOD)
        take(desk, "apply")
        page = text(desk.get("/import/"))
        assert "客户.xlsx" in page
        assert "王敏" in page


class TestWorkbooks:
    def read(self, answer):
        return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    def test_rows_left_out_come_back_with_their_reasons(self, desk):
        send(desk, GOOD, BAD)
        batch = ImportBatch.objects.get()
        head, row = self.read(desk.get(reverse("import-refused", args=[batch.pk])))
        assert head[2:] == list(HEADINGS)
        assert "一二三" in row[0]
        assert row[2:] == list(BAD)

    def test_a_template_has_headings_that_are_understood(self, desk):
        for importer in desk.get("/import/").context["importers"]:
            (head,) = self.read(desk.get(reverse("import-template", args=[importer.name])))
            assert len(head) == len(importer.columns)

    def test_there_is_no_template_of_nothing(self, desk):
        assert desk.get(reverse("import-template", args=["core.everything"])).status_code == 404


class TestWho:
    def test_technicians_do_not_import(self, client, zhang):
        client.force_login(zhang)
        assert client.get("/import/").status_code == 403

    def test_another_organisation_sees_nothing_of_it(self, desk, client, hengda):
        send(desk, GOOD)
        client.force_login(hire(hengda, "zhao", "赵明", Role.AGENT))
        batch = ImportBatch.objects.get()
        assert client.get(reverse("import", args=[batch.pk])).status_code == 404
        assert take(client, "apply", batch).status_code == 404

    def test_looking_takes_few_statements(self, desk, django_assert_max_num_queries):
        address = send(desk, *[(f"1390000{n:04d}", f"客户{n}", "") for n in range(60)]).headers["Location"]
        with django_assert_max_num_queries(12):
            desk.get(address)
