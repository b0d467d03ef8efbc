"""Personal data is shown masked (脱敏) until someone with the right asks to see it."""

HIDDEN = "**"
SHOWN_OF_ADDRESS = 6


def name(value: str) -> str:
    """``李秀兰`` → ``李**``, ``John Smith`` → ``J** S**``: enough to greet by, not to look up."""
    if not value.isascii():
        return value[:1] + HIDDEN if value else ""
    return " ".join(word[:1] + HIDDEN for word in value.split())


def address(value: str) -> str:
    """The district stays, the door goes: ``上海市闵行区****``."""
    end = max(value.find(mark) for mark in "区县市") + 1
    kept = value[:end] if 0 < end < len(value) else value[: min(SHOWN_OF_ADDRESS, len(value) // 2)]
    return f"{kept}****" if value else ""


def email(value: str) -> str:
    """``lixiulan@example.com`` → ``l**@example.com``."""
    person, mark, host = value.partition("@")
    return f"{person[:1]}{HIDDEN}{mark}{host}" if mark else HIDDEN
