"""People come, change, get rights and leave."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate

from shouhou.core.events import reveal
from shouhou.core.models import Command, Event
from shouhou.core.policy import Role, scope
from shouhou.core.refusals import NotAllowed, NotFound, Unfit
from shouhou.people import occupancy, services
from shouhou.people.models import Leave, Occupancy, Person, RoleHolding, Skill, Trade, Vehicle
from shouhou.people.refusals import (
    AlreadyThere,
    HasLeft,
    LastAdministrator,
    LeaveOver,
    NoLogin,
    OnlyAdministrators,
    StillBound,
    Taken,
    UsernameTaken,
)
from tests.conftest import NOW, as_actor, hire
from tests.people.conftest import FOUR, HOUR, THREE, TWO, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


class TestHire:
    def test_takes_someone_on_without_a_login(self, zhou):
        liu = services.hire_person(
            name=" 刘 洋 ", phone="138 0000 5678", roles=[Role.TECHNICIAN], actor=as_actor(zhou), now=NOW
        )

        assert (liu.name, liu.username, liu.has_login) == ("刘 洋", None, False)
        assert liu.role_keys == {Role.TECHNICIAN}
        assert liu.joined_on == date(2026, 11, 24)

    def test_keeps_the_name_out_of_the_record(self, zhou):
        liu = services.hire_person(name="刘洋", actor=as_actor(zhou), now=NOW)
        event = Event.objects.get(kind="people.person_hired")
        assert "刘洋" not in str(event.payload)
        assert reveal(liu.organisation_id, event.payload)["name"] == "刘洋"

    @pytest.mark.parametrize(
        ("field", "text"), [("name", ""), ("name", "刘" * 61), ("email", "liu@"), ("phone", "1" * 21)]
    )
    def test_refuses_what_does_not_fit_and_names_the_field(self, zhou, field, text):
        with pytest.raises(Unfit) as refused:
            services.hire_person(**{"name": "刘洋", field: text}, actor=as_actor(zhou), now=NOW)
        assert list(refused.value.problems) == [field]
        assert not Person.objects.filter(name="刘洋").exists()

    def test_is_not_for_agents(self, wang):
        with pytest.raises(NotAllowed):
            services.hire_person(name="刘洋", actor=as_actor(wang), now=NOW)

    def test_a_head_cannot_hire_an_administrator(self, zhou):
        with pytest.raises(OnlyAdministrators):
            services.hire_person(name="刘洋", roles=[Role.ADMINISTRATOR], actor=as_actor(zhou), now=NOW)
        assert not Person.objects.filter(name="刘洋").exists()


class TestChange:
    def test_changes_what_is_given_and_records_the_fields_alone(self, zhou, zhang):
        services.change_person(zhang, phone="13900001111", actor=as_actor(zhou), now=NOW)

        zhang.refresh_from_db()
        assert (zhang.name, zhang.phone) == ("张建国", "13900001111")
        assert Event.objects.get().payload == {"fields": ["phone"]}

    def test_a_head_does_not_touch_an_administrator(self, zhou, admin):
        with pytest.raises(OnlyAdministrators):
            services.change_person(admin, email="mine@example.com", actor=as_actor(zhou), now=NOW)

    def test_does_not_find_people_of_another_organisation(self, zhou, hengda):
        stranger = hire(hengda, "qian", "钱外人")
        with pytest.raises(NotFound):
            services.change_person(stranger.pk, phone="1", actor=as_actor(zhou), now=NOW)


class TestRoles:
    def test_are_what_was_said_and_the_difference_is_recorded(self, admin, zhang):
        services.set_roles(zhang, roles=[Role.SPECIALIST, Role.DRIVER], actor=as_actor(admin), now=NOW)

        assert Person.objects.get(pk=zhang.pk).role_keys == {Role.SPECIALIST, Role.DRIVER}
        assert Event.objects.get().payload == {
            "given": ["driver", "service_specialist"],
            "taken": ["technician"],
        }

    def test_must_exist(self, admin, zhang):
        with pytest.raises(Unfit):
            services.set_roles(zhang, roles=["emperor"], actor=as_actor(admin), now=NOW)

    def test_nobody_removes_the_last_administrator(self, admin):
        with pytest.raises(LastAdministrator, match="何平"):
            services.set_roles(admin, roles=[Role.AGENT], actor=as_actor(admin), now=NOW)
        with pytest.raises(LastAdministrator):
            services.let_person_go(admin, actor=as_actor(admin), now=NOW)
        assert RoleHolding.objects.filter(role=Role.ADMINISTRATOR).count() == 1

    def test_an_administrator_who_cannot_log_in_does_not_count(self, yamu, admin):
        idle = hire(yamu, "idle", "孙闲", Role.ADMINISTRATOR)
        idle.set_unusable_password()
        idle.save()
        with pytest.raises(LastAdministrator):
            services.let_person_go(admin, actor=as_actor(admin), now=NOW)

    def test_the_second_administrator_may_go(self, yamu, admin):
        hire(yamu, "feng", "冯二", Role.ADMINISTRATOR)
        services.let_person_go(admin, actor=as_actor(admin), now=NOW)
        admin.refresh_from_db()
        assert not admin.is_active


class TestLogin:
    def test_is_given_with_a_password_for_one_time(self, admin, zhang):
        password = services.give_login(zhang, username="Zhang.JG", actor=as_actor(admin), now=NOW)

        member = authenticate(username="ZHANG.jg", password=password)
        assert member == zhang
        assert member.password_given_at == NOW
        member.set_password("一个自己选的长密码")
        assert member.password_given_at is None

    def test_shows_the_same_password_to_a_second_submit_and_stores_it_nowhere(self, admin, zhang):
        actor = as_actor(admin, key="form-1")
        first = services.give_login(zhang, username="zhang.jg", actor=actor, now=NOW)
        again = services.give_login(zhang, username="zhang.jg", actor=actor, now=NOW)

        assert first == again
        assert Event.objects.count() == 1
        kept = [
            *Command.objects.values_list("answer", flat=True),
            *Event.objects.values_list("payload", flat=True),
        ]
        assert first not in str(kept)

    def test_is_refused_under_a_name_in_use_anywhere(self, admin, zhang, hengda):
        hire(hengda, "zhao", "赵外人")
        with pytest.raises(UsernameTaken, match="zhao"):
            services.give_login(zhang, username="ZHAO", actor=as_actor(admin), now=NOW)

    @pytest.mark.parametrize("username", ["z", "zhang jg", "<b>", "z" * 61])
    def test_is_refused_under_a_name_nobody_could_type(self, admin, zhang, username):
        with pytest.raises(Unfit):
            services.give_login(zhang, username=username, actor=as_actor(admin), now=NOW)

    def test_a_reset_makes_the_old_password_worthless(self, admin, zhang):
        old = services.give_login(zhang, username="zhang.jg", actor=as_actor(admin), now=NOW)
        new = services.reset_password(zhang, actor=as_actor(admin), now=NOW)
        assert authenticate(username="zhang.jg", password=old) is None
        assert authenticate(username="zhang.jg", password=new) == zhang

    def test_is_not_reset_for_someone_without_one(self, admin, zhou):
        liu = services.hire_person(name="刘洋", actor=as_actor(zhou), now=NOW)
        with pytest.raises(NoLogin, match="刘洋"):
            services.reset_password(liu, actor=as_actor(admin), now=NOW)

    def test_a_head_cannot_take_over_a_login(self, zhou, zhang):
        with pytest.raises(NotAllowed):
            services.reset_password(zhang, actor=as_actor(zhou), now=NOW)


class TestLetGo:
    def test_is_refused_while_visits_are_to_come_with_how_many(self, desk, zhou, zhang):
        take(desk, [zhang], TWO, THREE)
        take(desk, [zhang], THREE, FOUR)
        take(desk, [zhang], FOUR, FOUR + HOUR, expires_at=NOW)
        with pytest.raises(
            StillBound, match="still has 2 appointments to come, the first at 2026-11-24 14:00"
        ):
            services.let_person_go(zhang, actor=as_actor(zhou), now=NOW)
        zhang.refresh_from_db()
        assert zhang.is_active

    def test_does_not_mind_what_is_over_nor_leave(self, desk, zhou, zhang):
        take(desk, [zhang], NOW - HOUR, NOW)
        grant(zhang, zhou, TWO, THREE)
        services.let_person_go(zhang, left_on=date(2026, 11, 30), actor=as_actor(zhou), now=NOW)

        zhang.refresh_from_db()
        assert (zhang.is_active, zhang.left_on, zhang.has_login) == (False, date(2026, 11, 30), False)

    def test_cannot_be_done_twice(self, zhou, zhang):
        services.let_person_go(zhang, actor=as_actor(zhou), now=NOW)
        with pytest.raises(HasLeft, match="2026-11-24"):
            services.let_person_go(zhang, actor=as_actor(zhou), now=NOW)

    def test_can_be_taken_back(self, zhou, zhang):
        services.let_person_go(zhang, actor=as_actor(zhou), now=NOW)
        services.take_person_back(zhang, actor=as_actor(zhou), now=NOW)
        zhang.refresh_from_db()
        assert (zhang.is_active, zhang.left_on) == (True, None)


@pytest.fixture
def cooling(zhou):
    return services.add_trade(name="制冷", name_en="Refrigeration", actor=as_actor(zhou), now=NOW)


@pytest.fixture
def r32(zhou, cooling):
    return services.add_skill(
        trade_id=cooling.pk, name="R32 冷媒", needs_certificate=True, actor=as_actor(zhou), now=NOW
    )


class TestSkills:
    def test_are_named_once_in_a_trade(self, zhou, cooling, r32):
        with pytest.raises(AlreadyThere, match="制冷"):
            services.add_trade(name="制冷 ", actor=as_actor(zhou), now=NOW)
        with pytest.raises(AlreadyThere, match="R32"):
            services.add_skill(trade_id=cooling.pk, name="R32 冷媒", actor=as_actor(zhou), now=NOW)
        joinery = services.add_trade(name="木工", actor=as_actor(zhou), now=NOW)
        services.add_skill(trade_id=joinery.pk, name="R32 冷媒", actor=as_actor(zhou), now=NOW)
        with pytest.raises(AlreadyThere):
            services.rename_trade(joinery, name="制冷", actor=as_actor(zhou), now=NOW)
        assert Trade.objects.count() == 2
        assert Skill.objects.count() == 2

    def test_are_granted_with_the_certificate_they_need(self, zhou, zhang, r32):
        with pytest.raises(Unfit) as refused:
            services.grant_skill(zhang, skill_id=r32.pk, actor=as_actor(zhou), now=NOW)
        assert "certificate" in refused.value.problems

        until = date(2027, 6, 30)
        for number in ("ZL-2024-001", "ZL-2026-118"):
            services.grant_skill(
                zhang, skill_id=r32.pk, certificate=number, valid_until=until, actor=as_actor(zhou), now=NOW
            )
        held = zhang.skills.get()
        assert (held.certificate, held.valid_until) == ("ZL-2026-118", until)

    def test_are_revoked(self, zhou, zhang, r32):
        services.grant_skill(zhang, skill_id=r32.pk, certificate="1", actor=as_actor(zhou), now=NOW)
        services.revoke_skill(zhang, skill_id=r32.pk, actor=as_actor(zhou), now=NOW)
        assert not zhang.skills.exists()

    def test_change_their_name_and_their_certificate(self, zhou, r32):
        services.change_skill(r32, name="R290 冷媒", needs_certificate=False, actor=as_actor(zhou), now=NOW)
        r32.refresh_from_db()
        assert (r32.name, r32.needs_certificate) == ("R290 冷媒", False)


class TestVehicles:
    def test_come_once_with_one_plate(self, zhou):
        car = services.add_vehicle(plate="沪a·d2381", seats=5, actor=as_actor(zhou), now=NOW)
        assert car.plate == "沪A·D2381"
        with pytest.raises(AlreadyThere, match="沪A·D2381"):
            services.add_vehicle(plate="沪A·D2381", actor=as_actor(zhou), now=NOW)

    @pytest.mark.parametrize("seats", [0, -1, 61])
    def test_have_seats(self, zhou, seats):
        with pytest.raises(Unfit):
            services.add_vehicle(plate="沪A·1", seats=seats, actor=as_actor(zhou), now=NOW)

    def test_retire_when_nobody_is_to_go_in_them(self, desk, zhou, zhang, van):
        visit = take(desk, [zhang], TWO, THREE, van=van)
        with pytest.raises(StillBound, match="沪A·D2381"):
            services.retire_vehicle(van, actor=as_actor(zhou), now=NOW)
        desk(lambda org: occupancy.release(org, "visit", visit))
        services.retire_vehicle(van, actor=as_actor(zhou), now=NOW)
        assert not Vehicle.objects.get().is_active

    def test_change(self, zhou, van):
        services.change_vehicle(
            van, plate="沪A·D2381", name="白色面包车", seats=7, actor=as_actor(zhou), now=NOW
        )
        van.refresh_from_db()
        assert (van.name, van.seats) == ("白色面包车", 7)


def grant(person, head, start, end, sort="annual", reason=""):
    return services.grant_leave(
        person, sort=sort, starts_at=start, ends_at=end, reason=reason, actor=as_actor(head), now=NOW
    )


class TestLeave:
    def test_binds_the_person(self, desk, zhou, zhang):
        grant(zhang, zhou, TWO, FOUR)
        with pytest.raises(Taken) as refused:
            take(desk, [zhang], THREE, FOUR)
        assert refused.value.values["held_as"] == "leave"

    def test_is_refused_when_it_clashes_and_names_the_clash(self, desk, zhou, zhang):
        take(desk, [zhang], TWO, THREE)
        with pytest.raises(Taken, match="张建国 is already bound 2026-11-24 14:00–15:00"):
            grant(zhang, zhou, TWO - HOUR, FOUR)
        assert not Leave.objects.exists()

    @pytest.mark.parametrize("length", [timedelta(), -HOUR, timedelta(days=367)])
    def test_ends_after_it_starts_and_within_a_year(self, zhou, zhang, length):
        with pytest.raises(Unfit):
            grant(zhang, zhou, TWO, TWO + length)

    def test_keeps_why_out_of_the_record(self, zhou, zhang):
        grant(zhang, zhou, TWO, FOUR, sort="sick", reason="腰椎手术")
        assert not {"sick", "腰椎手术"} & set(map(str, Event.objects.get().payload.values()))

    def test_cancelled_frees_what_is_left_of_it(self, zhou, zhang):
        leave = grant(zhang, zhou, NOW - HOUR, FOUR)
        services.cancel_leave(leave, actor=as_actor(zhou), now=NOW)
        row = Occupancy.objects.get()
        assert (row.starts_at, row.ends_at) == (NOW - HOUR, NOW)
        with pytest.raises(LeaveOver):
            services.cancel_leave(leave, actor=as_actor(zhou), now=NOW)

    def test_is_seen_by_oneself_and_the_heads(self, zhou, zhang, chen):
        leave = grant(zhang, zhou, TWO, FOUR)
        assert list(scope(as_actor(zhang), Leave)) == [leave]
        assert list(scope(as_actor(zhou), Leave)) == [leave]
        assert not scope(as_actor(chen), Leave).exists()
