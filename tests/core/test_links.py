"""Customers' links: one purpose, hashed, expiring, with an apology when they no longer open."""

from datetime import timedelta

import pytest

from shouhou.core import links, policy
from shouhou.core.actor import Kind
from shouhou.core.ids import new_id
from shouhou.core.models import Link
from shouhou.people.models import Vehicle
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
CASE = new_id()


def give(yamu, **more):
    return links.give("case", CASE, organisation_id=yamu.pk, root_id=CASE, now=NOW, given_to="李女士", **more)


def test_opens_for_its_one_purpose(yamu):
    actor = links.open(give(yamu), NOW + timedelta(days=1))

    assert (actor.kind, actor.purpose, actor.subject_id) == (Kind.LINK, "case", CASE)
    assert (actor.name, actor.organisation_id) == ("李女士", yamu.pk)
    assert not policy.can(actor, "core.set_policy")
    assert not policy.scope(actor, Vehicle).exists()


def test_only_its_hash_is_kept(yamu):
    token = give(yamu)
    row = Link.objects.get()
    assert token not in str(vars(row))
    assert len(token) == 22  # 128 bits


def test_expires_with_an_apology_and_a_way_on(yamu, english):
    yamu.hotline = "400-820-8820"
    yamu.save()
    token = give(yamu, expires_at=NOW + timedelta(hours=2))

    links.open(token, NOW + timedelta(minutes=119))
    with pytest.raises(links.LinkExpired) as refused:
        links.open(token, NOW + timedelta(hours=2))
    assert refused.value.sentence == "We are sorry, this link has expired."
    assert "400-820-8820" in refused.value.advice


def test_stays_open_as_long_as_the_house_says(yamu):
    assert Link.objects.get(pk=links.open(give(yamu), NOW).id).expires_at == NOW + timedelta(days=180)


def test_is_withdrawn_by_purpose(yamu):
    token = give(yamu)
    assert links.revoke(CASE, organisation_id=yamu.pk, now=NOW, purpose="survey") == 0
    assert links.revoke(CASE, organisation_id=yamu.pk, now=NOW) == 1
    with pytest.raises(links.LinkExpired):
        links.open(token, NOW)


@pytest.mark.parametrize(
    "garbled", ["", "x", "a" * 22, "a" * 10_000, "../../etc/passwd", "令牌" * 11, "\x00" * 22]
)
def test_a_garbled_link_leads_nowhere_and_says_sorry(yamu, english, garbled):
    give(yamu)
    with pytest.raises(links.LinkUnknown) as refused:
        links.open(garbled, NOW)
    assert refused.value.sentence.startswith("We are sorry")
    assert refused.value.advice
    assert refused.value.status == 404
