"""The atlas (图册): an organisation's newest published version of a page, else the drawing the product ships.

The shipped drawing is loaded for an organisation at its first use. While the newest published version is
a shipped one, a new release's drawing becomes the next version; runs keep theirs.
"""

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db.models import Max

from shouhou.flows import contracts
from shouhou.flows.models import Page, Version
from shouhou.kernel import bpmn


def newest(organisation_id: UUID, key: str, now: datetime) -> Version:
    """The version a new run of this page walks through.

    Raises ``LookupError`` for a page that is neither published nor shipped.
    """
    published = _published(organisation_id, key)
    path = contracts.ATLAS.get(key)
    if published is None and path is None:
        raise LookupError(f"No drawing is published or shipped for page {key!r}")
    if path is None or (published is not None and not published.is_shipped):
        assert published is not None
        return published
    xml, sha256 = shipped(path)
    if published is not None and published.sha256 == sha256:
        return published
    return _load(organisation_id, key, xml, sha256, now)


def pinned(organisation_id: UUID, key: str, number: int) -> Version:
    """The version of that number, which a call activity names in ``shouhou:version``.

    Raises ``LookupError`` when it was never published.
    """
    rows = Version.objects.filter(page__organisation_id=organisation_id, page__key=key, number=number)
    version = rows.exclude(state=Version.State.DRAFT).defer("xml").select_related("page").first()
    if version is None:
        raise LookupError(f"No version {number} of page {key!r} was published")
    return version


def _published(organisation_id: UUID, key: str) -> Version | None:
    rows = Version.objects.filter(
        page__organisation_id=organisation_id, page__key=key, state=Version.State.PUBLISHED
    )
    return rows.defer("xml").select_related("page").first()


@lru_cache(maxsize=64)
def shipped(path: Path) -> tuple[bytes, str]:
    """A shipped drawing and its hash, read once: the file of a running process does not change."""
    xml = path.read_bytes()
    return xml, hashlib.sha256(xml).hexdigest()


def _load(organisation_id: UUID, key: str, xml: bytes, sha256: str, now: datetime) -> Version:
    page = page_of(organisation_id, key, xml)
    # Two first cases at once: the second waits here, and finds what the first has loaded.
    Page.objects.select_for_update().get(pk=page.pk)
    published = _published(organisation_id, key)
    if published is not None and (published.sha256 == sha256 or not published.is_shipped):
        return published
    retire(page)
    return Version.objects.create(
        organisation_id=organisation_id,
        page=page,
        number=next_number(page),
        xml=xml,
        sha256=sha256,
        state=Version.State.PUBLISHED,
        is_shipped=True,
        saved_at=now,
        published_at=now,
    )


def page_of(organisation_id: UUID, key: str, xml: bytes) -> Page:
    """The organisation's page of that key, made and named after its drawing when it is new."""
    known = Page.objects.filter(organisation_id=organisation_id, key=key).first()
    if known is not None:
        return known
    name, english = _names(xml)
    page, _made = Page.objects.get_or_create(
        organisation_id=organisation_id, key=key, defaults={"name": name or key, "name_en": english}
    )
    return page


@lru_cache(maxsize=64)
def shipped_names(path: Path) -> tuple[str, str]:
    """What a shipped drawing calls itself, in Chinese and English."""
    return _names(shipped(path)[0])


def _names(xml: bytes) -> tuple[str, str]:
    process = bpmn.read(xml).main
    if process is None:
        return "", ""
    zh, _break, en = process.name.partition("\n")
    return zh.strip()[:120], en.strip()[:120]


def next_number(page: Page) -> int:
    """The number of a page's next version."""
    last: int | None = page.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def retire(page: Page) -> None:
    """Make room for a newer published version; runs on the old one go on."""
    page.versions.filter(state=Version.State.PUBLISHED).update(state=Version.State.RETIRED)
