"""docs/api.md cannot lie: its commands are run one after another, and answer what it says."""

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

from shouhou.core.policy import Right
from tests.api.conftest import admit

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
EXAMPLE = re.compile(r"```sh\n(?P<command>curl .*?)\n# (?P<status>\d+)(?P<said>[^\n]*)\n```", re.DOTALL)
SHOUHOU = "http://testserver"


def run(command: str, known: dict[str, str]):
    """Do what curl would, with the words known so far."""
    for name, value in known.items():
        command = command.replace(f"'${name}'", value).replace(f"${name}", value)
    assert "$" not in command, f"a word nobody told yet: {command}"
    _curl, address, *words = shlex.split(command.replace("\\\n", " "))
    headers, body = {}, None
    while words:
        option, value = words.pop(0), words.pop(0)
        if option == "-H":
            name, _colon, said = value.partition(": ")
            headers[name] = said
        elif option == "--json":
            body = value
        else:
            raise AssertionError(f"an option this test does not know: {option}")
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    client = Client(headers=headers)
    return client.get(path) if body is None else client.post(path, body, content_type="application/json")


def learn(said: str, answer, known: dict[str, str]) -> None:
    """Remember what the page says an answer's parts are called."""
    shown = answer.json()
    for name in re.findall(r"\$(\w+) is its id", said):
        known[name] = shown["id"]
    if "$SLOT" in said:
        known["SLOT"] = shown["slots"][0]["id"]
    if "$START $END" in said:
        item = shown["items"][0 if "first" in said else -1]
        known |= {"START": item["starts_at"], "END": item["ends_at"]}
        if "$TECHNICIAN" in said:
            known["TECHNICIAN"] = item["technician_id"]


def test_every_command_on_the_page_answers_as_it_says(yamu, zhang):
    known = {"SHOUHOU": SHOUHOU, "TOKEN": admit(yamu, *Right)}
    examples = list(EXAMPLE.finditer(PAGE.read_text()))
    assert len(examples) == PAGE.read_text().count("```sh")
    for example in examples:
        answer = run(example["command"], known)
        assert answer.status_code == int(example["status"]), (example["command"], answer.json())
        said = example["said"].strip(" ,")
        learn(said, answer, known)
        if answer.status_code >= 400:
            assert said in json.dumps(answer.json(), ensure_ascii=False)


def test_every_address_is_told(client: Client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    text = re.sub(r"\$(CASE|VISIT|OFFER)\b", lambda found: f"{{{found[1].lower()}_id}}", PAGE.read_text())
    assert [path for path in paths if path not in text] == []


def test_every_right_is_told():
    assert [right for right in Right if f"| `{right}` |" not in PAGE.read_text()] == []
