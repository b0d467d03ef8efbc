"""Photos and papers as whoever may see their case sees them."""

from uuid import UUID

from django.http import FileResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from shouhou.core import files
from shouhou.core.actor import Actor
from shouhou.core.models import Attachment
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest

# Only these are opened in the browser; everything else is kept by the device.
SHOWN = ("image/", "application/pdf")
FOR_A_DAY = cache_control(private=True, max_age=86_400, immutable=True)


@door("cases.see")
@require_GET
@FOR_A_DAY
def whole(request: PersonRequest, attachment_id: UUID) -> HttpResponseBase:
    """The file itself."""
    return send(attached(request.actor, attachment_id))


@door("cases.see")
@require_GET
@FOR_A_DAY
def small(request: PersonRequest, attachment_id: UUID) -> HttpResponseBase:
    """The picture's thumbnail."""
    return send_small(attached(request.actor, attachment_id))


def attached(actor: Actor, attachment_id: UUID) -> Attachment:
    """The attachment, if the asker may see what it hangs on.

    Raises ``NotFound``.
    """
    rows = scope(actor, Attachment).select_related("file")
    row: Attachment | None = rows.filter(pk=attachment_id).first()
    if row is None:
        raise NotFound
    return row


def send(row: Attachment) -> HttpResponseBase:
    """The bytes, shown or handed over as their kind allows.

    Raises ``NotFound`` when the shelf has lost them.
    """
    try:
        source = files.open_file(row.file)
    except FileNotFoundError:
        raise NotFound from None
    is_shown = row.file.media_type.startswith(SHOWN)
    return FileResponse(
        source, content_type=row.file.media_type, as_attachment=not is_shown, filename=row.name or str(row.pk)
    )


def send_small(row: Attachment) -> HttpResponseBase:
    """The thumbnail of a picture.

    Raises ``NotFound`` for what is none.
    """
    try:
        path = files.thumbnail(row.file)
    except FileNotFoundError:
        path = None
    if path is None:
        raise NotFound
    return FileResponse(path.open("rb"), content_type="image/webp")
