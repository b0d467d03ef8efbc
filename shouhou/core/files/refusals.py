"""What is not taken, and what to send instead."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class FileRefused(Refusal):
    status = 422


class FileEmpty(FileRefused):
    code = "core.file_empty"
    message = _("“{name}” is empty.")
    next_step = _("Choose it again. If it stays empty, take the photo once more.")


class FileTooBig(FileRefused):
    code = "core.file_too_big"
    message = _("“{name}” is larger than {most} MB.")
    next_step = _("Send a smaller photo, or split the document.")
    status = 413


class FileUnknown(FileRefused):
    code = "core.file_unknown"
    message = _("“{name}” is none of the kinds of file that are kept here.")
    next_step = _("Send a photo (JPEG, PNG, WebP, GIF), a PDF or an Excel workbook (.xlsx).")


class FileMisnamed(FileRefused):
    """The bytes are of another kind than the name or the sender says."""

    code = "core.file_misnamed"
    message = _("“{name}” is sent as {claimed}, but it holds {found}.")
    next_step = _("Open it, save it in its real format and send it again.")


class FileHeic(FileRefused):
    code = "core.file_heic"
    message = _("“{name}” is a HEIC photo, which most computers cannot show.")
    next_step = _(
        "On an iPhone choose Settings, Camera, Formats, Most Compatible; or send a screenshot of the photo."
    )


class PictureTooLarge(FileRefused):
    code = "core.picture_too_large"
    message = _("“{name}” has {width} × {height} points, more than can be kept.")
    next_step = _("Take the photo in a smaller size, or send a screenshot of it.")


class PictureBroken(FileRefused):
    code = "core.picture_broken"
    message = _("“{name}” breaks off and cannot be shown whole.")
    next_step = _("Wait until it is copied completely, or take the photo once more.")
