"""The first organisation of a database is founded once, however many come at the same moment."""

import threading

import pytest
from django.db import connection

from shouhou.core import actor as actors
from shouhou.core.ids import new_id
from shouhou.core.models import Organisation
from shouhou.core.refusals import Refusal
from shouhou.people.models import Person
from shouhou.people.refusals import HouseIsOpen
from shouhou.people.services import open_house
from tests.conftest import NOW

FOUNDERS = 6


def found(number: int = 0) -> Person:
    return open_house(
        company=f"雅木家居 {number}",
        code=f"yamu{number}",
        name="何平",
        username=f"heping{number}",
        password="lamp-river-42",
        actor=actors.job(new_id()),
        now=NOW,
    )


@pytest.mark.django_db
def test_who_comes_second_finds_the_house_open():
    found(1)
    with pytest.raises(HouseIsOpen):
        found(2)
    assert Organisation.objects.get().code == "yamu1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_many_at_once_one_founds_it_and_the_others_are_refused():
    said: list[str] = []
    together = threading.Barrier(FOUNDERS)

    def come(number: int) -> None:
        together.wait()
        try:
            said.append(found(number).name)
        except Refusal as trouble:
            said.append(trouble.code)
        finally:
            connection.close()

    founders = [threading.Thread(target=come, args=[number]) for number in range(FOUNDERS)]
    for founder in founders:
        founder.start()
    for founder in founders:
        founder.join()
    assert sorted(said) == sorted(["何平", *["people.house_is_open"] * (FOUNDERS - 1)])
    assert Organisation.objects.count() == 1
