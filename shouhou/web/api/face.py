"""The API itself: who may call, by which token, and how a refusal answers.

Every operation says the verb it ``opens``; every write carries an ``Idempotency-Key``, which is the command's
key: sent again after a lost answer, it has its effect once and gets the same answer.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.params.functions import Header
from ninja.security import HttpBearer

from shouhou.core import clients, policy
from shouhou.core.actor import Actor
from shouhou.core.refusals import KeyReused, Refusal, Unfit
from shouhou.web.api import wording
from shouhou.web.api.refusals import BodyUnreadable, KeyUsed
from shouhou.web.api.schemas import Problem
from shouhou.web.errors import problem

P = ParamSpec("P")
R = TypeVar("R")

NAMESPACE = "api"
PROBLEM = "application/problem+json"
# What any operation may answer beside its own; each is a problem with a sentence and a next step.
PROBLEMS: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 409, 422, 503), Problem)

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=80,
        # Printable and without spaces: what proxies keep as it is.
        pattern=r"^[!-~]+$",
        description="A fresh word for each command, such as a UUID. Sent again, it has its effect once.",
    ),
]


class ApiRequest(HttpRequest):
    """A request with its token known: ``auth`` is the actor, ``now`` its one moment."""

    auth: Actor
    now: datetime


class Bearer(HttpBearer):
    """``Authorization: Bearer shk_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        return clients.open(token)


class PartnerApi(NinjaAPI):
    """The API with its problems described as what they are."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) in PROBLEMS and "content" in response:
                        response["content"] = {PROBLEM: response["content"].pop("application/json")}
        return schema


api = PartnerApi(
    title="Shouhou 售后",
    version="1.0.0",
    urls_namespace=NAMESPACE,
    description="Report a fault, follow it, book who comes and when, and say what came of it.",
    docs_url=None,
    auth=Bearer(),
    servers=[{"url": settings.ADDRESS}],
)


def opens(
    verb: str,
) -> Callable[[Callable[Concatenate[ApiRequest, P], R]], Callable[Concatenate[ApiRequest, P], R]]:
    """Let in clients whose rights open ``verb``; the services ask again for each verb they carry out."""

    def decorate(
        view: Callable[Concatenate[ApiRequest, P], R],
    ) -> Callable[Concatenate[ApiRequest, P], R]:
        @wraps(view)
        def guarded(request: ApiRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            policy.require(request.auth, verb)
            return view(request, *args, **kwargs)

        guarded.verb = verb  # type: ignore[attr-defined]  # read by the test of all operations
        return guarded

    return decorate


def by_key(request: ApiRequest, key: str) -> dict[str, Any]:
    """The words every service ends with, for a command under ``key``."""
    return {"actor": request.auth.by(key), "now": request.now}


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, trouble: Refusal) -> HttpResponse:
    """A refusal as problem+json; a key already used is spoken of as a key, not as a form."""
    answer = problem(KeyUsed(**trouble.values) if isinstance(trouble, KeyReused) else trouble)
    if trouble.status == clients.TokenUnknown.status:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, trouble: AuthenticationError) -> HttpResponse:
    return refuse(request, clients.TokenUnknown())


@api.exception_handler(ValidationError)
def misfit(request: HttpRequest, trouble: ValidationError) -> HttpResponse:
    """Entries of the wrong kind, each with a sentence."""
    return refuse(request, Unfit(dict(map(wording.say, trouble.errors))))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, trouble: HttpError) -> HttpResponse:
    return refuse(request, BodyUnreadable())
