"""What waits on a root, and for whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouhou.core.policy import ROLE_NAMES, Role
from shouhou.flows import store
from shouhou.flows.contracts import TASKS, in_language
from shouhou.kernel import bpmn

# A drawing may leave the next step to the customer, who has no role in the house.
_ROLE_NAMES = {**{str(role): name for role, name in ROLE_NAMES.items()}, "customer": gettext_lazy("Customer")}
_REPAIRERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
_STOPPED = ("failed", "leaving")


@dataclass(frozen=True, slots=True)
class Clock:
    """An armed clock: its event on the drawing, what it says, and when it strikes."""

    node: str
    zh: str
    en: str
    rule: str
    due_at: datetime
    token_id: UUID | None

    @property
    def name(self) -> str:
        """What the drawing calls it, in the language of the moment."""
        return in_language(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that waits: a task of people, an event waited for, or one that stands still (``is_stopped``).

    ``task`` is the contract's key, empty for events and for tasks without a contract. ``roles`` owe it,
    ``people`` are their names where a contract knows them. ``is_beside`` marks what runs beside the main
    line, in a sub-process. ``clocks`` are those on its edge. People and clocks come with ``position``.
    """

    run_id: UUID
    token_id: UUID
    node: str
    task: str
    zh: str
    en: str
    since: datetime
    roles: tuple[str, ...]
    form: str
    is_stopped: bool
    is_beside: bool
    people: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()

    @property
    def name(self) -> str:
        """What people call the step, in the language of the moment."""
        return in_language(self.zh, self.en)

    @property
    def owners(self) -> str:
        """Who owes it, as people say it: by name, else by role."""
        return _(", ").join(self.people or map(role_name, self.roles))


def waiting(root_id: UUID) -> list[Waiting]:
    """What waits on a root, tasks first, the longest waiting first: one statement, within a command mostly none."""
    return waiting_in(store.live(root_id))


def waiting_in(runs: store.Runs) -> list[Waiting]:
    """What waits in these runs; where a called page runs, what waits on that page."""
    called = {run.row.parent_token_id for run in runs.values()}
    found = [
        _waiting(run, token)
        for run in runs.values()
        for token in run.state.tokens.values()
        if (token.state == "waiting" or token.state in _STOPPED) and token.id not in called
    ]
    return sorted(found, key=lambda step: (not step.task, step.is_beside, step.since, step.token_id))


def _waiting(run: store.LiveRun, token: bpmn.Token) -> Waiting:
    spot = run.graph.spots[token.node]
    zh, en = names(spot)
    task = TASKS.get(spot.key or "")
    stopped = token.state in _STOPPED
    return Waiting(
        run_id=run.row.pk,
        token_id=token.id,  # type: ignore[arg-type]  # ids are UUIDs here
        node=spot.id,
        task=spot.key or "",
        zh=zh,
        en=en,
        since=token.since,
        roles=_REPAIRERS if stopped else roles_of(spot),
        form=task.form if task and not stopped else "",
        is_stopped=stopped,
        is_beside=spot.container != run.graph.process,
    )


def names(spot: bpmn.Spot) -> tuple[str, str]:
    """What a step is called, in Chinese and English: by its contract, else as it was drawn, in two lines."""
    task = TASKS.get(spot.key or "")
    if task is not None:
        return task.zh, task.en
    zh, _line, en = spot.name.strip().partition("\n")
    return zh.strip() or spot.id, spot.attributes.get("en") or " ".join(en.split())


def roles_of(spot: bpmn.Spot) -> tuple[str, ...]:
    """Who owes a step: the roles the drawing names, else its contract's, else its lane as it was written."""
    drawn = tuple(role for role in spot.roles if role in _ROLE_NAMES)
    task = TASKS.get(spot.key or "")
    return drawn or (task.roles if task is not None else ()) or spot.roles


def role_name(role: str) -> str:
    """A role as people say it; a lane's own name as it was drawn."""
    return str(_ROLE_NAMES.get(role, role))
