"""Files (文件): photos, letters and workbooks, kept once by hash, checked on the way in.

    received = files.receive(organisation_id, upload, name=upload.name, claimed=upload.content_type)
    files.attach(received, root_id=case.pk, holder_id=visit.pk, purpose="before", actor=actor, now=now)

``receive`` looks at the bytes, turns pictures upright and strips what they tell of place and phone; it needs
no transaction, and what is never attached is only bytes on a shelf. ``attach`` is called by a service.
"""

from shouhou.core.files.attaching import attach, read_through
from shouhou.core.files.receiving import Received, receive
from shouhou.core.files.shelf import open_file, path_of
from shouhou.core.files.thumbnails import thumbnail

__all__ = ["Received", "attach", "open_file", "path_of", "read_through", "receive", "thumbnail"]
