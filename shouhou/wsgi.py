"""The web application, as a server loads it; with ``SHOUHOU_JOBS=inline`` it also runs the jobs."""

import atexit
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouhou.settings")

application = get_wsgi_application()


def _work_inline() -> None:
    """Let this process do the jobs too, and finish the one in hand when it ends."""
    from django.utils import timezone

    from shouhou.core.jobs import Worker

    worker = Worker(timezone.now)
    worker.start()
    atexit.register(worker.join, 10)
    atexit.register(worker.stop)


if os.environ.get("SHOUHOU_JOBS") == "inline":
    _work_inline()
