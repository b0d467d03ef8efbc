"""导入客户档案: shown with nothing written, taken in through the services, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.db import connection
from python_calamine import CalamineWorkbook

from shouhou.cli import messages
from shouhou.core import audit, jobs
from shouhou.core.models import Event, ImportBatch, ImportRow
from shouhou.core.policy import scope
from shouhou.core.refusals import NotAllowed, NotFound
from shouhou.core.sheets import queries, services
from shouhou.core.sheets.columns import folded
from shouhou.core.sheets.forgetting import forget
from shouhou.core.sheets.importer import named
from shouhou.core.sheets.refusals import NoHeadings, NoRows, NotNow
from shouhou.customers import services as customers
from shouhou.customers.exporting import export_installed
from shouhou.customers.models import Contact, Customer, InstalledProduct, Site
from tests.conftest import NOW, as_actor, hire
from tests.core.test_sheets import workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("电话", "姓名", "地址", "产品型号", "序列号", "购买日期", "验收日期")
LI = ("139 0000 5678", "李秀兰", "闵行区七莘路 1855 弄", "YG-2218", "YM2609-0417", "2026-09-20", "2026/10/10")
ZHAO = ("13900001234", "赵国强", "长宁区延安西路 900 号", "", "", "", "")


def show(actor, *rows, headings=HEADINGS, name="客户.xlsx"):
    return services.show("customers.files", name, workbook(headings, *rows), actor=actor, now=NOW)


def verdicts(batch):
    return list(batch.rows.order_by("place").values_list("verdict", flat=True))


def problems(batch):
    return {row.number: row.problems for row in batch.rows.exclude(problems={})}


def everything():
    return [model.objects.count() for model in (Customer, Contact, Site, InstalledProduct)]


@pytest.fixture
def agent(wang):
    return as_actor(wang)


class TestShow:
    """预览: what would happen to each row."""

    def test_writes_nothing_of_it(self, wardrobe, agent):
        batch = show(agent, LI, ZHAO)

        assert verdicts(batch) == ["new", "new"]
        assert everything() == [0, 0, 0, 0]
        assert queries.counts(batch).to_write == 2

    def test_tells_new_changed_same_and_refused_apart(self, li, hers, agent):
        batch = show(
            agent,
            ("139 0000 5678", "李秀兰", "", "YG-2218", "YM2609-0417", "", ""),
            ("139 0000 5678", "李 秀兰", "松江区文诚路 500 弄", "", "", "", ""),
            ZHAO,
            ("12345", "孙", "", "", "", "昨天", ""),
        )
        assert verdicts(batch) == ["same", "changed", "new", "refused"]
        assert set(problems(batch)[5]) == {"phone", "bought_on"}

    def test_judges_a_row_after_those_above_it(self, wardrobe, agent):
        batch = show(agent, LI, LI, (*LI[:2], "松江区文诚路", *LI[3:]), (LI[0], "王五", *LI[2:]))
        assert verdicts(batch) == ["new", "same", "changed", "refused"]
        assert "李**" in problems(batch)[5]["phone"]

    def test_reads_two_sheets_of_one_workbook(self, wardrobe, agent):
        content = BytesIO()
        with xlsxwriter.Workbook(content) as book:
            for name, rows in (
                ("客户", [("姓名", "手机"), ("李秀兰", "13900005678")]),
                ("产品", [("客户电话", "型号", "机身号"), ("13900005678", "YG-2218", "S1")]),
                ("说明", [("填写说明",)]),
            ):
                page = book.add_worksheet(name)
                for number, cells in enumerate(rows):
                    page.write_row(number, 0, cells)
        batch = services.show("customers.files", "a.xlsx", content.getvalue(), actor=agent, now=NOW)

        assert verdicts(batch) == ["new", "new"]
        assert batch.skipped == ["说明"]
        services.apply_import(batch, actor=agent, now=NOW)
        assert InstalledProduct.objects.get().customer.name == "李秀兰"

    @pytest.mark.parametrize(
        ("cell", "column", "words"),
        [
            (("139 0000 5678", "李秀兰", "", "XX-1", "", "", ""), "code", "XX-1"),
            (("139 0000 5678", "李秀兰", "", "YG-2218", "", "2030-01-01", ""), "bought_on", "2030-01-01"),
            (
                ("139 0000 5678", "李秀兰", "", "YG-2218", "", "2026-09-20", "2026-09-19"),
                "accepted_on",
                "2026-09-19",
            ),
            (("", "李秀兰", "", "", "", "", ""), "phone", ""),
            (("139 0000 5678", "李" * 101, "", "", "", "", ""), "name", "101"),
            (("139 0000 5678", "李秀兰", "路" * 5_000, "", "", "", ""), "address", "200"),
        ],
    )
    def test_says_of_each_cell_what_is_in_the_way(self, wardrobe, agent, cell, column, words):
        (told,) = problems(show(agent, cell)).values()
        assert set(told) == {column}
        assert words in told[column]

    def test_names_the_owner_of_a_serial_masked(self, li, hers, agent):
        (told,) = problems(
            show(agent, ("13900001234", "赵国强", "", "YG-2218", "YM2609-0417", "", ""))
        ).values()
        assert "李**" in told["serial"]
        assert "秀兰" not in told["serial"]

    def test_asks_for_the_needed_headings(self, agent):
        with pytest.raises(NoHeadings, match="电话"):
            show(agent, LI[1:], headings=HEADINGS[1:])

    def test_asks_for_rows(self, agent):
        with pytest.raises(NoRows):
            show(agent)

    def test_does_not_know_other_imports(self, agent):
        with pytest.raises(NotFound):
            services.show("customers.pigeons", "a.xlsx", b"", actor=agent, now=NOW)

    def test_is_not_a_technicians(self, zhang):
        with pytest.raises(NotAllowed):
            show(as_actor(zhang), LI)

    def test_a_second_submit_is_the_same_import(self, wang):
        actor, content = as_actor(wang, "k1"), workbook(HEADINGS, LI)
        first, second = (
            services.show("customers.files", "客户.xlsx", content, actor=actor, now=NOW) for _ in range(2)
        )
        assert first == second
        assert ImportBatch.objects.count() == 1

    def test_another_company_does_not_see_it(self, agent, hengda):
        show(agent, LI)
        assert not scope(as_actor(hire(hengda, "qian", "钱", "service_clerk")), ImportBatch).exists()


class TestApply:
    """确认导入: through the same doors as every other face."""

    def test_opens_files_and_records_pieces(self, wardrobe, agent):
        services.apply_import(show(agent, LI, ZHAO), actor=agent, now=NOW)

        piece = InstalledProduct.objects.get()
        assert (piece.customer.name, piece.accepted_on) == ("李秀兰", date(2026, 10, 10))
        assert Event.objects.filter(kind="customers.opened", actor_name="王敏").count() == 2

    def test_leaves_refused_rows_out_and_keeps_the_rest(self, wardrobe, agent):
        batch = services.apply_import(show(agent, ("1", "孙"), ZHAO), actor=agent, now=NOW)
        assert batch.state == ImportBatch.State.APPLIED
        assert list(batch.rows.order_by("place").values_list("outcome", flat=True)) == ["left", "done"]
        assert Customer.objects.get().name == "赵国强"

    def test_corrects_a_day(self, li, hers, agent):
        row = ("139 0000 5678", "李秀兰", "", "YG-2218", "YM2609-0417", "2026-09-21", "")
        services.apply_import(show(agent, row), actor=agent, now=NOW)
        hers.refresh_from_db()
        assert (hers.bought_on, hers.accepted_on) == (date(2026, 9, 21), date(2026, 10, 10))

    def test_the_same_workbook_again_changes_nothing(self, wardrobe, agent):
        services.apply_import(show(agent, LI, ZHAO), actor=agent, now=NOW)
        before = everything()
        again = show(agent, LI, ZHAO)

        assert verdicts(again) == ["same", "same"]
        services.apply_import(again, actor=agent, now=NOW)
        assert everything() == before

    def test_is_judged_afresh_for_what_happened_in_between(self, wardrobe, agent):
        batch = show(agent, ZHAO)
        customers.open_customer(name="钱多多", phones=["13900001234"], actor=agent, now=NOW)
        services.apply_import(batch, actor=agent, now=NOW)

        row = batch.rows.get()
        assert (row.outcome, row.verdict) == ("left", "refused")
        assert "钱**" in row.problems["phone"]
        assert Customer.objects.count() == 1

    def test_is_applied_once(self, wardrobe, agent):
        batch = services.apply_import(show(agent, LI), actor=agent, now=NOW)
        with pytest.raises(NotNow, match="客户"):
            services.apply_import(batch, actor=agent, now=NOW)
        assert Customer.objects.count() == 1

    def test_a_long_one_is_finished_by_a_job_under_the_same_name(self, wardrobe, agent, monkeypatch):
        monkeypatch.setattr(services, "PART", 2)
        monkeypatch.setattr(services, "REST", 0)
        rows = [(f"1390000{number:04d}", f"客户{number}") for number in range(7)]
        batch = services.apply_import(show(agent, *rows, headings=HEADINGS[:2]), actor=agent, now=NOW)
        assert (batch.state, Customer.objects.count()) == ("applying", 2)

        assert jobs.run_due(NOW) == 1
        batch.refresh_from_db()
        assert (batch.state, Customer.objects.count()) == ("applied", 7)
        assert set(Event.objects.filter(kind="customers.opened").values_list("actor_name", flat=True)) == {
            "王敏"
        }

    def test_formulas_and_control_characters_arrive_as_harmless_text(self, agent):
        row = ("13900001234", '=HYPERLINK("http://x")', "@SUM(1)\x1b", "", "", "", "")
        services.apply_import(show(agent, row), actor=agent, now=NOW)
        assert Customer.objects.get().name == '=HYPERLINK("http://x")'
        assert Site.objects.get().address == "@SUM(1)"

    def test_leaves_a_whole_chain(self, wardrobe, agent, yamu):
        services.apply_import(show(agent, LI, ("1", "孙"), ZHAO), actor=agent, now=NOW)
        assert list(audit.verify(yamu)) == []


class TestUndo:
    """撤销导入: as far as nobody has worked with the rows since."""

    def test_takes_everything_back(self, wardrobe, agent):
        batch = services.apply_import(show(agent, LI, ZHAO), actor=agent, now=NOW)
        batch = services.undo_import(batch, actor=agent, now=NOW)

        assert batch.state == ImportBatch.State.UNDONE
        assert everything() == [0, 0, 0, 0]
        assert queries.counts(batch).outcomes["undone"] == 2

    def test_puts_changed_fields_back(self, li, hers, agent):
        row = ("139 0000 5678", "李秀兰", "松江区文诚路", "YG-2218", "YM2609-0417", "2026-09-21", "")
        batch = services.apply_import(show(agent, row), actor=agent, now=NOW)
        services.undo_import(batch, actor=agent, now=NOW)

        hers.refresh_from_db()
        assert hers.bought_on == date(2026, 9, 20)
        assert li.sites.count() == 1

    def test_takes_rows_of_one_customer_back_from_the_last(self, wardrobe, agent):
        rows = [LI, (*LI[:2], "松江区文诚路", "YG-2218", "S2", "", "")]
        batch = services.apply_import(show(agent, *rows), actor=agent, now=NOW)
        services.undo_import(batch, actor=agent, now=NOW)
        assert everything() == [0, 0, 0, 0]

    def test_what_somebody_worked_with_stays_and_is_named(self, wardrobe, agent):
        batch = services.apply_import(show(agent, LI, ZHAO), actor=agent, now=NOW)
        zhao = Customer.objects.get(name="赵国强")
        customers.correct_customer(zhao, salutation="赵总", actor=agent, now=NOW + timedelta(minutes=5))
        services.undo_import(batch, actor=agent, now=NOW + timedelta(minutes=9))

        assert list(Customer.objects.all()) == [zhao]
        row = batch.rows.get(outcome=ImportRow.Outcome.STAYS)
        assert row.number == 3
        assert row.problems[""]

    def test_what_was_added_by_hand_stays(self, wardrobe, agent):
        batch = services.apply_import(show(agent, ZHAO), actor=agent, now=NOW)
        customers.record_installed(Customer.objects.get(), product_id=wardrobe.pk, actor=agent, now=NOW)
        services.undo_import(batch, actor=agent, now=NOW)
        assert batch.rows.get().outcome == ImportRow.Outcome.STAYS
        assert InstalledProduct.objects.exists()

    def test_is_done_once_and_only_after_applying(self, wardrobe, agent):
        batch = show(agent, ZHAO)
        with pytest.raises(NotNow):
            services.undo_import(batch, actor=agent, now=NOW)

    def test_what_was_only_shown_can_be_thrown_away(self, agent):
        services.discard_import(show(agent, ZHAO), actor=agent, now=NOW)
        assert not ImportRow.objects.exists()


class TestForget:
    """Cells are personal data: kept as long as they are of use."""

    def test_what_was_only_shown_is_thrown_away_after_a_week(self, agent):
        show(agent, ZHAO)
        forget(NOW + timedelta(days=6))
        assert ImportBatch.objects.exists()
        forget(NOW + timedelta(days=8))
        assert not ImportRow.objects.exists()

    def test_old_rows_are_emptied_and_can_still_be_taken_back(self, agent):
        batch = services.apply_import(show(agent, ZHAO, ("1", "孙")), actor=agent, now=NOW)
        forget(NOW + timedelta(days=89))
        assert batch.rows.first().cells
        forget(NOW + timedelta(days=91))

        assert [(row.cells, row.words, row.problems) for row in batch.rows.all()] == [([], [], {})] * 2
        assert queries.counts(batch).outcomes["done"] == 1
        services.undo_import(batch, actor=agent, now=NOW + timedelta(days=91))
        assert not Customer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_apply_it_at_once_apply_it_once(wang, zhou):
    batch = show(as_actor(wang), *((f"1390000{number:04d}", f"客户{number}") for number in range(12)))

    def apply(person):
        try:
            services.apply_import(batch.pk, actor=as_actor(person), now=NOW)
        except NotNow as refusal:
            return refusal.code
        finally:
            connection.close()
        return "applied"

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(apply, (wang, zhou)))
    assert sorted(answers) == ["applied", "core.import_not_now"]
    assert Customer.objects.count() == 12


class TestTakeAway:
    def rows(self, content):
        return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()

    def test_refused_rows_go_back_as_they_came_with_a_reason(self, wardrobe, agent):
        batch = show(agent, LI, ("12", "=1+1", "", "", "", "昨天", ""))
        heading, row = self.rows(queries.refused_sheet(batch))
        assert heading[2:] == list(HEADINGS)
        assert row[1:4] == [3.0, "12", "'=1+1"]
        assert "昨天" in row[0]

    def test_corrected_refused_rows_can_come_in_again(self, wardrobe, agent):
        content = queries.refused_sheet(show(agent, ("12", "李秀兰", "", "", "", "", "")))
        again = services.show("customers.files", "again.xlsx", content, actor=agent, now=NOW)
        assert set(problems(again)[2]) == {"phone"}

    def test_the_template_is_one_the_import_knows(self, agent):
        headings = self.rows(queries.template(named("customers.files")))[0]
        batch = show(agent, ("13900001234",), headings=headings)
        assert verdicts(batch) == ["new"]

    def test_chinese_headings_of_exports_are_those_the_import_knows(self):
        catalogue = messages.read()
        known = {word for column in named("customers.files").columns for word in column.answers_to()}
        for heading in ("Name", "Type", "Salutation", "Phone", "District", "Address", "Product code", "Product name",
                        "Serial number", "Bought on", "Installed on", "Accepted on", "Sold by"):  # fmt: skip
            assert folded(str(catalogue.get(heading).string)) in known, heading

    def test_an_export_can_come_back(self, li, hers, zhou):
        actor = as_actor(zhou)
        content = export_installed(actor=actor, now=NOW)
        batch = services.show("customers.files", "a.xlsx", content, actor=actor, now=NOW)
        assert verdicts(batch) == ["same"]
