"""Drawing and publishing pages: a draft is saved as often as one likes; published, it never changes again."""

import hashlib
from datetime import datetime

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.policy import can
from shouhou.core.use_case import lock_root, use_case
from shouhou.flows import atlas
from shouhou.flows.checking import problems_of, readable
from shouhou.flows.contracts import in_language
from shouhou.flows.models import Version
from shouhou.flows.refusals import NothingDrafted, NotPublishable, NotRetirable
from shouhou.kernel.bpmn.check import UNDECIDED


@use_case("flows.save_draft")
def save_draft(*, page: str, xml: bytes, actor: Actor, now: datetime) -> Version:
    """Keep the draft of a page, over the draft before it.

    Raises ``Unreadable`` for what is no drawing.
    """
    readable(xml)
    lock_root(actor.organisation_id, actor.organisation_id)
    row = atlas.page_of(actor.organisation_id, page, xml)
    draft = row.versions.filter(state=Version.State.DRAFT).first()
    if draft is None:
        draft = Version(organisation_id=actor.organisation_id, page=row, number=atlas.next_number(row))
    draft.xml, draft.sha256 = xml, hashlib.sha256(xml).hexdigest()
    draft.saved_at, draft.saved_by = now, actor.name
    draft.save()
    record(
        "flows.draft_saved", draft, actor=actor, now=now, page=page, number=draft.number, sha256=draft.sha256
    )
    return draft


@use_case("flows.publish_version", on=Version)
def publish_version(version: Version, *, unexamined: str = "", actor: Actor, now: datetime) -> Version:
    """Let new runs of a page walk through its draft; runs under way keep their version.

    ``unexamined`` is the reason to publish a drawing too large for its soundness to be decided; only who
    has the right ``flows.publish_undecided`` can sign that, and it stands in the record.

    Raises ``NothingDrafted`` for a version that is no draft, ``NotPublishable`` naming each element to fix.
    """
    if version.state != Version.State.DRAFT:
        raise NothingDrafted
    signed = _refuse_problems(version, unexamined.strip(), actor)
    atlas.retire(version.page)
    version.state, version.published_at, version.published_by = Version.State.PUBLISHED, now, actor.name
    version.save(update_fields=["state", "published_at", "published_by"])
    record(
        "flows.version_published",
        version,
        actor=actor,
        now=now,
        page=version.page.key,
        number=version.number,
        sha256=version.sha256,
        unexamined=signed,
    )
    return version


def _refuse_problems(version: Version, reason: str, actor: Actor) -> str:
    """Refuse what is to be fixed; answers the reason that stands for what could not be decided, if any."""
    problems = problems_of(bytes(version.xml), version.organisation_id)
    signed = reason if can(actor, "flows.publish_undecided") else ""
    left = [problem for problem in problems if not (signed and problem.code == UNDECIDED)]
    if left:
        first = in_language(left[0].zh, left[0].en)
        raise NotPublishable(count=len(left), first=first, problems=left)
    return signed if problems else ""


@use_case("flows.retire_version", on=Version)
def retire_version(version: Version, *, actor: Actor, now: datetime) -> Version:
    """Take a company's own drawing back: new runs follow the product's again, where it ships one.

    Runs under way keep theirs. Raises ``NotRetirable``.
    """
    if version.state != Version.State.PUBLISHED or version.is_shipped:
        raise NotRetirable
    version.state = Version.State.RETIRED
    version.save(update_fields=["state"])
    record(
        "flows.version_retired", version, actor=actor, now=now, page=version.page.key, number=version.number
    )
    return version
