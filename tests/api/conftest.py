"""A partner's system with its token, and the small words of an HTTP client."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from shouhou.core import actor, clients
from shouhou.core.models import Organisation
from shouhou.core.policy import Right
from tests.conftest import NOW


class Partner:
    """青鸟物流's system, calling the API in English."""

    def __init__(self, token: str) -> None:
        self.client = Client(
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
            raise_request_exception=True,
        )

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query)

    def post(self, path: str, key: str | None = None, **sent: Any) -> Any:
        return self.client.post(
            f"/api/v1{path}",
            sent,
            content_type="application/json",
            headers={"Idempotency-Key": key or str(uuid4())},
        )


def admit(organisation: Organisation, *rights: str, name: str = "青鸟物流") -> str:
    """The token of a partner's system with these rights."""
    token = clients.new_token()
    clients.admit_client(name=name, rights=rights, token=token, actor=actor.job(organisation.pk), now=NOW)
    return token


@pytest.fixture
def partner(yamu) -> Partner:
    """A system with every right."""
    return Partner(admit(yamu, *Right))


@pytest.fixture
def partner_with(yamu) -> Callable[..., Partner]:
    """A system with only some rights."""
    return lambda *rights: Partner(admit(yamu, *rights))
