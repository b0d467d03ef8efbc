"""``shouhou sample-workbook``: a workbook as companies really keep them, dirt included (示例工作簿).

Three sheets: customers, their pieces, and open complaints. The same rows, seed and company always give the
same bytes. Phone numbers lie in ranges no operator has given out.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from shouhou.cli.house import open_house, refuse, say

if TYPE_CHECKING:
    from shouhou.demo.companies import Company

# Fixed, so that a seed gives the same days whenever it is used; old enough for nothing to lie in the future.
LAST_DAY = date(2026, 6, 30)
DIRTY = 0.12
COMPLAINTS = 0.1
SECOND_PIECE = 0.15
MOST_ROWS = 50_000

CUSTOMERS = ("序号", "客户姓名", "联系电话（必填）", "客户类型", "区域", "详细地址", "备注")
PIECES = ("客户电话", "客户姓名", "产品型号", "机身号", "购买日期", "安装日期", "验收日期", "门店")
REPORTS = ("联系电话", "客户", "产品型号", "机身号", "故障现象", "报修时间", "渠道", "客户要求")

Cells = list[Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="where to write it (文件)")
    parser.add_argument("--rows", type=int, default=200, help="customers, 1 to 50000 (客户行数)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other people (随机种子)")
    parser.add_argument("--company", default="yamu", help="whose products: yamu, lingfeng, hengda (企业)")


def run(options: argparse.Namespace) -> int:
    open_house()
    from shouhou.demo.companies import COMPANIES

    company = next((one for one in COMPANIES if one.code == options.company), None)
    if company is None or not 1 <= options.rows <= MOST_ROWS:
        return refuse(
            "行数须为 1 到 50000，企业须为示例企业之一。", "Rows are 1 to 50000, the company is a demo one."
        )
    if not options.file.parent.is_dir():
        return refuse(f"没有文件夹 {options.file.parent}。", f"There is no folder {options.file.parent}.")
    write(options.file, company, options.rows, options.seed)
    say(f"已写入 {options.file}，{options.rows} 位客户", f"written, {options.rows} customers")
    return 0


def write(file: Path, company: "Company", rows: int, seed: int) -> None:
    """Write the workbook."""
    people = People(company, random.Random(seed))
    customers, pieces, reports = [], [], []
    for number in range(rows):
        household = people.household(number)
        customers.append([number + 1, *household])
        for piece in people.pieces(household):
            pieces.append(piece)
            if people.chance.random() < COMPLAINTS:
                reports.append(people.report(piece))
    dirt = Dirt(people.chance)
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        # The moment of writing would make every file another one.
        book.set_properties({"created": datetime.combine(LAST_DAY, datetime.min.time())})
        _sheet(book, "客户", CUSTOMERS, dirt.strewn(customers, dirt.customer), f"{company.name}客户名单")
        _sheet(book, "产品", PIECES, dirt.strewn(pieces, dirt.piece))
        _sheet(book, "未结投诉", REPORTS, dirt.strewn(reports, dirt.report))


def _sheet(
    book: xlsxwriter.Workbook, name: str, headings: tuple[str, ...], rows: Iterator[Cells], title: str = ""
) -> None:
    page, day = book.add_worksheet(name), book.add_format({"num_format": "yyyy/m/d"})
    top = 0
    if title:
        # People put a banner above their tables.
        page.merge_range(0, 0, 0, len(headings) - 1, title, book.add_format({"bold": True}))
        top = 2
    page.write_row(top, 0, headings, book.add_format({"bold": True}))
    for place, cells in enumerate(rows, start=top + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(place, column, cell, day)
            else:
                page.write(place, column, cell)


class People:
    """Makes up households and what they own."""

    def __init__(self, company: "Company", chance: random.Random) -> None:
        from shouhou.demo import founding

        self.company, self.chance, self.names = company, chance, founding
        self.serial = 20_000

    def household(self, number: int) -> Cells:
        """Name, phone, type, district, address and note of one customer."""
        chance, names = self.chance, self.names
        is_firm = chance.random() < 0.08
        name = (
            chance.choice(names.FIRMS)
            if is_firm
            else chance.choice(names.FAMILY) + chance.choice(names.GIVEN)
        )
        address = f"{chance.choice(names.ROADS)} {chance.randint(1, 1999)} 弄 {chance.randint(1, 60)} 号"
        if not is_firm:
            address += f" {chance.randint(1, 28)}0{chance.randint(1, 4)} 室"
        note = chance.choice(
            ("", "", "", "周末在家", "门口有狗，先打电话", "需开发票", "老人独居，说话慢一点")
        )
        return [
            name,
            _phone(number),
            "公司" if is_firm else "个人",
            chance.choice(self.company.districts),
            address,
            note,
        ]

    def pieces(self, household: Cells) -> Iterator[Cells]:
        """What a household owns: mostly one piece, now and then two."""
        for _ in range(1 + (self.chance.random() < SECOND_PIECE)):
            self.serial += self.chance.randint(1, 9)
            model = self.chance.choice(self.company.models)
            bought = LAST_DAY - timedelta(days=self.chance.randint(30, 1_500))
            installed = bought + timedelta(days=self.chance.randint(3, 25))
            accepted: Any = installed + timedelta(days=self.chance.choice((0, 0, 1, 3)))
            if self.chance.random() < 0.08:
                accepted = ""
            store = self.chance.choice(self.company.stores) if self.company.stores else ""
            serial = f"{model.code}-{self.serial}"
            yield [household[1], household[0], model.code, serial, bought, installed, accepted, store]

    def report(self, piece: Cells) -> Cells:
        """An open complaint about a piece."""
        model = next(model for model in self.company.models if model.code == piece[2])
        day = LAST_DAY - timedelta(days=self.chance.randint(0, 20))
        moment = f"{day:%Y-%m-%d} {self.chance.randint(8, 20):02d}:{self.chance.randint(0, 59):02d}"
        channel = self.chance.choice(("电话", "电话", "电话", "微信", "门店", "传真"))
        wish = self.chance.choice(("", "尽快上门", "要求换新", "请说明原因"))
        return [*piece[:4], self.chance.choice(model.symptoms), moment, channel, wish]


class Dirt:
    """What goes wrong when people type, copy and paste for years."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def strewn(self, rows: list[Cells], soil: Callable[[Cells], Cells]) -> Iterator[Cells]:
        """The rows, some of them soiled, some standing twice."""
        for cells in rows:
            if self.chance.random() >= DIRTY:
                yield cells
            elif self.chance.random() < 0.2:
                yield from (cells, cells)
            else:
                yield soil(list(cells))

    def customer(self, cells: Cells) -> Cells:
        """A soiled row of the customers' sheet."""
        name, phone = cells[1], cells[2]
        column, soiled = self.chance.choice(
            (
                (2, _full_width(phone)),
                (2, f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"),
                (2, int(phone)),
                (2, phone[:-1]),
                (2, ""),
                (1, f'=HYPERLINK("http://example.invalid","{name}")'),
                (1, f" {name[:1]} {name[1:]}\u200b"),
                (1, "同上"),
                (3, "VIP"),
                (5, f"{cells[5]}\n（从物业门进）"),
                (5, cells[5] * 12),
                (6, "@SUM(1+1)*cmd|' /C calc'!A0"),
            )
        )
        cells[column] = soiled
        return cells

    def piece(self, cells: Cells) -> Cells:
        """A soiled row of the pieces' sheet."""
        bought: date = cells[4]
        column, soiled = self.chance.choice(
            (
                (4, f"{bought:%Y年%m月%d日}"),
                (4, f"{bought:%Y%m%d}"),
                (4, f"{bought.year}-02-30"),
                (4, "去年国庆"),
                (4, bought.replace(year=bought.year + 20, day=1)),
                (5, bought - timedelta(days=40)),
                (6, ""),
                (2, f"{cells[2]}（旧款）"),
                (2, ""),
                (3, ""),
                (3, 123_456_789_012_345_678),
                (3, _full_width(cells[3])),
            )
        )
        cells[column] = soiled
        return cells

    def report(self, cells: Cells) -> Cells:
        """A soiled row of the complaints' sheet."""
        column, soiled = self.chance.choice(
            (
                (0, ""),
                (4, ""),
                (5, "上周三下午"),
                (5, "2046-01-01 09:00"),
                (6, "信鸽"),
                (3, "看不清"),
                (4, cells[4] * 40),
            )
        )
        cells[column] = soiled
        return cells


def _phone(number: int) -> str:
    # The middle group 0000 is given out by no operator in these ranges.
    return f"1{(39, 38, 37, 36, 35)[number // 10_000]}0000{number % 10_000:04d}"


def _full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
