"""E-mail through the operator's own server."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from shouhou.messages.channels import Fate


def send(message_id: str, address: str, subject: str, text: str) -> tuple[Fate, str]:
    """Hand one message over; its fate, and what was the trouble."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return Fate.OFF, ""
    # The Message-ID is the dedupe key that mail servers know.
    letter = EmailMessage(subject, text, to=[address], headers={"Message-ID": f"<{message_id}@shouhou>"})
    try:
        letter.send()
    except SMTPRecipientsRefused:
        return Fate.FAILED, "recipient refused"
    except (SMTPException, OSError) as trouble:
        return Fate.UNKNOWN, type(trouble).__name__
    return Fate.SENT, ""
