"""``shouhou feel``: one expression on a shell."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shouhou.bench import feel as bench
from shouhou.cli import main


def test_prints_the_value_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feel", '{单价: 12.5, 合计: 单价 * 3, 到期: @"2026-01-31" + @"P1M"}']) == 0

    assert json.loads(capsys.readouterr().out) == {"单价": 12.5, "合计": 37.5, "到期": "2026-02-28"}


def test_reads_facts_with_names_of_several_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"客户": {"最近 上门": "@\\"2026-11-24\\""}}', encoding="utf-8")

    assert main(["feel", "客户.最近 上门.weekday", "--context", str(facts)]) == 0
    assert capsys.readouterr().out == "2\n"


def test_reads_the_cell_of_a_decision_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"?": 7}', encoding="utf-8")

    assert main(["feel", "--unary", "[1..5], > 6", "--context", str(facts)]) == 0
    assert capsys.readouterr().out == "true\n"


def test_points_at_the_place_of_a_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feel", "金额 > 100，true"]) == 1

    assert capsys.readouterr().err.split("\n") == [
        "金额 > 100，true",
        "          ^ 1:9 feel.full_width",
        "“，”是全角符号。请改写为半角“,”。",
        "“，” is a full-width character. Write “,” instead.",
        "",
    ]


def test_points_into_the_line_that_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feel", "1 +\n  now()"]) == 1

    assert capsys.readouterr().err.startswith("  now()\n  ^ 2:3 feel.no_clock\n")


@pytest.mark.parametrize("content", [b"[1]", b"{", b"\xff\xfe", b"[" * 100_000, None])
def test_refuses_facts_that_are_no_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    facts = tmp_path / "facts.json"
    if content is not None:
        facts.write_bytes(content)

    assert main(["feel", "1", "--context", str(facts)]) == 1
    assert "不是 JSON 对象" in capsys.readouterr().err


def test_half_a_character_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feel", '"\\uD83D"']) == 0
    assert main(["feel", '"\udc80"']) == 0
    assert capsys.readouterr().out.count("\n") == 2


def test_starts_without_django() -> None:
    script = "import sys, shouhou.cli as c; c.main(['feel', '1']); sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_the_bench_measures_every_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "ROUNDS", 10)
    monkeypatch.setattr(bench, "TRIES", 1)

    assert set(bench.measure()) == {*bench.EXPRESSIONS, "reading three comparisons"}
