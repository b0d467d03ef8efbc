"""Conditions that leave nothing out need no default; conditions that leave something out do."""

import pytest

from shouhou.kernel import feel
from shouhou.kernel.bpmn.check.covering import cover


@pytest.mark.parametrize(
    ("conditions", "covered"),
    [
        (["n > 100", "n <= 100"], True),
        (["n > 100", "n < 100"], False),
        (["n < 1", "n in [1..5]", "n > 5"], True),
        (["n < 1", "n in (1..5]", "n > 5"], False),
        (["n between 1 and 5", "n < 1 or n > 5"], True),
        (["100 < n", "100 >= n"], True),
        (["-1 < n", "n <= -1"], True),
        (["ok", "not(ok)"], True),
        (["ok = true", "ok = false"], True),
        (["ok = true", "ok != true"], True),
        (["ok", "late"], False),
        (["ok and late", "not(ok)", "not(late)"], True),
        (['x = "a"', 'x != "a"'], True),
        (['x = "a"', 'x = "b"'], False),
        (['x in ("a", "b")', 'not(x in ("a", "b"))'], True),
        (["x = null", "x != null"], True),
        (["a > b", "a <= b"], True),
        (["a > b", "a < b"], False),
        (["a > b", "b > a", "a = b"], True),
        (["a > b", "a <= b and a > 3"], False),
        (["a + b > 3", "a + b <= 3"], True),
        (["order.total > 3", "order.total <= 3"], True),
        (["true"], True),
        (["false"], False),
        (["n = 1", "n != 1"], True),
        (["n > 1", 'n = "one"'], False),
        ([" or ".join(f"n{number}" for number in range(20))], False),
    ],
)
def test_cover(conditions: list[str], covered: bool) -> None:
    assert cover([feel.parse(condition).root for condition in conditions]) is covered
