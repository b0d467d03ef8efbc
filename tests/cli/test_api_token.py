"""``shouhou api-token``: shown once, listed without it, withdrawn by its tail."""

import pytest

from shouhou.cli import main
from shouhou.core import clients
from shouhou.core.actor import Kind

pytestmark = pytest.mark.django_db


def given(capsys) -> str:
    assert main(["api-token", "--organisation", "yamu", "--name", "青鸟物流", "--rights", "read, work"]) == 0
    return capsys.readouterr().out.split()[-1]


def test_gives_a_token_that_opens_what_was_said(yamu, capsys):
    actor = clients.open(given(capsys))
    assert (actor.kind, actor.name, actor.roles) == (Kind.CLIENT, "青鸟物流", {"read", "work"})


def test_lists_them_without_their_tokens(yamu, capsys):
    token = given(capsys)
    assert main(["api-token", "--organisation", "yamu"]) == 0
    listed = capsys.readouterr().out
    assert "青鸟物流" in listed
    assert f"…{token[-4:]}" in listed
    assert token not in listed


def test_withdraws_one_by_its_last_signs(yamu, capsys):
    token = given(capsys)
    assert main(["api-token", "--organisation", "yamu", "--withdraw", token[-4:]]) == 0
    with pytest.raises(clients.TokenUnknown):
        clients.open(token)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--organisation", "nobody"], "There is no such organisation."),
        (["--organisation", "yamu", "--name", "x", "--rights", "all"], "read, report, dispatch, work"),
        (["--organisation", "yamu", "--withdraw", "zzzz"], "0 tokens in use end in zzzz"),
    ],
)
def test_says_what_is_in_the_way(yamu, capsys, words, says):
    assert main(["api-token", *words]) == 1
    assert says in capsys.readouterr().err
