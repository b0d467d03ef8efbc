"""A small trade of its own: slips (a vehicle's row stands for one), opened, weighed, mended, told and closed."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from shouhou.core import events, facts, gates, policy, use_case
from shouhou.core.actor import Actor
from shouhou.core.facts import Fact
from shouhou.core.policy import Role
from shouhou.core.refusals import Refusal
from shouhou.flows import contracts, gate, listening
from shouhou.flows.contracts import Message, Task
from shouhou.flows.models import Token
from shouhou.people.models import Vehicle
from tests.conftest import NOW, as_actor
from tests.kernel.bpmn.drawing import definitions, process


class Slip(Vehicle):
    """A case of the tests: a root of its own. ``name`` holds what was found."""

    root_path = "id"

    class Meta:
        proxy = True
        app_label = "people"


class NoPaper(Refusal):
    code = "test.no_paper"
    message = "The printer has no paper."
    next_step = "Put some in."


PAPER = {"left": True}
"""Whether the automatic verb can be carried out."""


@use_case.use_case("test.open")
def open_slip(*, plate: str, actor, now) -> Slip:
    slip = Slip.objects.create(organisation_id=actor.organisation_id, plate=plate)
    events.record("test.opened", slip, actor=actor, now=now, plate=plate)
    return slip


def _verb(name: str, kind: str):
    @use_case.use_case(f"test.{name}", on=Slip)
    def service(slip: Slip, *, found: str = "", actor, now) -> Slip:
        if found:
            slip.name = found
            slip.save(update_fields=["name"])
        events.record(f"test.{kind}", slip, actor=actor, now=now, found=found)
        return slip

    return service


weigh = _verb("weigh", "weighed")
mend = _verb("mend", "mended")
check = _verb("check", "checked")
complain = _verb("complain", "complained")
reopen = _verb("reopen", "reopened")
note = _verb("note", "noted")


@use_case.use_case("test.tell", on=Slip)
def tell(slip: Slip, *, actor, now) -> Slip:
    events.record("test.told", slip, actor=actor, now=now)
    if not PAPER["left"]:
        raise NoPaper
    return slip


@use_case.use_case("test.stamp", on=Slip)
def stamp(slip: Slip, *, actor, now) -> Slip:
    raise ZeroDivisionError


TASKS = (
    Task("weigh", "评估", "Weigh", "test.weigh", ("test.weighed",), (Role.AGENT,), also=("test.check",)),
    Task("mend", "维修", "Mend", "test.mend", ("test.mended",), (Role.TECHNICIAN,)),
    Task("tell", "告知", "Tell", "test.tell", ("test.told",), call=tell),
    Task("stamp", "盖章", "Stamp", "test.stamp", (), call=stamp),
    Task("beep", "提醒", "Beep", "test.beep", (), call=lambda root_id, *, actor, now: None),
    Task("mute", "默送", "Mute", "test.mute", ("test.muted",), call=lambda root_id, *, actor, now: None),
)
MESSAGES = (Message("test.complained", "客户投诉"), Message("test.reopened", "重新打开"))
VERBS = ("open", "weigh", "mend", "check", "complain", "reopen", "note", "tell", "stamp")


def _found(root_id, now) -> str:
    return Vehicle.objects.values_list("name", flat=True).get(pk=root_id)


def _moment(root_id, now) -> datetime | None:
    """A moment that was found; nothing while something else was."""
    try:
        return datetime.fromisoformat(_found(root_id, now))
    except ValueError:
        return None


@pytest.fixture(autouse=True)
def trade() -> Iterator[None]:
    """The small trade is wired while a test of this folder runs."""
    before = list(gates._always), dict(gates._gates), tuple(use_case._listeners), dict(facts.FACTS)
    keepers = tuple(use_case._keepers)
    tables = (contracts.TASKS, contracts.MESSAGES, contracts.STARTS, contracts.ATLAS)
    wired = [dict(table) for table in tables]
    for verb in VERBS:
        policy.allow(f"test.{verb}", Role.AGENT, Role.TECHNICIAN)
    facts.install((Fact("结论", "finding", "string", _found), Fact("时刻", "moment", "date time", _moment)))
    gates.install((gate.offered,), {})
    use_case.install((listening.hear,))
    PAPER["left"] = True
    yield
    for verb in VERBS:
        policy.RULES.pop(f"test.{verb}")
    facts.install(tuple(before[3].values()))
    gates.install(tuple(before[0]), before[1])
    use_case.install(before[2], keepers)
    contracts.install(wired[0].values(), [m for ms in wired[1].values() for m in ms], wired[2], wired[3])


@pytest.fixture
def draw(tmp_path):
    """Ship a drawing as page ``a``, which ``test.opened`` starts: ``draw("start s; …", "s -> …", messages=[…])``."""

    def ship(
        *lines: str, messages: tuple[str, ...] = (), more: str = "", moving: tuple[str, ...] = ()
    ) -> bytes:
        named = "".join(f'<message id="{name}" name="{name}"/>' for name in messages)
        xml = definitions(named, process(*lines), more)
        path = tmp_path / "a.bpmn"
        path.write_bytes(xml)
        contracts.install(TASKS, MESSAGES, {"test.opened": "a"}, {"a": path}, moving)
        return xml

    return ship


def here(root) -> list[str]:
    """Where a root stands: the nodes of its tokens, oldest first."""
    return list(Token.objects.filter(run__root_id=root.pk).order_by("id").values_list("node", flat=True))


@pytest.fixture
def slip(yamu, wang):
    """A function that opens a slip at 雅木家居, by 王敏."""

    def open_one(plate: str = "沪A·1") -> Slip:
        return open_slip(plate=plate, actor=as_actor(wang), now=NOW)

    return open_one


@pytest.fixture
def agent(wang) -> Actor:
    return as_actor(wang)


@pytest.fixture
def technician(zhang) -> Actor:
    return as_actor(zhang)
