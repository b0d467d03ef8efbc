"""One box for names, pinyin, phone tails, numbers and serials, the same on both databases."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from shouhou.core import search
from shouhou.core.ids import new_id
from shouhou.core.search.terms import LONGEST_TERM, MOST_CLAUSES, clauses_of, terms_of

pytestmark = pytest.mark.django_db

LI, LI_JUN, SHAN, SMITH = (new_id() for _ in range(4))
CASE, OTHER_CASE = new_id(), new_id()


@pytest.fixture
def indexed(yamu):
    rows = {
        LI: {"name": "李秀兰", "phone": "+8613800005678", "address": "上海市闵行区兰花苑 3 号楼 1502 室"},
        LI_JUN: {"name": "李军", "phone": "+862164001234;ext=8012", "address": "上海市徐汇区天平路 88 号"},
        SHAN: {"name": "单雄信", "phone": "+8613911112222"},
        SMITH: {"name": "John Smith", "phone": "+16502530000", "email": "j.smith@example.com"},
    }
    for key, texts in rows.items():
        search.index(yamu.pk, "customer", key, texts)
    search.index(
        yamu.pk, "case", CASE, {"number": "S-2611-0387", "symptom": "电梯异响", "serial": "BX9-200A/77"}
    )
    search.index(
        yamu.pk, "case", OTHER_CASE, {"number": "S-2611-0388", "symptom": "柜门异响", "name": "李秀兰"}
    )
    return yamu


def find(organisation, query, *kinds, limit=20):
    return [key for _kind, key in search.find(organisation.pk, query, kinds or ("customer",), limit)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("李秀兰", [LI]),
        ("秀兰", [LI]),  # a word of two characters
        ("李", [LI_JUN, LI]),  # one character; the newest first
        ("兰", [LI]),
        ("lxl", [LI]),
        ("LXL", [LI]),
        ("lx", [LI]),
        ("lixiulan", [LI]),
        ("lj", [LI_JUN]),
        ("shanxiongxin", [SHAN]),
        ("danxiong", [SHAN]),  # the other reading
        ("sxx", [SHAN]),
        ("5678", [LI]),
        ("138 0000 5678", [LI]),
        ("+86 138-0000-5678", [LI]),
        ("１３８００００５６７８", [LI]),
        ("021-64001234", [LI_JUN]),
        ("64001234", [LI_JUN]),
        ("8012", [LI_JUN]),
        ("smith", [SMITH]),
        ("smi", [SMITH]),
        ("李 5678", [LI]),
        ("lxl 5678", [LI]),
        ("兰花苑3号楼", [LI]),
        ("上海 1502", [LI]),
        ("上海市", [LI_JUN, LI]),
        ("王", []),
        ("李秀兰 2222", []),
        ("", []),
        ("   ", []),
        ("%_*'\";--", []),
    ],
)
def test_finds_what_people_type(indexed, query, found):
    assert find(indexed, query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("S-2611-0387", [CASE]),
        ("s26110387", [CASE]),
        ("0387", [CASE]),
        ("2611-0387", [CASE]),
        ("S-2611", [OTHER_CASE, CASE]),
        ("电梯", [CASE]),
        ("异响", [OTHER_CASE, CASE]),
        ("电梯 异响", [CASE]),
        ("200A", [CASE]),
        ("bx9200a77", [CASE]),
    ],
)
def test_finds_numbers_serials_and_symptoms(indexed, query, found):
    assert find(indexed, query, "case") == found


def test_what_is_asked_for_literally_comes_first(yamu):
    exact, longer, inside = (new_id() for _ in range(3))
    search.index(yamu.pk, "customer", exact, {"name": "李秀"})
    search.index(yamu.pk, "customer", longer, {"name": "李秀兰"})
    search.index(yamu.pk, "customer", inside, {"name": "王李秀"})
    assert find(yamu, "李秀") == [exact, longer, inside]


def test_searches_several_kinds_at_once(indexed):
    assert set(search.find(indexed.pk, "李秀兰", ["customer", "case"])) == {
        ("customer", LI),
        ("case", OTHER_CASE),
    }
    assert find(indexed, "异响", "case", limit=1) == [OTHER_CASE]


def test_another_organisation_finds_nothing(indexed, hengda):
    assert find(hengda, "李秀兰") == []


def test_a_corrected_name_is_found_and_the_old_one_no_more(indexed):
    search.index(indexed.pk, "customer", LI, {"name": "李秀岚"})
    assert find(indexed, "李秀岚") == [LI]
    assert find(indexed, "秀兰") == []
    assert find(indexed, "5678") == []


def test_a_forgotten_row_is_found_no_more(indexed):
    search.forget(indexed.pk, LI)
    assert find(indexed, "lxl") == []


def test_ten_thousand_characters_are_a_query_too(indexed):
    assert find(indexed, "李秀兰" * 3_333) == []
    assert find(indexed, "ﷺ" * 10_000) == []
    assert find(indexed, "1" * 10_000) == []


@given(st.text(max_size=200))
def test_any_text_gives_few_short_terms_and_clauses(text):
    terms = terms_of(text)
    assert all(0 < len(term) <= LONGEST_TERM for term in terms)
    assert len(terms) < 1_000
    assert len(clauses_of(text)) <= MOST_CLAUSES


@given(st.text(alphabet="李秀兰上海ab-12 ", max_size=30))
def test_a_text_is_found_by_itself(text):
    terms = terms_of(text)
    for clause in clauses_of(text):
        assert any(
            term.startswith(clause.text) if clause.is_prefix else term == clause.text for term in terms
        )


@pytest.mark.parametrize("query", ["李秀兰", "上海市闵行区 lxl 5678", "5678"])
def test_takes_two_statements_in_the_index(indexed, query):
    """However many rows there are: no statement reads the table from end to end."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert find(indexed, query, "customer", "case")
    assert len(asked) <= 2
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of a hundred rows is read whole unless told otherwise.
            cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in asked:
            cursor.execute(_explained(statement["sql"]))
            plan = "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())
            assert not re.search(r"Seq Scan|SCAN core_searchterm(?! USING)", plan), plan
            assert "term_once_per_row" in plan or "autoindex" in plan, plan
            # Whether a candidate has the rest is looked up by its own key, never by reading a range of terms.
            assert all("target_id=?" in line for line in plan.splitlines() if "SEARCH U0" in line), plan


def _explained(sql: str) -> str:
    return f"EXPLAIN {sql}" if connection.vendor == "postgresql" else f"EXPLAIN QUERY PLAN {sql}"
