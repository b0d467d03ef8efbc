"""The atlas on the wall: an organisation's pages, its own and those the product ships."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouhou.core.refusals import NotFound
from shouhou.flows import atlas
from shouhou.flows.contracts import ATLAS, in_language
from shouhou.flows.models import Version


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page: its newest published version, and its draft if somebody is drawing.

    A shipped page no case has used yet has no version of the organisation's own: ``version`` is ``None``.
    """

    key: str
    zh: str
    en: str
    version: int | None
    is_shipped: bool
    published_at: datetime | None
    published_by: str
    draft_id: UUID | None

    @property
    def name(self) -> str:
        """Its name in the language of the moment."""
        return in_language(self.zh, self.en)


def pages(organisation_id: UUID) -> list[PageLine]:
    """An organisation's atlas by key, in one statement."""
    rows = Version.objects.filter(organisation_id=organisation_id).exclude(state=Version.State.RETIRED)
    published: dict[str, Version] = {}
    drafts: dict[str, Version] = {}
    for row in rows.defer("xml").select_related("page"):
        (drafts if row.state == Version.State.DRAFT else published)[row.page.key] = row
    keys = sorted({*ATLAS, *published, *drafts})
    return [_line(key, published.get(key), drafts.get(key)) for key in keys]


def _line(key: str, published: Version | None, draft: Version | None) -> PageLine:
    known = published or draft
    zh, en = (known.page.name, known.page.name_en) if known else atlas.shipped_names(ATLAS[key])
    return PageLine(
        key,
        zh or key,
        en,
        published.number if published else None,
        published.is_shipped if published else known is None,
        published.published_at if published else None,
        published.published_by if published else "",
        draft.pk if draft else None,
    )


def page_drawing(organisation_id: UUID, key: str) -> bytes:
    """The drawing new runs of a page walk through, as the file was given.

    Raises ``NotFound`` for a page that is neither published nor shipped.
    """
    rows = Version.objects.filter(
        page__organisation_id=organisation_id, page__key=key, state=Version.State.PUBLISHED
    )
    own = rows.first()
    if own is not None and not own.is_shipped:
        return bytes(own.xml)
    if key in ATLAS:
        return atlas.shipped(ATLAS[key])[0]
    if own is None:
        raise NotFound(what=_("drawing"))
    return bytes(own.xml)
