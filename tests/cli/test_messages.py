"""Texts are found wherever they are said, and no translation is lost on the way."""

from pathlib import Path

import pytest

from shouhou.cli import messages

CODE = b"""
message = _("{technician} is busy at {window}.")
title = pgettext("weekday", "Mon")
count = ngettext("{n} case", "{n} cases", n)
empty = _("")
unknown = _(words)
"""
TEMPLATE = """
<c-next what="{% translate "Assess the claim" %}" />{# translate "never said" #}
{% translate "done" context "station" %} {% translate "It's 5 %" %}
{% blocktranslate count n=n %}One case{% plural %}{{ n }} cases{% endblocktranslate %}
{% blocktranslate with when=at %}Recorded {{ when }}.{% endblocktranslate %}
{% comment %}{% translate "nor this" %}{% endcomment %}{{ x|default:_("Photo") }}
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package with one module, and its catalogue."""
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUE", path)
    path.parent.mkdir(parents=True)
    (tmp_path / "code.py").write_bytes(CODE)
    return path


def test_code_is_read_with_contexts_and_plurals() -> None:
    assert list(messages.of_python(CODE)) == [
        ("", "{technician} is busy at {window}."),
        ("weekday", "Mon"),
        ("", ("{n} case", "{n} cases")),
    ]


def test_templates_are_read_even_inside_attributes() -> None:
    assert set(messages.of_template(TEMPLATE, "sample.html")) == {
        ("", "Assess the claim"),
        ("station", "done"),
        ("", "It's 5 %%"),
        ("", ("One case", "%(n)s cases")),
        ("", "Recorded %(when)s."),
        ("", "Photo"),
    }


def test_a_translation_stays_with_its_message_when_others_come_and_go(catalogue: Path) -> None:
    messages.collect()
    messages.fill("weekday\tMon\t周一\n{n} case\t{n} 张售服单")
    (catalogue.parents[3] / "code.py").write_bytes(
        CODE.replace(b'"{technician} is busy at {window}."', b'"Book"')
    )
    messages.collect()

    text = catalogue.read_text()
    assert "周一" in text
    assert "{n} 张售服单" in text
    assert "is busy" not in text
    assert [message.id for message in messages.missing(messages.read())] == ["Book"]


def test_collecting_twice_changes_nothing(catalogue: Path) -> None:
    messages.collect()
    before = catalogue.read_text()
    messages.collect()
    assert catalogue.read_text() == before


def test_what_is_said_nowhere_is_named_and_not_kept(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.collect()
    assert messages.fill("Tue\t周二") == 1
    assert "not said anywhere: Tue" in capsys.readouterr().err
    assert "周二" not in catalogue.read_text()


def test_missing_names_what_has_no_chinese_and_what_was_not_collected(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.collect()
    (catalogue.parents[3] / "more.py").write_bytes(b'_("Later")')
    assert messages.say_missing() == 1
    assert "Later" in capsys.readouterr().out.splitlines()
