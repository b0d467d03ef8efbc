"""Chinese is complete: whatever the product says, it says in Chinese too."""

import pytest

from shouhou.cli import messages


def test_everything_said_has_its_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    said = messages.say_missing()
    without = capsys.readouterr().out.splitlines()
    assert (said, without) == (0, []), "run `make messages`, then fill in the Chinese"
