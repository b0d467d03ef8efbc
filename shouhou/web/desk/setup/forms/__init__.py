"""The forms of setup, one a verb; the table says which key in an address is which form."""

from shouhou.web.desk.setup.forms.able import AddSkillForm, AddTradeForm, ChangeSkillForm, RenameTradeForm
from shouhou.web.desk.setup.forms.atlas import PublishForm, RetireVersionForm, UploadForm
from shouhou.web.desk.setup.forms.base import SetupForm
from shouhou.web.desk.setup.forms.company import DayForm, OrganisationForm, SeedForm
from shouhou.web.desk.setup.forms.means import (
    AddVehicleForm,
    CancelLeaveForm,
    ChangeVehicleForm,
    GrantLeaveForm,
    RetireVehicleForm,
)
from shouhou.web.desk.setup.forms.operation import (
    CancelRunForm,
    CheckRecordForm,
    JumpForm,
    RetryForm,
    ReviveForm,
    SendAgainForm,
)
from shouhou.web.desk.setup.forms.partners import AdmitForm, RevokeClientForm
from shouhou.web.desk.setup.forms.people import (
    ChangePersonForm,
    GiveLoginForm,
    GrantSkillForm,
    HireForm,
    LetGoForm,
    ResetPasswordForm,
    RevokeSkillForm,
    RolesForm,
    TakeBackForm,
)
from shouhou.web.desk.setup.forms.policies import PolicyForm, policy_forms
from shouhou.web.desk.setup.forms.products import (
    AddProductForm,
    BringBackProductForm,
    ChangeProductForm,
    RetireProductForm,
)

FORMS: tuple[type[SetupForm], ...] = (
    OrganisationForm,
    DayForm,
    SeedForm,
    AdmitForm,
    RevokeClientForm,
    AddTradeForm,
    RenameTradeForm,
    AddSkillForm,
    ChangeSkillForm,
    HireForm,
    ChangePersonForm,
    RolesForm,
    GiveLoginForm,
    ResetPasswordForm,
    LetGoForm,
    TakeBackForm,
    GrantSkillForm,
    RevokeSkillForm,
    AddVehicleForm,
    ChangeVehicleForm,
    RetireVehicleForm,
    GrantLeaveForm,
    CancelLeaveForm,
    AddProductForm,
    ChangeProductForm,
    RetireProductForm,
    BringBackProductForm,
    UploadForm,
    PublishForm,
    RetireVersionForm,
    RetryForm,
    JumpForm,
    CancelRunForm,
    SendAgainForm,
    ReviveForm,
    CheckRecordForm,
)

BY_KEY: dict[str, type[SetupForm]] = {form.act.key: form for form in FORMS}

__all__ = ["BY_KEY", "FORMS", "PolicyForm", "SetupForm", "policy_forms"]
