"""表格: what is no workbook is refused by name, cells are read as people write them, exports run nothing."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from shouhou.core.entries import sentence_of
from shouhou.core.refusals import Refusal
from shouhou.core.sheets import reading
from shouhou.core.sheets.columns import (
    Column,
    code,
    day,
    folded,
    heading_of,
    moment,
    one_of,
    phone,
    row_of,
    text,
)
from shouhou.core.sheets.reading import Upload, read
from shouhou.core.sheets.refusals import Damaged, NotAWorkbook, OldOrLocked, TooLarge
from shouhou.core.sheets.writing import Field, Table, harmless, sheet_name, write_book, write_sheet

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"


def workbook(*rows, sheet="客户"):
    """A workbook of one sheet."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    return kept.getvalue()


def with_part(content, name, part):
    """The same workbook with one part of the archive exchanged."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info))
    return changed.getvalue()


def cells(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


class TestRead:
    """A file may be hostile: it is opened where it can break nothing."""

    def test_gives_rows_with_the_numbers_excel_shows(self):
        (grid,) = read(Upload("客户.xlsx", workbook(["电话", "姓名"], [], ["13800005678", "李秀兰"])))
        assert grid.name == "客户"
        assert grid.rows == ((1, ("电话", "姓名")), (3, ("13800005678", "李秀兰")))

    def test_reads_numbers_and_days_as_people_wrote_them(self):
        kept = BytesIO()
        with xlsxwriter.Workbook(kept) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, [13800005678, 1.5, True, 123456789012345678])
            page.write_datetime(0, 4, date(2026, 11, 24), book.add_format({"num_format": "yyyy-mm-dd"}))
        (grid,) = read(Upload("a.xlsx", kept.getvalue()))
        assert grid.rows[0][1] == ("13800005678", "1.5", "TRUE", "1.234567890123457e+17", "2026-11-24")

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"", NotAWorkbook),
            (b"name,phone\nLi,138\n", NotAWorkbook),
            (b"%PDF-1.7 ...", NotAWorkbook),
            (b"PK\x03\x04 and then nothing of a zip", NotAWorkbook),
            (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), OldOrLocked),
        ],
    )
    def test_a_file_that_lies_about_its_type_is_refused(self, content, refusal):
        with pytest.raises(refusal, match="客户"):
            read(Upload("客户.xlsx", content))

    def test_another_kind_of_zip_is_no_workbook(self):
        kept = BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        with pytest.raises(NotAWorkbook):
            read(Upload("a.xlsx", kept.getvalue()))

    def test_a_broken_sheet_is_named_damaged(self):
        with pytest.raises(Damaged):
            read(
                Upload(
                    "a.xlsx", with_part(workbook(["电话"]), "xl/worksheets/sheet1.xml", "<worksheet><sheetD")
                )
            )

    def test_a_sheet_that_asks_for_billions_of_cells_ends_only_its_reader(self):
        far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        with pytest.raises(TooLarge):
            read(
                Upload("a.xlsx", with_part(workbook(["电话"]), "xl/worksheets/sheet1.xml", SHEET + far + END))
            )

    def test_a_zip_that_unpacks_to_too_much_is_refused_unopened(self):
        part = b" " * (reading.MOST_UNPACKED + 1)
        with pytest.raises(TooLarge):
            read(Upload("a.xlsx", with_part(workbook(["电话"]), "xl/worksheets/sheet1.xml", part)))

    def test_a_file_above_the_limit_is_refused(self):
        with pytest.raises(TooLarge, match="10 MB"):
            read(Upload("a.xlsx", b"PK" + bytes(reading.MOST_BYTES)))

    def test_too_many_rows_are_refused(self):
        kept = BytesIO()
        with xlsxwriter.Workbook(kept, {"constant_memory": True}) as book:
            page = book.add_worksheet()
            for number in range(50_010):
                page.write_string(number, 0, "x")
        with pytest.raises(TooLarge, match="50,000"):
            read(Upload("a.xlsx", kept.getvalue()))

    def test_a_name_of_five_megabytes_is_shown_short(self):
        upload = Upload("C:\\桌面\\" + "很长" * 2_500_000 + "\x00.xlsx", b"")
        assert len(upload.name) == reading.LONGEST_NAME
        assert upload.name.endswith(".xlsx")
        assert "\x00" not in upload.name

    def test_a_file_is_what_it_contains(self):
        assert repr(Upload("a.xlsx", b"1")) != repr(Upload("a.xlsx", b"2"))
        assert repr(Upload("a.xlsx", b"1")) == repr(Upload("a.xlsx", b"1"))


COLUMNS = (
    Column("phone", ("电话", "手机"), ("Phone",), phone, required=True),
    Column("name", ("姓名", "客户姓名"), ("Name",), text(10)),
    Column("bought_on", ("购买日期",), ("Bought on",), day),
)


class TestHeadings:
    """表头: found under titles, in both languages, whatever was added to them."""

    @pytest.mark.parametrize(
        ("heading", "expected"),
        [
            ("* 电话（必填）", "电话"),
            ("  Bought On: ", "boughton"),
            ("购买 日期(yyyy-mm-dd)", "购买日期"),
            ("Ｐｈｏｎｅ", "phone"),
        ],
    )
    def test_are_compared_without_what_people_add(self, heading, expected):
        assert folded(heading) == expected

    def test_are_found_below_a_title(self):
        rows = [(1, ("2026 年客户名单",)), (3, ("序号", "客户姓名", "手机*")), (4, ("1", "李秀兰", "138"))]
        heading = heading_of(rows, COLUMNS)
        assert heading is not None
        assert (heading.number, heading.places) == (3, {"name": 1, "phone": 2})

    def test_of_the_template_are_known(self):
        rows = [(1, tuple(column.name for column in COLUMNS))]
        assert heading_of(rows, COLUMNS) is not None

    def test_without_the_needed_column_are_none(self):
        assert heading_of([(1, ("姓名", "购买日期"))], COLUMNS) is None

    def test_the_first_of_two_columns_of_a_name_counts(self):
        heading = heading_of([(1, ("电话", "姓名", "电话"))], COLUMNS)
        assert heading is not None
        assert heading.places["phone"] == 0


class TestCells:
    @pytest.mark.parametrize(
        "given",
        ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "20261124", "2026-11-24 00:00", "46350", "２０２６－１１－２４"],
    )  # fmt: skip
    def test_a_day_is_read_as_people_write_it(self, given):
        assert day(given, "bought_on") == date(2026, 11, 24)

    @pytest.mark.parametrize(
        "given", ["2026-13-01", "2026-02-30", "昨天", "24/11/2026", "0", "2026", "99999999"]
    )
    def test_what_is_no_day_is_refused_with_how_to_write_it(self, given):
        with pytest.raises(Refusal) as refusal:
            day(given, "bought_on")
        assert given in sentence_of(refusal.value)
        assert "2026-11-24" in sentence_of(refusal.value)

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("2026-11-24 09:12", "2026-11-24T09:12"),
            ("2026/11/24 9:05:33", "2026-11-24T09:05"),
            ("2026年11月24日 9时12分", "2026-11-24T09:12"),
            ("2026-11-24T18:00", "2026-11-24T18:00"),
            ("2026-11-24", "2026-11-24T00:00"),
        ],
    )
    def test_a_moment_is_a_day_and_perhaps_a_time(self, given, expected):
        assert moment(given, "reported_at") == datetime.fromisoformat(expected)

    @pytest.mark.parametrize("given", ["2026-11-24 25:00", "09:12", "2026-11-31 09:12"])
    def test_what_is_no_moment_is_refused(self, given):
        with pytest.raises(Refusal):
            moment(given, "reported_at")

    def test_a_number_excel_has_rounded_is_no_serial(self):
        with pytest.raises(Refusal) as refusal:
            code(60)("1.234567890123457e+17", "serial")
        assert "Excel" in sentence_of(refusal.value)

    def test_full_width_letters_become_plain(self):
        assert code(60)("ＹＭ２６０９－０４１７", "serial") == "YM2609-0417"

    def test_one_of_a_few_words(self):
        read_sort = one_of({"person": ("个人", "家庭"), "company": ("公司",)})
        assert [read_sort(word, "sort") for word in ("个人", "Person", " 公司 ")] == [
            "person",
            "person",
            "company",
        ]
        with pytest.raises(Refusal) as refusal:
            read_sort("狗", "sort")
        assert "个人、公司" in sentence_of(refusal.value)

    def test_every_cell_of_a_row_is_told(self):
        places = {"phone": 0, "name": 1, "bought_on": 2}
        row = row_of("客户", 7, ("12", "很长的名字" * 3, "昨天"), places, COLUMNS)
        assert set(row.problems) == {"phone", "name", "bought_on"}
        assert row.number == 7

    def test_an_empty_cell_is_a_problem_only_where_it_is_needed(self):
        row = row_of("客户", 2, ("", "李秀兰"), {"phone": 0, "name": 1, "bought_on": 2}, COLUMNS)
        assert set(row.problems) == {"phone"}

    def test_the_guard_of_our_own_exports_is_taken_off(self):
        row = row_of("客户", 2, ("'+8613800005678",), {"phone": 0}, COLUMNS)
        assert row["phone"] == "+8613800005678"


class TestWrite:
    """导出: text stays text."""

    @pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
    def test_a_cell_that_begins_like_a_formula_is_only_text(self, text):
        content = write_sheet("表", [Field("A", lambda row: row)], [text])
        (_title, (cell,)) = cells(content)
        assert cell.startswith("'") or not cell.startswith(("=", "+", "-", "@"))
        with zipfile.ZipFile(BytesIO(content)) as parts:
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")

    def test_days_are_days_and_moments_are_local(self):
        fields = [Field("日", lambda row: row[0], "day"), Field("时", lambda row: row[1], "moment")]
        content = write_sheet("表", fields, [(date(2026, 11, 24), datetime(2026, 11, 24, 1, 12, tzinfo=UTC))])
        assert cells(content)[1] == [date(2026, 11, 24), datetime.fromisoformat("2026-11-24T09:12")]

    @pytest.mark.parametrize(("reveals", "shown"), [(True, "138 0000 5678"), (False, "138****5678")])
    def test_phones_are_masked_without_the_right(self, reveals, shown):
        content = write_sheet(
            "表", [Field("电话", lambda row: row, "phone")], ["+8613800005678"], reveals=reveals
        )
        assert cells(content)[1] == [shown]

    def test_control_characters_and_long_texts_do_not_break_it(self):
        assert harmless("a\x00b\x1bc") == "abc"
        content = write_sheet("表", [Field("A", lambda row: row)], ["长" * 40_000])
        assert len(cells(content)[1][0]) == 32_000

    def test_several_sheets_stand_in_one_book(self):
        field = [Field("A", lambda row: row)]
        book = CalamineWorkbook.from_filelike(
            BytesIO(write_book([Table("一", field, ["1"]), Table("二", field, [])]))
        )
        assert book.sheet_names == ["一", "二"]

    @pytest.mark.parametrize(
        ("title", "name"), [("客户[1]/*?:\\", "客户1"), ("", "1"), ("长" * 40, "长" * 31)]
    )
    def test_any_title_names_a_sheet(self, title, name):
        assert sheet_name(title) == name
