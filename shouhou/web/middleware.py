"""What stands around every request: the language, who it is, and refusals made readable."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from shouhou.core.actor import Actor, Kind
from shouhou.core.recall import remembering
from shouhou.core.refusals import Refusal
from shouhou.people.models import Person
from shouhou.web import errors

View = Callable[[HttpRequest], HttpResponse]
API = "/api/"
LANGUAGE_COOKIE = "language"
KEY_FIELD = "command_key"


def language(respond: View) -> View:
    """Speak the language chosen with the switch, else Chinese: the browser's own wish is often wrong here.

    A program has no switch; what it asks for in ``Accept-Language`` it means.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_program = request.path.startswith(API)
        chosen = (
            translation.get_language_from_request(request)
            if is_program
            else request.COOKIES.get(LANGUAGE_COOKIE)
        )
        with translation.override(chosen if chosen in ("zh-hans", "en") else "zh-hans"):
            request.LANGUAGE_CODE = translation.get_language()
            response = respond(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return middleware


def memory(respond: View) -> View:
    """Read each rule of the house and the calendar once while a page is made."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with remembering():
            return respond(request)

    return middleware


def person(respond: View) -> View:
    """Give the request its ``actor`` and its one ``now``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        if isinstance(request.user, Person) and request.user.is_authenticated:
            request.actor = staff(request.user, request.POST.get(KEY_FIELD, ""))  # type: ignore[attr-defined]
        return respond(request)

    return middleware


def staff(member: Person, key: str = "") -> Actor:
    """The actor a member of staff is, giving a command under ``key``."""
    return Actor(Kind.STAFF, member.organisation_id, member.pk, member.name, member.role_keys, key=key[:80])


def refusals(respond: View) -> View:
    """Show a refusal as a page, a fragment or problem+json: never a traceback, never half a change."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return respond(request)

    def process_exception(request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        return errors.refusal(request, trouble) if isinstance(trouble, Refusal) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django's own hook
    return middleware
