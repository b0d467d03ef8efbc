"""Which terms a text is found under, and which a query asks for.

* Chinese: each two neighbouring characters (秀兰), and the last one alone
* short Chinese texts, such as names: pinyin initials (lxl) and full pinyin (lixiulan)
* words with digits: every ending of three characters or more, for a prefix of a term is a part of the word
* the whole text, marked ``=``: what is asked for literally comes first
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_TERM = 40
LONGEST_TEXT = 400
LONGEST_QUERY = 64
SHORTEST_ENDING = 3
SHORTEST_NUMBER = 7
# Names and short titles are typed as pinyin; nobody types an address so.
LONGEST_IN_PINYIN = 6
# 单 is read dan, shan or chan: a name with several such characters still gets few readings.
MOST_READINGS = 4
MOST_CLAUSES = 8
WHOLE = "="

_CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CHINESE}]+|[^\W{_CHINESE}_]+")
# S-2611-0387 is one word, however it is broken up.
_JOINED = re.compile(r"(?<=[a-z0-9])[-_./](?=[a-z0-9])")
_NUMBER = re.compile(r"[+\d][\d\s().\-]*")
_MOBILE = re.compile(r"\+86\s?1[3-9]")
_COUNTRY = re.compile(r"^(?:00)?86(?=1[3-9]\d{9}$)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a row must have: a term, or with ``is_prefix`` any term that begins so."""

    text: str
    is_prefix: bool


def terms_of(text: str) -> set[str]:
    """Every term a row with this text is found under."""
    plain = _plain(text, LONGEST_TEXT)
    found = {whole(text)} if plain else set()
    for run in _RUN.findall(_JOINED.sub("", f"{plain} {_as_one_number(plain)}")):
        found.update(_chinese(run) if _is_chinese(run) else _word(run))
    return {term[:LONGEST_TERM] for term in found}


def clauses_of(query: str) -> list[Clause]:
    """What a query asks for, most telling first; empty when there is nothing to look for."""
    plain = _plain(query, LONGEST_QUERY)
    plain = _as_one_number(plain) or plain
    clauses: dict[Clause, None] = {}
    for run in _RUN.findall(_JOINED.sub("", plain)):
        if _is_chinese(run) and len(run) > 1:
            clauses.update(dict.fromkeys(Clause(pair, False) for pair in _pairs(run)))
        else:
            clauses[Clause(run[:LONGEST_TERM], True)] = None
    return sorted(clauses, key=lambda clause: -len(clause.text))[:MOST_CLAUSES]


def _as_one_number(plain: str) -> str:
    """138 0000 5678 is one number, however it is broken up; empty for what is not, or too short to be sure."""
    digits = "".join(filter(str.isdigit, plain)) if _NUMBER.fullmatch(plain) else ""
    return _COUNTRY.sub("", digits) if len(digits) >= SHORTEST_NUMBER else ""


def whole(text: str) -> str:
    """The term that stands for the whole of a text, without spaces and hyphens."""
    joined = "".join(_RUN.findall(_JOINED.sub("", _plain(text, LONGEST_TEXT))))
    return (WHOLE + joined)[:LONGEST_TERM]


def _plain(text: str, most: int) -> str:
    plain = unicodedata.normalize("NFKC", text[:most]).casefold().strip()[:most]
    # At home a number is asked for without the country: a mobile as it is, a landline with its 0.
    return plain.removeprefix("+86") if _MOBILE.match(plain) else plain.replace("+86", "0", 1)


def _is_chinese(run: str) -> bool:
    return re.match(f"[{_CHINESE}]", run) is not None


def _pairs(run: str) -> Iterator[str]:
    return (run[start : start + 2] for start in range(len(run) - 1))


def _chinese(run: str) -> Iterator[str]:
    yield run[-1]
    yield from _pairs(run)
    if len(run) <= LONGEST_IN_PINYIN:
        yield from _readings(run, initials=True)
        yield from _readings(run, initials=False)


def _readings(run: str, *, initials: bool) -> Iterator[str]:
    # The dictionary of sounds takes a quarter of a second to load, and only keeping the index needs it.
    from pypinyin import Style, pinyin

    style = Style.FIRST_LETTER if initials else Style.NORMAL
    sounds = [list(dict.fromkeys(one)) for one in pinyin(run, style=style, heteronym=True, errors="ignore")]
    # Turned round, so that the surname's readings come first: they are the ones people mistake.
    readings = ("".join(reversed(parts)) for parts in itertools.product(*reversed(sounds)))
    return itertools.islice((word for word in readings if word and word.isascii()), MOST_READINGS)


def _word(run: str) -> Iterator[str]:
    yield run
    if any(map(str.isdigit, run)):
        yield from (run[start:] for start in range(1, len(run) - SHORTEST_ENDING + 1))
