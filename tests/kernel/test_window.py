"""A window: half-open, with a zone, ending after it starts."""

from datetime import UTC, datetime, timedelta

import pytest

from shouhou.kernel.window import Window

TWO, THREE, FOUR = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (14, 15, 16))
SECOND = timedelta(seconds=1)
TWO_TO_THREE = Window(TWO, THREE)


def test_meeting_end_to_start_is_no_overlap():
    assert not TWO_TO_THREE.overlaps(Window(THREE, FOUR))
    assert TWO_TO_THREE.overlaps(Window(TWO, FOUR))


@pytest.mark.parametrize(("moment", "within"), [(TWO, True), (THREE - SECOND, True), (THREE, False)])
def test_contains_its_start_and_not_its_end(moment, within):
    assert TWO_TO_THREE.contains(moment) is within


def test_shifts_and_measures():
    assert TWO_TO_THREE.shift(timedelta(hours=1)) == Window(THREE, FOUR)
    assert TWO_TO_THREE.minutes == 60


def test_reads_as_people_write_it():
    assert str(TWO_TO_THREE) == "2026-11-24 14:00–15:00"
    assert str(Window(TWO, FOUR + timedelta(days=1))) == "2026-11-24 14:00 – 2026-11-25 16:00"


def test_refuses_what_is_no_stretch():
    with pytest.raises(ValueError, match="must end after it starts"):
        Window(THREE, TWO)
    with pytest.raises(ValueError, match="must end after it starts"):
        Window(TWO, TWO)
    with pytest.raises(ValueError, match="need a time zone"):
        Window(datetime(2026, 11, 24, 14), THREE)  # noqa: DTZ001 - what is refused
