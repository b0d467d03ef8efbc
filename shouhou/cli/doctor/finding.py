"""What the doctor found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """One line in both languages, and the next step where attention is needed."""

    chinese: str
    english: str
    chinese_step: str = ""
    english_step: str = ""

    @property
    def is_well(self) -> bool:
        return not self.english_step

    def __str__(self) -> str:
        if self.is_well:
            return f"✓ {self.chinese} · {self.english}"
        return f"! {self.chinese} · {self.english}\n    → {self.chinese_step}\n    → {self.english_step}"


Check = Callable[[datetime], Iterable[Finding]]


def well(chinese: str, english: str) -> Finding:
    return Finding(chinese, english)


def attention(chinese: str, english: str, chinese_step: str, english_step: str) -> Finding:
    return Finding(chinese, english, chinese_step, english_step)
