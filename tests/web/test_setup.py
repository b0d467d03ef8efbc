"""Setup: an empty organisation is furnished in the browser, each change through the verb's own door."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouhou.cases import services as cases
from shouhou.core import clients, policies
from shouhou.core.models import ApiClient, CalendarDay, Event, Job, PolicyValue
from shouhou.core.policy import Role
from shouhou.customers.models import Product
from shouhou.flows.models import Incident, Page, Run, Token, Version
from shouhou.messages.models import Message
from shouhou.people import occupancy
from shouhou.people.models import Leave, Person, Skill, Trade, Vehicle
from shouhou.web.desk.setup.forms import BY_KEY
from shouhou.web.desk.setup.forms.policies import ROOMS
from shouhou.web.desk.setup.sections import GROUPS
from tests.conftest import NOW, as_actor, hire
from tests.kernel.bpmn.drawing import drawing

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).parents[2] / "shouhou" / "web" / "templates" / "desk" / "setup"
SECTIONS = [section.name for group in GROUPS for section in group.sections]
STATEMENTS = 15


def as_person(person: Person) -> Client:
    """A browser in which someone is signed in."""
    client = Client()
    client.force_login(person)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def he(admin) -> Client:
    """何平's browser."""
    return as_person(admin)


@pytest.fixture
def zhou_at_desk(zhou) -> Client:
    return as_person(zhou)


def do(client: Client, key: str, subject=None, **entered):
    args = [key] if subject is None else [key, subject.pk]
    return client.post(reverse("setup-act", args=args), {"command_key": f"{key}-1", **entered})


def text(answer) -> str:
    return answer.content.decode()


class TestPages:
    @pytest.mark.parametrize("name", SECTIONS)
    def test_opens_for_the_administrator_in_few_statements(
        self, he, name, zhang, chen, zhou, wardrobe, django_assert_max_num_queries
    ):
        he.get(reverse(name))
        with django_assert_max_num_queries(STATEMENTS):
            answer = he.get(reverse(name))
        assert answer.status_code == 200
        assert "<c-" not in text(answer), "a component was left uncompiled"
        assert "style=" not in text(answer)

    @pytest.mark.parametrize("name", ["setup", *SECTIONS])
    def test_is_closed_to_technicians_and_to_strangers(self, name, zhang):
        if name not in ("setup-products", "atlas"):
            assert as_person(zhang).get(reverse(name)).status_code == 403
        assert Client().get(reverse(name)).status_code == 302

    def test_a_head_sees_what_they_may_and_is_not_offered_the_rest(self, zhou_at_desk):
        page = text(zhou_at_desk.get(reverse("setup")))
        assert reverse("setup-people") in page
        assert reverse("setup-jobs") not in page
        assert "Set a day" not in text(zhou_at_desk.get(reverse("setup-calendar")))

    def test_templates_ask_only_for_forms_that_exist(self):
        asked = {
            key.replace("_", "-")
            for template in TEMPLATES.rglob("*.html")
            for key in re.findall(r"may\.(\w+)", template.read_text())
        }
        linked = {
            key
            for template in TEMPLATES.rglob("*.html")
            for key in re.findall(r'"setup-act" "([\w-]+)"', template.read_text())
        }
        assert asked | linked <= set(BY_KEY)

    def test_says_every_room_with_rules_in_words(self):
        assert {rule.room for rule in policies.DECLARED.values()} <= set(ROOMS)


class TestPeople:
    def test_someone_is_taken_on_with_roles(self, he, yamu):
        answer = do(he, "hire", name="刘洋", phone="138 0000 5678", roles=["technician"])
        liu = Person.objects.get(name="刘洋")
        assert answer.headers["Location"] == reverse("setup-person", args=[liu.pk])
        assert liu.role_keys == {Role.TECHNICIAN}
        assert "刘洋" in text(he.get(reverse("setup-people")))

    def test_a_second_submit_hires_nobody_twice(self, he):
        do(he, "hire", name="刘洋")
        do(he, "hire", name="刘洋")
        assert Person.objects.filter(name="刘洋").count() == 1

    def test_what_does_not_fit_is_said_at_its_field_and_kept(self, he):
        answer = do(he, "hire", name="刘洋", email="liu@")
        assert answer.status_code == 422
        assert "name@example.com" in text(answer)
        assert 'value="刘洋"' in text(answer)
        assert not Person.objects.filter(name="刘洋").exists()

    def test_the_password_of_a_login_is_shown_once_and_opens_the_door(self, he, zhang):
        Person.objects.filter(pk=zhang.pk).update(username=None)
        answer = do(he, "give-login", zhang, username="zhangjg")
        password = re.search(r"data-once>([^<]+)<", text(answer)).group(1)
        assert "no-store" in answer.headers["Cache-Control"]
        assert Client().login(username="zhangjg", password=password)
        assert password not in text(he.get(reverse("setup-person", args=[zhang.pk])))

    def test_a_login_name_of_somebody_else_is_refused_with_the_sentence(self, he, zhang, chen):
        answer = do(he, "give-login", zhang, username="chen")
        assert answer.status_code == 422
        assert "Someone already logs in as chen" in text(answer)

    def test_who_has_visits_to_come_is_not_let_go(self, he, zhang, now):
        hour = timedelta(hours=1)
        soon = Leave(organisation=zhang.organisation, person=zhang).pk
        with_visit(zhang, soon, hour)
        answer = do(he, "let-go", zhang)
        assert "still has 1 appointments to come" in text(answer)
        zhang.refresh_from_db()
        assert zhang.is_active

    def test_a_skill_that_needs_a_certificate_asks_for_it(self, he, yamu, zhang):
        trade = Trade.objects.create(organisation=yamu, name="电工")
        skill = Skill.objects.create(organisation=yamu, trade=trade, name="高压", needs_certificate=True)
        assert "needs a certificate" in text(do(he, "grant-skill", zhang, skill=skill.pk))
        do(
            he,
            "grant-skill",
            zhang,
            skill=skill.pk,
            certificate="G-77",
            valid_until="2027-01-31",
            command_key="2",
        )
        assert zhang.skills.get().valid_until == date(2027, 1, 31)
        assert "G-77" in text(he.get(reverse("setup-person", args=[zhang.pk])))

    def test_a_head_gives_no_login(self, zhou_at_desk, zhang):
        assert do(zhou_at_desk, "give-login", zhang, username="zjg").status_code == 403

    def test_people_of_another_organisation_are_not_there(self, he, hengda):
        stranger = hire(hengda, "qian", "钱外人", Role.TECHNICIAN)
        assert he.get(reverse("setup-person", args=[stranger.pk])).status_code == 404
        assert do(he, "let-go", stranger).status_code == 404
        assert "钱外人" not in text(he.get(reverse("setup-people")))

    def test_a_long_list_goes_by_pages_and_loses_nobody(self, he, yamu, admin):
        Person.objects.bulk_create(
            Person(organisation=yamu, name=f"员工{number:03}", is_active=True) for number in range(70)
        )
        first = he.get(reverse("setup-people"))
        after = re.search(r'href="(\?after=[\w-]+)"', text(first)).group(1)
        second = he.get(reverse("setup-people") + after)
        named = set(re.findall(r"员工\d{3}", text(first))) | set(re.findall(r"员工\d{3}", text(second)))
        assert len(named) == 70

    def test_finds_by_role_and_by_a_part_of_the_name(self, he, zhang, wang):
        page = text(he.get(reverse("setup-people"), {"role": "technician"}))
        assert "张建国" in page
        assert "王敏" not in page
        assert "王敏" in text(he.get(reverse("setup-people"), {"q": "敏"}))


def with_visit(person, holder_id, length):
    """Bind someone from an hour from now, as a visit would."""
    from django.utils import timezone

    starts_at = timezone.now() + length
    occupancy.Occupancy.objects.create(
        organisation=person.organisation,
        resource_kind="person",
        resource_id=person.pk,
        starts_at=starts_at,
        ends_at=starts_at + length,
        holder_kind="visit",
        holder_id=holder_id,
    )
    return starts_at


class TestMeans:
    def test_a_trade_and_its_skill_are_added(self, he, yamu):
        do(he, "add-trade", name="木作", name_en="Joinery")
        trade = Trade.objects.get()
        do(he, "add-skill", trade, name="滑门", needs_certificate="on")
        assert trade.skills.get().needs_certificate
        assert "滑门" in text(he.get(reverse("setup-able")))

    def test_the_same_trade_twice_is_refused(self, he, yamu):
        Trade.objects.create(organisation=yamu, name="木作")
        assert "木作 is already in the list" in text(do(he, "add-trade", name="木作"))

    def test_a_vehicle_comes_and_goes(self, he):
        do(he, "add-vehicle", plate="沪a·d2381", seats="3")
        vehicle = Vehicle.objects.get()
        do(he, "retire-vehicle", vehicle)
        vehicle.refresh_from_db()
        assert (vehicle.plate, vehicle.is_active) == ("沪A·D2381", False)

    def test_leave_of_whole_days_ends_at_midnight(self, he, zhang):
        days = {"first_day": "2030-05-06", "last_day": "2030-05-07"}
        do(he, "grant-leave", person=zhang.pk, sort="annual", **days)
        leave = Leave.objects.get()
        assert leave.ends_at - leave.starts_at == timedelta(days=2)
        assert "张建国" in text(he.get(reverse("setup-leave")))

    def test_leave_over_a_visit_is_refused_with_the_time_in_the_way(self, he, zhang):
        starts_at = with_visit(zhang, zhang.pk, timedelta(hours=1))
        day = f"{starts_at.astimezone(tz()):%Y-%m-%d}"
        answer = do(he, "grant-leave", person=zhang.pk, sort="sick", first_day=day, last_day=day)
        assert answer.status_code == 422
        assert "张建国 is already bound" in text(answer)
        assert not Leave.objects.exists()

    def test_leave_is_cancelled(self, he, zhang, admin):
        do(he, "grant-leave", person=zhang.pk, sort="annual", first_day="2030-05-06", last_day="2030-05-06")
        do(he, "cancel-leave", Leave.objects.get())
        assert Leave.objects.get().cancelled_at is not None
        assert not occupancy.Occupancy.objects.exists()


def tz():
    from django.utils import timezone

    return timezone.get_current_timezone()


class TestProducts:
    def test_a_product_is_added_changed_retired_and_offered_again(self, he, yamu):
        do(he, "add-product", code="W240", name="雅木三门衣柜", warranty_months="36")
        product = Product.objects.get()
        do(he, "change-product", product, code="W240", name="雅木三门衣柜", warranty_months="60")
        do(he, "retire-product", product)
        product.refresh_from_db()
        assert (product.warranty_months, product.is_active) == (60, False)
        assert "雅木三门衣柜" in text(he.get(reverse("setup-products"), {"state": "retired"}))
        do(he, "bring-back-product", product)
        product.refresh_from_db()
        assert product.is_active

    def test_a_code_in_use_is_refused_with_its_product(self, he, wardrobe):
        answer = do(he, "add-product", code="W240", name="新衣柜", warranty_months="12")
        assert "The code W240 already belongs to 雅木三门衣柜" in text(answer)


class TestRules:
    def test_shows_every_declared_rule_with_its_default(self, he):
        page = text(he.get(reverse("setup-policies")))
        assert all(f'id="{key}"' in page for key in policies.DECLARED)

    def test_saves_one_and_leads_back_to_it(self, he, yamu):
        key = "cases.residual_months"
        answer = he.post(reverse("setup-policy", args=[key]), {key: "6", "command_key": "k"})
        assert answer.headers["Location"].endswith(f"#{key}")
        assert policies.value(yamu.pk, key) == 6
        assert "your own" in text(he.get(reverse("setup-policies")))

    def test_what_is_out_of_its_limits_is_said_at_the_rule_and_nothing_is_kept(self, he):
        key = "core.working_hours"
        answer = he.post(reverse("setup-policy", args=[key]), {key: "nine to five"})
        assert answer.status_code == 422
        assert "such as 08:30-12:00" in text(answer)
        assert not PolicyValue.objects.filter(key=key).exists()

    def test_a_head_reads_them_only(self, zhou_at_desk):
        key = "cases.residual_months"
        assert "Only an administrator" in text(zhou_at_desk.get(reverse("setup-policies")))
        assert zhou_at_desk.post(reverse("setup-policy", args=[key]), {key: "6"}).status_code == 403


class TestCompany:
    def test_its_particulars_are_changed(self, he, yamu):
        zone = {"time_zone": "Asia/Shanghai"}
        do(he, "change-organisation", name="雅木家居", hotline="400-820-1234", **zone)
        yamu.refresh_from_db()
        assert yamu.hotline == "400-820-1234"
        assert Event.objects.get().kind == "core.organisation_changed"

    def test_the_report_address_comes_with_its_code_to_print(self, he):
        assert "http://testserver/r/yamu/" in text(he.get(reverse("setup-organisation")))
        drawn = he.get(reverse("setup-report-qr"))
        assert drawn.headers["Content-Type"] == "image/svg+xml"
        assert drawn.content.startswith(b"<?xml")

    def test_a_day_is_set_and_taken_back(self, he, yamu):
        do(he, "set-day", day="2027-02-06", is_working="worked", name="春节调休")
        row = CalendarDay.objects.get()
        assert (row.day, row.is_working, row.name) == (date(2027, 2, 6), True, "春节调休")
        he.post(
            reverse("setup-act", args=["set-day"]),
            {"day": "2027-02-06", "is_working": "", "command_key": "2"},
        )
        assert not CalendarDay.objects.exists()

    def test_the_published_holidays_are_entered(self, he, yamu):
        do(he, "seed-calendar")
        assert CalendarDay.objects.filter(organisation=yamu).count() > 10

    def test_a_year_nobody_published_says_so(self, he):
        assert "not yet published" in text(he.get(reverse("setup-calendar"), {"year": "2090"}))


class TestGuide:
    """第一次使用: what is missing is worked out from what is there."""

    def test_names_the_next_step_and_moves_on_when_the_data_are_there(self, he, yamu):
        page = text(he.get(reverse("setup")))
        assert "The hotline is missing" in page
        assert "Step 1 of 6" in page
        do(he, "change-organisation", name="雅木家居", hotline="400", time_zone="Asia/Shanghai")
        page = text(he.get(reverse("setup")))
        assert "Step 2 of 6" in page
        assert "No skill yet" in page

    def test_says_who_is_missing_among_the_people(self, he, yamu, zhang):
        zhang.set_password("lamp-river-42")
        zhang.save()
        page = text(he.get(reverse("setup")))
        assert "a service agent who takes calls, a skill for a technician" in page

    def test_is_gone_with_the_first_case(self, he, li, wang, now, django_assert_max_num_queries):
        cases.register_case(
            customer_id=li.pk, symptom="滑门脱轨", channel="phone", actor=as_actor(wang), now=now
        )
        with django_assert_max_num_queries(STATEMENTS):
            page = text(he.get(reverse("setup")))
        assert "Step" not in page

    def test_costs_few_statements(self, he, django_assert_max_num_queries):
        he.get(reverse("setup"))
        with django_assert_max_num_queries(STATEMENTS):
            he.get(reverse("setup"))


def upload(client, xml: bytes, key: str = "a"):
    return do(client, "upload-drawing", page_key=key, drawing=SimpleUploadedFile("a.bpmn", xml))


class TestAtlas:
    """图册: the drawings are seen by everyone, changed by the administrator."""

    OWN = drawing('start s; user w shouhou:task="assess"; end e', "s -> w -> e")
    BROKEN = drawing('start s; user w shouhou:task="fly"; end e', "s -> w -> e")

    def test_shows_the_products_own_drawing_before_any_case(self, zhang):
        client = as_person(zhang)
        assert "used by no case yet" in text(client.get(reverse("atlas")))
        page = text(client.get(reverse("atlas-page", args=["a"])))
        assert reverse("atlas-drawing", args=["a", 0]) in page
        assert client.get(reverse("atlas-drawing", args=["a", 0])).content.startswith(b"<?xml")
        assert "Upload a drawing" not in page

    def test_a_draft_is_uploaded_published_and_taken_back(self, he):
        answer = upload(he, self.OWN)
        assert answer.headers["Location"] == reverse("atlas-page", args=["a"])
        draft = Version.objects.get()
        assert "can be published" in text(he.get(reverse("atlas-page", args=["a"])))
        do(he, "publish", draft)
        draft.refresh_from_db()
        assert draft.state == Version.State.PUBLISHED
        do(he, "retire-version", draft)
        draft.refresh_from_db()
        assert draft.state == Version.State.RETIRED

    def test_what_keeps_it_from_being_published_is_named_by_element_and_line(self, he):
        upload(he, self.BROKEN)
        page = text(he.get(reverse("atlas-page", args=["a"])))
        assert "To be fixed before it can be published" in page
        assert re.search(r'data-label="Line">\d+</td><td data-label="Element">w<', page)
        answer = do(he, "publish", Version.objects.get())
        assert answer.status_code == 422
        assert Version.objects.get().state == Version.State.DRAFT

    def test_what_is_no_drawing_is_refused_and_nothing_is_kept(self, he):
        assert upload(he, b"PK\x03\x04 a workbook").status_code == 422
        assert not Version.objects.exists()

    def test_counts_the_cases_that_stand_at_a_step(self, he, li, wang, now, django_assert_max_num_queries):
        cases.register_case(
            customer_id=li.pk, symptom="滑门脱轨", channel="phone", actor=as_actor(wang), now=now
        )
        standing = he.get(reverse("atlas-standing", args=["a", 1])).json()["elements"]
        ((node, state),) = standing.items()
        assert state == {"state": "here", "owner": "1 case"}
        panel = text(he.get(reverse("atlas-element", args=["a", 1, node])))
        assert "Service agent" in panel
        with django_assert_max_num_queries(STATEMENTS):
            he.get(reverse("atlas-page", args=["a"]))

    def test_nobody_but_the_administrator_uploads(self, zhou_at_desk):
        assert upload(zhou_at_desk, self.OWN).status_code == 403

    def test_another_companys_drawings_are_not_there(self, he, hengda):
        page = Page.objects.create(organisation=hengda, key="own", name="他们的")
        Version.objects.create(
            organisation=hengda, page=page, number=1, xml=self.OWN, sha256="0" * 64, saved_at=NOW
        )
        assert he.get(reverse("atlas-page", args=["own"])).status_code == 404
        assert he.get(reverse("atlas-drawing", args=["own", 1])).status_code == 404


class TestIncidents:
    """异常: a person tries again, moves on or ends, always with a reason."""

    @pytest.fixture
    def stopped(self, li, wang, now) -> Incident:
        """A case whose token cannot go on, as a broken step leaves it."""
        case = cases.register_case(
            customer_id=li.pk, symptom="滑门脱轨", channel="phone", actor=as_actor(wang), now=now
        )
        run = Run.objects.get(root_id=case.pk)
        token = run.tokens.get(task="assess")
        return Incident.objects.create(
            organisation=case.organisation,
            root_id=case.pk,
            run=run,
            token_id=token.pk,
            node=token.node,
            code="flow.fact",
            zh="事实无法得出。",
            en="The fact could not be worked out.",
            raised_at=now,
        )

    def test_says_where_and_why_and_offers_what_may_be_done(self, he, stopped):
        page = text(he.get(reverse("setup-incidents")))
        assert "The fact could not be worked out." in page
        assert "Try it again" in page
        assert "Move the case on by hand" in page
        assert ">1<" in text(he.get(reverse("setup")))

    def test_moving_on_needs_a_reason_and_takes_the_case_there(self, he, stopped):
        page = text(he.get(reverse("setup-act", args=["jump", stopped.pk])))
        node = re.search(r'<option value="([^"]+)">预约上门', page) or re.search(
            r'<option value="([^"]+)">[^<]*Book visit', page
        )
        assert do(he, "jump", stopped, node=node.group(1), reason="").status_code == 422
        do(he, "jump", stopped, node=node.group(1), reason="资料已电话核对")
        stopped.refresh_from_db()
        assert (stopped.state, stopped.reason) == (Incident.State.MOVED, "资料已电话核对")
        assert Token.objects.get(run=stopped.run).task == "book_visit"

    def test_a_flow_is_ended_with_its_reason(self, he, stopped):
        do(he, "cancel-run", stopped, reason="重复登记")
        stopped.run.refresh_from_db()
        assert stopped.run.state == Run.State.CANCELLED

    def test_an_engine_that_has_nothing_to_retry_says_so(self, he, stopped):
        answer = do(he, "retry", stopped, reason="已补全")
        assert answer.status_code == 422
        stopped.refresh_from_db()
        assert stopped.state == Incident.State.OPEN


class TestMessages:
    @pytest.fixture
    def unknown(self, li, now) -> Message:
        """A text message of which nobody knows whether it arrived."""
        return Message.objects.create(
            organisation=li.organisation,
            root_id=li.pk,
            event_id=li.pk,
            kind="work.visit_booked",
            channel="sms",
            recipient_id=li.pk,
            address="+8613800005678",
            body="张师傅明天上门",
            state=Message.State.UNKNOWN,
            made_at=now,
        )

    def test_is_shown_with_the_number_masked_and_sent_again(self, he, unknown):
        page = text(he.get(reverse("setup-messages")))
        assert "张师傅明天上门" in page
        assert "13800005678" not in page
        do(he, "send-again", unknown)
        unknown.refresh_from_db()
        assert unknown.state == Message.State.WAITING
        assert Job.objects.filter(kind="messages.deliver").count() == 1


class TestPartners:
    """合作方: a token each, seen once, and withdrawn for good."""

    def admit(self, client):
        page = text(client.get(reverse("setup-act", args=["admit-partner"])))
        token = re.search(r'name="token" value="([^"]+)"', page).group(1)
        return token, do(client, "admit-partner", name="青鸟物流", rights=["read", "work"], token=token)

    def test_a_token_is_shown_once_and_opens_what_was_ticked(self, he):
        token, answer = self.admit(he)
        assert token in text(answer)
        assert clients.open(token).roles == {"read", "work"}
        page = text(he.get(reverse("setup-partners")))
        assert "青鸟物流" in page
        assert token not in page

    def test_a_second_submit_shows_the_same_token_and_lets_nobody_in_twice(self, he):
        token, _answer = self.admit(he)
        again = do(he, "admit-partner", name="青鸟物流", rights=["read", "work"], token=token)
        assert token in text(again)
        assert ApiClient.objects.count() == 1

    def test_a_withdrawn_token_opens_nothing(self, he):
        token, _answer = self.admit(he)
        do(he, "revoke-partner", ApiClient.objects.get())
        with pytest.raises(clients.TokenUnknown):
            clients.open(token)

    def test_a_head_lets_nobody_in(self, zhou_at_desk):
        assert zhou_at_desk.get(reverse("setup-act", args=["admit-partner"])).status_code == 403


class TestOperation:
    def test_dead_work_is_tried_again(self, he, yamu, now):
        dead = Job.objects.create(
            organisation_id=yamu.pk,
            kind="messages.deliver",
            state=Job.State.DEAD,
            due_at=now,
            made_at=now,
            ended_at=now,
            attempts=8,
            trouble="TimeoutError",
        )
        assert "TimeoutError" in text(he.get(reverse("setup-jobs")))
        do(he, "revive", dead)
        dead.refresh_from_db()
        assert (dead.state, dead.attempts) == (Job.State.WAITING, 0)

    def test_the_record_is_checked_and_a_changed_row_is_named(self, he, yamu):
        do(he, "add-trade", name="木作")
        do(he, "check-record")
        assert "whole" in text(he.get(reverse("setup-record")))
        Event.objects.filter(kind="people.trade_added").update(actor_name="别人")
        he.post(reverse("setup-act", args=["check-record"]), {"command_key": "2"})
        page = text(he.get(reverse("setup-record")))
        assert "the row was changed" in page
