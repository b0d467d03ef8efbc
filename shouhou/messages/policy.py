"""Who may read and resend."""

from django.db.models import Q

from shouhou.core.actor import Kind
from shouhou.core.policy import OFFICE, Role, allow, see
from shouhou.messages.models import InboxItem, Message

allow("messages.see", *OFFICE, Role.ADMINISTRATOR)
allow("messages.send_again", Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR)
# Every member of staff has an inbox.
allow("messages.read_inbox", *Role)

see(InboxItem, lambda actor: Q(person=actor.id) if actor.kind is Kind.STAFF else Q(pk=None))
see(
    Message,
    lambda actor: Q() if actor.kind is Kind.STAFF and actor.has(*OFFICE, Role.ADMINISTRATOR) else Q(pk=None),
)
