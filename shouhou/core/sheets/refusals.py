"""What cannot be taken in, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class NotAWorkbook(Refusal):
    """The file is something else, whatever its name says."""

    code = "core.not_a_workbook"
    message = _("{name} is not an .xlsx workbook.")
    next_step = _("Open it in Excel or WPS, save it as “Excel workbook (.xlsx)” and choose that file.")
    status = 422


class OldOrLocked(Refusal):
    """An .xls of before 2007, or a workbook behind a password: from outside they look alike."""

    code = "core.old_or_locked_workbook"
    message = _("{name} is an old .xls file, or is protected by a password.")
    next_step = _("Save it as .xlsx without a password and choose that file.")
    status = 422


class Damaged(Refusal):
    code = "core.damaged_workbook"
    message = _("{name} cannot be read: it is damaged or incomplete.")
    next_step = _("Open it in Excel or WPS, save it anew and choose the new file.")
    status = 422


class TooLarge(Refusal):
    code = "core.workbook_too_large"
    message = _("{name} is too large: at most {megabytes} MB and {rows} rows fit.")
    next_step = _("Divide it into several files, and delete empty sheets and rows below the table.")
    status = 422


class NoHeadings(Refusal):
    """No sheet has a row of headings this import knows."""

    code = "core.no_headings"
    message = _("No sheet of {name} has the needed columns: {needed}.")
    next_step = _("Name the columns as in the template, in one row above the data.")
    status = 422


class NoRows(Refusal):
    code = "core.no_rows"
    message = _("{name} has headings but no rows below them.")
    next_step = _("Fill in the rows, save, and choose the file again.")
    status = 422


class NotNow(Refusal):
    """The import is past the point where this makes sense, or not there yet."""

    code = "core.import_not_now"
    message = _("The import of {name} is already “{state}”.")
    next_step = _("Reload the page to see where it stands.")


class TouchedSince(Refusal):
    """A row that an import made has been worked with: taking it back would lose that work."""

    code = "core.touched_since"
    message = _("Somebody has worked with this record since the import.")
    next_step = _("It stays as it is. Correct it by hand if it is wrong.")
