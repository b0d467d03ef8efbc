"""Who did what at an element, when, on what event."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import pgettext, pgettext_lazy

from shouhou.core.models import Event
from shouhou.flows.models import History

_WORDS = {
    "started": pgettext_lazy("flow", "Flow began"),
    "entered": pgettext_lazy("flow", "Came here"),
    "passed": pgettext_lazy("flow", "Passed"),
    "completed": pgettext_lazy("flow", "Done"),
    "joined": pgettext_lazy("flow", "Waits for the other branches"),
    "fired": pgettext_lazy("flow", "Time was up"),
    "received": pgettext_lazy("flow", "Message came"),
    "thrown": pgettext_lazy("flow", "Sent"),
    "cancelled": pgettext_lazy("flow", "Withdrawn"),
    "failed": pgettext_lazy("flow", "Stopped"),
    "retried": pgettext_lazy("flow", "Tried again"),
    "jumped": pgettext_lazy("flow", "Moved by hand"),
    "ended": pgettext_lazy("flow", "Flow ended"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of a run's history: what happened at the element, who brought it about, on what evidence.

    ``word`` is the kernel's; ``event`` what happened in the world, its payload the evidence (personal values
    still apart, ``core.events.reveal``), none where a drawing begins by itself.
    """

    run: int
    seq: int
    node: str
    word: str
    flow: str | None
    happened_at: datetime
    recorded_at: datetime
    event: Event | None

    @property
    def name(self) -> str:
        """What happened, as people say it."""
        return str(_WORDS.get(self.word, self.word))

    @property
    def who(self) -> str:
        """Who brought it about."""
        return self.event.actor_name if self.event else pgettext("flow", "Flow")


def element_history(root_id: UUID, element: str | None = None, most: int = 500) -> list[Deed]:
    """What happened at an element in all runs of a root, newest first; everything without ``element``."""
    rows = History.objects.filter(run__root_id=root_id)
    if element is not None:
        rows = rows.filter(node=element)
    return [
        Deed(
            row.run.number,
            row.seq,
            row.node,
            row.what,
            row.flow,
            row.happened_at,
            row.recorded_at,
            row.event,
        )
        for row in rows.select_related("run", "event").order_by("-run__number", "-seq")[:most]
    ]
