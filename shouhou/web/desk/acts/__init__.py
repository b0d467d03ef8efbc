"""Acts (办理): the forms in which people do a verb on a case, one form a verb.

The table says which key of a drawing's task is which form; a page, a dialog and a test all find it here.
"""

from shouhou.web.desk.acts.base import Act, ActForm
from shouhou.web.desk.acts.bench import ReceiveForm, RepairForm, ReturnForm
from shouhou.web.desk.acts.consent import AnswerForm, OfferForm, RequestForm, WithdrawOfferForm
from shouhou.web.desk.acts.followup import ReturnCallForm
from shouhou.web.desk.acts.outcome import DecideForm, RefundForm, ReplacementForm
from shouhou.web.desk.acts.papers import FilesForm, LinkForm
from shouhou.web.desk.acts.triage import AppealForm, AssessForm, ContactForm, EnquiryForm
from shouhou.web.desk.acts.upkeep import (
    CorrectForm,
    CustomerForm,
    HandOverCaseForm,
    MergeForm,
    NoteForm,
    ReopenForm,
    WithdrawForm,
)
from shouhou.web.desk.acts.visits import (
    ArriveForm,
    BookForm,
    CancelVisitForm,
    FinishForm,
    HandOverForm,
    KeepPromiseForm,
    LeaveForm,
)

FORMS: tuple[type[ActForm], ...] = (
    AssessForm,
    EnquiryForm,
    AppealForm,
    ContactForm,
    BookForm,
    LeaveForm,
    ArriveForm,
    FinishForm,
    HandOverForm,
    KeepPromiseForm,
    CancelVisitForm,
    OfferForm,
    AnswerForm,
    WithdrawOfferForm,
    RequestForm,
    ReceiveForm,
    RepairForm,
    ReturnForm,
    DecideForm,
    ReplacementForm,
    RefundForm,
    ReturnCallForm,
    CorrectForm,
    CustomerForm,
    HandOverCaseForm,
    MergeForm,
    NoteForm,
    FilesForm,
    LinkForm,
    ReopenForm,
    WithdrawForm,
)

ACTS: dict[str, Act] = {form.act.key: form.act for form in FORMS}
BY_FORM: dict[str, type[ActForm]] = {form.act.key: form for form in FORMS}

__all__ = ["ACTS", "BY_FORM", "Act", "ActForm"]
