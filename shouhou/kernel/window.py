"""A window (时段): a stretch of time, half-open, so that two visits may meet at 15:00."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From ``start`` until just before ``end``; both know their time zone.

    Raises ``ValueError`` for a moment without a zone, or an end that is not after the start.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment.utcoffset() is None:
                raise ValueError(f"A window's moments need a time zone: {moment}")
        if self.end <= self.start:
            raise ValueError(f"A window must end after it starts: {self.start} to {self.end}")

    def __str__(self) -> str:
        end = self.end.astimezone(self.start.tzinfo)
        if end.date() == self.start.date():
            return f"{self.start:%Y-%m-%d %H:%M}–{end:%H:%M}"
        return f"{self.start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}"

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    @property
    def minutes(self) -> int:
        """Whole minutes from start to end."""
        return self.length // MINUTE

    def contains(self, moment: datetime) -> bool:
        """Whether a moment lies within; the end does not."""
        return self.start <= moment < self.end

    def overlaps(self, other: "Window") -> bool:
        """Whether the two share a moment; meeting end to start is no overlap."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: timedelta) -> "Window":
        """The same length, earlier or later."""
        return Window(self.start + by, self.end + by)
