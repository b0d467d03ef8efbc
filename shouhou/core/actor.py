"""The actor (操作者): who does a verb, for which organisation, by which command.

Not always a user: staff, a customer's link, a device, an API client, a job, the flow engine.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    STAFF = "staff"
    LINK = "link"
    DEVICE = "device"
    CLIENT = "client"
    JOB = "job"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts.

    ``id`` is the person's, link's or client's row; ``purpose`` and ``subject_id`` say what a link is for.
    ``key`` is the command key: repeated with the same command, the stored answer comes back.
    """

    kind: Kind
    organisation_id: UUID
    id: UUID | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    purpose: str = ""
    subject_id: UUID | None = None
    key: str = ""

    def by(self, key: str) -> "Actor":
        """The same actor, giving a command under ``key``."""
        return replace(self, key=key)

    def has(self, *roles: str) -> bool:
        """Whether the actor holds any of these roles."""
        return not self.roles.isdisjoint(roles)


def engine(organisation_id: UUID) -> Actor:
    """The flow engine, carrying out a service task of a published drawing."""
    return Actor(Kind.ENGINE, organisation_id, name="流程")


def job(organisation_id: UUID) -> Actor:
    """A background job."""
    return Actor(Kind.JOB, organisation_id, name="系统")
