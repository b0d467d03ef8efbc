"""Messages (通知): what is told to whom, on which channel, and what became of it.

Rendered from an event's payload in the event's own transaction, one row per recipient and channel;
delivered later by a job. A provider that gave no answer leaves a message *unknown*: a person sees it
and may send it again under the same id. The room does not know what the events are about; ``wiring``
says who hears what.
"""
