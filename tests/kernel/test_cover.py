"""Months, origin and cover: the edges of a term."""

from datetime import date

import pytest

from shouhou.kernel.cover import Life, cover
from shouhou.kernel.months import months_after
from shouhou.kernel.origin import origin_of

ACCEPTED = date(2025, 11, 24)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2025-11-30", 3, "2026-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-10-15", 3, "2027-01-15"),
        ("2026-12-31", 0, "2026-12-31"),
    ],
)
def test_months_are_clamped_to_the_months_end(day, months, expected):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_months_outside_the_calendar_are_named():
    with pytest.raises(OverflowError, match="9999"):
        months_after(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("reported", "accepted", "origin"),
    [
        ("2026-02-23", "2025-11-24", "residual"),
        ("2026-02-24", "2025-11-24", "residual"),  # the day itself still counts as within
        ("2026-02-25", "2025-11-24", "after_sales"),
        ("2026-02-28", "2025-11-30", "residual"),
        ("2026-03-01", "2025-11-30", "after_sales"),
        ("2028-02-29", "2027-11-30", "residual"),
        ("2028-03-01", "2027-11-30", "after_sales"),
        ("2025-11-24", "2025-11-24", "residual"),
        ("2025-11-23", "2025-11-24", "not_accepted"),
        ("2026-02-25", None, "not_accepted"),
    ],
)
def test_origin_is_decided_by_the_day_of_the_report(reported, accepted, origin):
    accepted_on = date.fromisoformat(accepted) if accepted else None
    assert origin_of(date.fromisoformat(reported), accepted_on, 3) == origin


def test_the_term_of_origin_is_policy():
    assert origin_of(date(2026, 1, 1), ACCEPTED, 1) == "after_sales"


class TestCover:
    """保修期: from acceptance, else installation, else purchase; otherwise not known."""

    @pytest.mark.parametrize(
        ("life", "code"),
        [
            (Life(date(2025, 11, 1), date(2025, 11, 20), ACCEPTED), "accepted"),
            (Life(date(2025, 11, 1), date(2025, 11, 20)), "installed"),
            (Life(date(2025, 11, 1)), "bought"),
        ],
    )
    def test_counts_from_the_strongest_ground(self, life, code):
        answer = cover(life, 12, None, date(2026, 6, 1))

        assert answer.in_warranty is True
        assert [ground[0] for ground in answer.grounds] == [code]

    @pytest.mark.parametrize(
        ("on", "covered", "left"),
        [("2026-11-23", True, 1), ("2026-11-24", True, 0), ("2026-11-25", False, -1)],
    )
    def test_covers_its_last_day(self, on, covered, left):
        answer = cover(Life(accepted_on=ACCEPTED), 12, None, date.fromisoformat(on))

        assert (answer.in_warranty, answer.until, answer.days_left) == (covered, date(2026, 11, 24), left)

    def test_a_leap_day_ends_in_february(self):
        assert cover(Life(bought_on=date(2028, 2, 29)), 12, None, date(2028, 3, 1)).until == date(2029, 2, 28)

    def test_a_stated_day_goes_before_counting(self):
        answer = cover(Life(accepted_on=ACCEPTED), 12, date(2030, 1, 1), date(2029, 1, 1))

        assert (answer.in_warranty, answer.grounds) == (True, (("stated", {"until": date(2030, 1, 1)}),))

    def test_is_not_known_without_a_date(self):
        answer = cover(Life(), 12, None, date(2026, 1, 1))

        assert (answer.in_warranty, answer.until, answer.days_left) == (None, None, None)
        assert answer.grounds == (("no_date", {}),)

    def test_is_not_known_without_a_term(self):
        assert cover(Life(accepted_on=ACCEPTED), None, None, date(2026, 1, 1)).in_warranty is None

    def test_is_not_given_with_a_term_of_zero(self):
        assert cover(Life(accepted_on=ACCEPTED), 0, None, date(2026, 1, 1)).in_warranty is False

    def test_a_day_still_to_come_grounds_nothing(self):
        life = Life(bought_on=date(2025, 11, 1), accepted_on=date(2026, 2, 1))
        answer = cover(life, 12, None, date(2025, 12, 1))

        assert answer.until == date(2026, 11, 1)
        assert [ground[0] for ground in answer.grounds] == ["not_yet", "bought"]
