"""Telephone numbers: however they are written, one normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouhou.core import masking, phones

LI_MOBILE = "+8613800005678"
LI_LANDLINE = "+862164001234"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("13800005678", LI_MOBILE),
        (" 138 0000 5678 ", LI_MOBILE),
        ("138-0000-5678", LI_MOBILE),
        ("１３８００００５６７８", LI_MOBILE),
        ("＋８６ 138 0000 5678", LI_MOBILE),
        ("+86 13800005678", LI_MOBILE),
        ("0086 138 0000 5678", LI_MOBILE),
        ("19912345678", "+8619912345678"),
        ("021-64001234", LI_LANDLINE),
        ("(021) 6400 1234", LI_LANDLINE),
        ("（021）6400—1234", LI_LANDLINE),
        ("021-64001234转8012", LI_LANDLINE + ";ext=8012"),
        ("021-64001234 分机 8012", LI_LANDLINE + ";ext=8012"),
        ("021-64001234 ext. 8012", LI_LANDLINE + ";ext=8012"),
        ("021-64001234#8012", LI_LANDLINE + ";ext=8012"),
        (LI_LANDLINE + ";ext=8012", LI_LANDLINE + ";ext=8012"),
        ("400-820-8820", "+864008208820"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_one_normal_form(written, normal):
    assert phones.normal(written) == normal


@pytest.mark.parametrize(
    "written",
    [
        "",
        "李秀兰",
        "1380000567",
        "138000056789",
        "23800005678",
        "64001234",
        "1" * 5000,
        "138\u00005678",
        "+86",
    ],
)
def test_what_is_no_number_is_refused_with_an_example(written, english):
    with pytest.raises(phones.NotAPhone) as refused:
        phones.normal(written)
    assert "is not a telephone number" in refused.value.sentence
    assert "138 0000 5678" in refused.value.advice
    assert phones.recognised(written) is None


@pytest.mark.parametrize(
    ("value", "shown", "hidden"),
    [
        (LI_MOBILE, "138 0000 5678", "138****5678"),
        (LI_LANDLINE, "021-6400 1234", "021-****1234"),
        (LI_LANDLINE + ";ext=8012", "021-6400 1234 转 8012", "021-****1234"),
        ("+8675583765566", "0755-8376 5566", "0755-****5566"),
        ("+864008208820", "4008208820", "****8820"),
        ("+16502530000", "+16502530000", "+16****00"),
    ],
)
def test_is_read_out_and_hidden(value, shown, hidden):
    assert phones.display(value) == shown
    assert phones.masked(value) == hidden


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(text):
    value = phones.recognised(text)
    if value is not None:
        assert phones.normal(value) == value
        assert phones.normal(phones.display(value)) == value


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.name, "李秀兰", "李**"),
        (masking.name, "John Smith", "J** S**"),
        (masking.name, "", ""),
        (masking.address, "上海市闵行区兰花苑 3 号楼 1502 室", "上海市闵行区****"),
        (masking.address, "兰花苑 3 号楼", "兰花苑 ****"),
        (masking.address, "", ""),
        (masking.email, "lixiulan@example.com", "l**@example.com"),
        (masking.email, "lixiulan", "**"),
    ],
)
def test_personal_data_is_masked(mask, value, shown):
    assert mask(value) == shown
