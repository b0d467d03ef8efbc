"""Keys made by the application: UUIDv7, so that rows of one time lie together on disk."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A new time-ordered key."""
    return UUID(int=uuid_utils.uuid7().int)
