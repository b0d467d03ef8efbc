"""What the room records: messages sent out, and the staff's inbox."""

from shouhou.messages.models.inbox import InboxItem
from shouhou.messages.models.message import Message

__all__ = ["InboxItem", "Message"]
