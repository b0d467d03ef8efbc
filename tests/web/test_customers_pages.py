"""The customers' pages: one file with everything, masked until somebody says why, changed by one form a verb."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from shouhou.cases import services as cases
from shouhou.core.models import Event
from shouhou.core.policy import Role
from shouhou.customers import services as customers
from shouhou.customers.models import Customer, InstalledProduct, Product
from shouhou.messages.models import Message
from shouhou.work import services as work
from tests.conftest import NOW, as_actor, hire

pytestmark = pytest.mark.django_db

PHONE = "13900005678"
MASKED, WHOLE = "139****5678", "139 0000 5678"
TOMORROW_TEN = NOW.replace(hour=10, minute=0) + timedelta(days=1)


@pytest.fixture
def wu(wang) -> Customer:
    """吴桂芳, a customer with a number and an address."""
    return customers.open_customer(
        name="吴桂芳",
        phones=[PHONE],
        district="闵行区",
        address="七莘路 1855 弄 12 号 302 室",
        actor=as_actor(wang),
        now=NOW,
    )


@pytest.fixture
def cupboard(zhou) -> Product:
    return customers.add_product(
        code="YG-2218", name="推拉门衣柜", warranty_months=12, actor=as_actor(zhou), now=NOW
    )


@pytest.fixture
def hers(wu, cupboard, wang) -> InstalledProduct:
    """Her wardrobe, accepted on 10 October."""
    return customers.record_installed(
        wu,
        product_id=cupboard.pk,
        serial="YM2609-0417",
        accepted_on=date(2026, 10, 10),
        actor=as_actor(wang),
        now=NOW,
    )


@pytest.fixture
def desk(client, wang):
    """王敏 at her desk, speaking Chinese."""
    client.force_login(wang)
    return client


@pytest.fixture
def english_desk(desk):
    desk.cookies["language"] = "en"
    return desk


def text(answer) -> str:
    return answer.content.decode()


class TestList:
    @pytest.mark.parametrize("words", ["", "5678", "13900005678", "桂芳", "wgf", "七莘路"])
    def test_finds_by_digits_name_initials_or_address(self, desk, wu, words):
        assert "吴桂芳" in text(desk.get("/customers/", {"q": words}))

    @pytest.mark.parametrize("words", ["\x00", "%", "'; --", "长" * 10_000, "😀"])
    def test_a_hostile_search_finds_nothing_and_breaks_nothing(self, desk, wu, words):
        assert desk.get("/customers/", {"q": words}).status_code == 200
        assert desk.get("/seek/customers/", {"q": words}).status_code == 200
        assert desk.get("/cases/", {"q": words}).status_code == 200

    def test_says_what_to_try_when_nothing_is_found(self, english_desk, wu):
        assert "Try the last four digits" in text(english_desk.get("/customers/", {"q": "9999"}))

    def test_shows_no_whole_number(self, desk, wu):
        page = text(desk.get("/customers/"))
        assert MASKED in page
        assert PHONE not in page

    def test_masks_name_and_address_for_those_who_only_look_in(self, client, yamu, wu):
        client.force_login(hire(yamu, "feng", "冯洁", Role.FINANCE))
        page = text(client.get("/customers/"))
        assert "吴**" in page
        assert "吴桂芳" not in page
        assert "302" not in page

    def test_goes_on_by_key(self, desk, wang):
        for number in range(51):
            customers.open_customer(name=f"客户{number:02}", actor=as_actor(wang), now=NOW)
        first = desk.get("/customers/")
        rest = desk.get("/customers/" + first.context["list"].next)
        names = [line.name for page in (first, rest) for line in page.context["list"].lines]
        assert len(names) == len(set(names)) == 51

    def test_counts_pieces_and_open_cases(self, desk, wu, hers, wang):
        report(wu, hers, wang)
        (line,) = desk.get("/customers/").context["list"].lines
        assert (line.pieces, line.open_cases) == (1, 1)

    def test_stays_within_the_organisation(self, desk, hengda, wu):
        Customer.objects.create(organisation=hengda, name="赵总", opened_at=NOW)
        assert "赵总" not in text(desk.get("/customers/"))

    def test_takes_few_statements(self, desk, wu, hers, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            desk.get("/customers/", {"q": "5678"})


class TestFile:
    def test_shows_cover_with_its_grounds_in_words(self, english_desk, wu, hers):
        page = text(english_desk.get(reverse("customer", args=[wu.pk])))
        assert "In warranty" in page
        assert "12 months from the acceptance on 2026-10-10." in page
        assert "The last covered day is 2027-10-10." in page

    def test_shows_everything_that_happened(self, english_desk, wu, hers, wang, zhang):
        case = worked_on(wu, hers, wang, zhang)
        page = text(english_desk.get(reverse("customer", args=[wu.pk])))
        for said in (case.number, "张建国", "更换下轨", "很满意", "Satisfied", "What we told them"):
            assert said in page
        assert Message.objects.filter(root_id=case.pk).exists()

    def test_takes_few_statements(self, desk, wu, hers, wang, zhang, django_assert_max_num_queries):
        worked_on(wu, hers, wang, zhang)
        with django_assert_max_num_queries(15):
            desk.get(reverse("customer", args=[wu.pk]))

    def test_of_another_organisation_is_not_found(self, client, hengda, wu):
        client.force_login(hire(hengda, "zhao", "赵明", Role.AGENT))
        assert client.get(reverse("customer", args=[wu.pk])).status_code == 404

    def test_is_closed_to_technicians(self, client, zhang, wu):
        client.force_login(zhang)
        assert client.get(reverse("customer", args=[wu.pk])).status_code == 403

    def test_leads_to_a_call_with_the_customer_chosen(self, desk, wu):
        assert f"/cases/new/?customer={wu.pk}" in text(desk.get(reverse("customer", args=[wu.pk])))


class TestNumber:
    """脱敏: masked until somebody asks, and then it is noted who."""

    def test_is_masked_everywhere_on_the_page(self, desk, wu):
        page = text(desk.get(reverse("customer", args=[wu.pk])))
        assert MASKED in page
        assert WHOLE not in page
        assert PHONE not in page

    def test_is_shown_on_purpose_and_noted(self, desk, wu, wang):
        contact = wu.contacts.get()
        answer = desk.post(reverse("customer-number", args=[wu.pk, contact.pk]))
        assert WHOLE in text(answer)
        event = Event.objects.get(kind="customers.number_revealed")
        assert (event.actor_id, event.payload) == (wang.pk, {"contact": str(contact.pk)})

    def test_is_not_shown_to_those_without_the_right(self, client, yamu, wu):
        client.force_login(hire(yamu, "feng", "冯洁", Role.FINANCE))
        answer = client.post(reverse("customer-number", args=[wu.pk, wu.contacts.get().pk]))
        assert answer.status_code == 403
        assert not Event.objects.filter(kind="customers.number_revealed").exists()

    def test_is_not_shown_by_opening_an_address(self, desk, wu):
        assert desk.get(reverse("customer-number", args=[wu.pk, wu.contacts.get().pk])).status_code == 405

    def test_is_corrected_without_being_shown(self, desk, wu):
        contact = wu.contacts.get()
        address = reverse("customer-row-act", args=[wu.pk, "correct-contact", contact.pk])
        assert PHONE not in text(desk.get(address)).replace(" ", "")
        desk.post(address, {"value": "", "name": "女儿"})
        contact.refresh_from_db()
        assert (contact.value, contact.name) == (f"+86{PHONE}", "女儿")


class TestActs:
    def do(self, desk, customer, key, row=None, **entered):
        where = (
            ("customer-row-act", [customer.pk, key, row.pk]) if row else ("customer-act", [customer.pk, key])
        )
        return desk.post(reverse(where[0], args=where[1]), entered)

    def test_correct_the_file(self, desk, wu):
        answer = self.do(desk, wu, "correct", name="吴桂芬", sort="person", salutation="吴阿姨", note="")
        wu.refresh_from_db()
        assert (answer.status_code, wu.name, wu.salutation) == (302, "吴桂芬", "吴阿姨")

    def test_add_a_contact_and_try_it_first(self, desk, wu):
        self.do(desk, wu, "add-contact", sort="phone", value="021-6400 1234", name="办公室")
        added = wu.contacts.get(name="办公室")
        self.do(desk, wu, "main-contact", added)
        added.refresh_from_db()
        assert added.is_main

    def test_a_wrong_number_is_said_at_the_form_and_nothing_is_lost(self, desk, wu):
        answer = self.do(desk, wu, "add-contact", sort="phone", value="一二三", name="办公室")
        assert answer.status_code == 422
        assert "“一二三”" in text(answer) or "一二三" in text(answer)
        assert "办公室" in text(answer)
        assert wu.contacts.count() == 1

    def test_remove_a_contact(self, desk, wu):
        self.do(desk, wu, "remove-contact", wu.contacts.get())
        assert not wu.contacts.exists()

    def test_add_correct_and_remove_an_address(self, desk, wu):
        self.do(desk, wu, "add-address", address="沪闵路 9001 号", district="徐汇区")
        added = wu.sites.get(district="徐汇区")
        self.do(desk, wu, "correct-address", added, address="沪闵路 9003 号", district="徐汇区")
        added.refresh_from_db()
        assert added.address == "沪闵路 9003 号"
        self.do(desk, wu, "remove-address", added)
        assert wu.sites.count() == 1

    def test_record_correct_and_retire_a_piece(self, desk, wu, cupboard):
        self.do(desk, wu, "record-piece", product_id=cupboard.pk, serial="A1", accepted_on="2026-10-10")
        piece = wu.installed.get()
        self.do(desk, wu, "correct-piece", piece, product_id=cupboard.pk, serial="A2")
        self.do(desk, wu, "retire-piece", piece, on="2026-11-20", reason="报废")
        piece.refresh_from_db()
        assert (piece.serial, piece.accepted_on, piece.retired_on) == ("A2", None, date(2026, 11, 20))

    def test_days_out_of_order_are_said_at_their_field(self, english_desk, wu, cupboard):
        answer = self.do(
            english_desk,
            wu,
            "record-piece",
            product_id=cupboard.pk,
            installed_on="2026-10-10",
            accepted_on="2026-10-01",
        )
        assert "the acceptance (2026-10-01) cannot lie before the installation" in text(answer)
        assert not wu.installed.exists()

    def test_words_that_choose_no_product_are_shown_again(self, english_desk, wu):
        answer = self.do(english_desk, wu, "record-piece", product_id_words="衣柜")
        assert "Choose one of those found while typing." in text(answer)
        assert "衣柜" in text(answer)

    def test_move_a_piece_to_its_new_owner(self, desk, wu, hers, li):
        self.do(desk, wu, "move-piece", hers, customer_id=li.pk, reason="二手转让")
        assert li.installed.get() == hers

    def test_a_row_of_somebody_else_is_not_found(self, desk, wu, li):
        assert self.do(desk, wu, "remove-contact", li.contacts.get()).status_code == 404

    @pytest.mark.parametrize("key", ["nothing", "remove-contact"])
    def test_an_act_that_does_not_fit_is_not_found(self, desk, wu, key):
        assert self.do(desk, wu, key).status_code == 404

    def test_a_store_may_record_but_not_remove(self, client, yamu, wu, cupboard):
        client.force_login(hire(yamu, "sun", "孙莉", Role.SALES_GUIDE))
        assert self.do(client, wu, "record-piece", product_id=cupboard.pk).status_code == 302
        assert self.do(client, wu, "remove-contact", wu.contacts.get()).status_code == 403

    def test_a_second_submit_has_its_effect_once(self, desk, wu):
        for _ in range(2):
            self.do(desk, wu, "add-address", address="沪闵路 9001 号", command_key="k1")
        assert wu.sites.count() == 2

    def test_a_file_opened_by_mistake_is_removed_and_one_in_use_stays(self, english_desk, wu, hers):
        answer = self.do(english_desk, wu, "remove")
        assert answer.status_code == 422
        assert "cannot be removed" in text(answer)
        customers.remove_installed(hers, actor=as_actor(wu_agent(wu)), now=NOW)
        assert self.do(english_desk, wu, "remove").headers["Location"] == "/customers/"
        assert not Customer.objects.filter(pk=wu.pk).exists()

    def test_open_a_file(self, desk):
        answer = desk.post("/customers/new/", {"name": "郑强", "phone": "138 0000 9999", "sort": "person"})
        opened = Customer.objects.get(name="郑强")
        assert answer.headers["Location"] == reverse("customer", args=[opened.pk])

    def test_a_file_needs_a_name_or_a_number(self, english_desk):
        answer = english_desk.post("/customers/new/", {"sort": "person"})
        assert "neither a name nor a phone number" in text(answer)


class TestMerge:
    @pytest.fixture
    def double(self, wang) -> Customer:
        """The same 吴桂芳, opened once more with another number too."""
        return customers.open_customer(
            name="吴桂芳", phones=[PHONE, "021-6400 1234"], note="狗", actor=as_actor(wang), now=NOW
        )

    def test_offers_files_with_the_same_number_or_name(self, desk, wu, double):
        page = desk.get(reverse("customer-merge", args=[wu.pk]))
        assert page.context["candidates"] == [double]

    def test_shows_what_would_move_before_anything_does(self, desk, wu, double):
        page = desk.get(reverse("customer-merge", args=[wu.pk]), {"duplicate_id": double.pk})
        found = page.context["preview"]
        assert (found.contacts, found.note, found.pieces) == (["+862164001234"], "狗", 0)
        double.refresh_from_db()
        assert double.merged_into is None

    def test_merges_and_old_addresses_lead_on(self, desk, wu, double):
        desk.post(reverse("customer-merge", args=[wu.pk]), {"duplicate_id": double.pk})
        answer = desk.get(reverse("customer", args=[double.pk]))
        assert answer.headers["Location"] == reverse("customer", args=[wu.pk])

    def test_a_file_is_not_merged_with_itself(self, english_desk, wu):
        answer = english_desk.get(reverse("customer-merge", args=[wu.pk]), {"duplicate_id": wu.pk})
        assert "cannot be merged with itself" in text(answer)


class TestLabels:
    def test_carry_the_address_by_which_anyone_reports(self, desk, wu, hers):
        page = desk.get(reverse("customer-labels", args=[wu.pk]))
        (label,) = page.context["labels"]
        assert label.address == f"http://testserver/q/{hers.qr}/"
        assert "<svg" in text(page)
        assert "style=" not in text(page)

    def test_of_one_piece(self, desk, wu, hers, cupboard, wang):
        customers.record_installed(wu, product_id=cupboard.pk, actor=as_actor(wang), now=NOW)
        page = desk.get(reverse("customer-labels", args=[wu.pk]), {"piece": hers.pk})
        assert [label.piece for label in page.context["labels"]] == [hers]


class TestSeek:
    def test_finds_customers_for_a_form(self, desk, wu):
        answer = text(desk.get("/seek/customers/", {"customer_id_words": "5678"}))
        assert f'data-value="{wu.pk}"' in answer
        assert MASKED in answer

    def test_finds_products_for_a_form(self, desk, cupboard):
        assert f'data-value="{cupboard.pk}"' in text(
            desk.get("/seek/products/", {"product_id_words": "YG-22"})
        )

    def test_says_so_when_there_is_none(self, english_desk):
        assert "Nothing found." in text(english_desk.get("/seek/customers/", {"q": "无名"}))


def wu_agent(customer):
    """Somebody who keeps this customer's file."""
    return hire(customer.organisation, "lin", "林静", Role.AGENT)


def report(customer, piece, agent):
    return cases.register_case(
        customer_id=customer.pk,
        installed_id=piece.pk,
        contact_id=customer.contacts.get().pk,
        symptom="滑门脱轨",
        channel="phone",
        actor=as_actor(agent),
        now=NOW,
    )


def worked_on(customer, piece, agent, technician):
    """A case from the call to a satisfied customer."""
    case = report(customer, piece, agent)
    cases.assess_case(
        case,
        is_reasonable=True,
        reasonable_grounds="照片可见",
        outcome="accepted",
        remedy="repair",
        place="home",
        actor=as_actor(agent),
        now=NOW,
    )
    visit = work.book_visit(
        case,
        technician_id=technician.pk,
        starts_at=TOMORROW_TEN,
        ends_at=TOMORROW_TEN + timedelta(hours=1),
        actor=as_actor(agent),
        now=NOW,
    )
    done = TOMORROW_TEN + timedelta(minutes=50)
    work.finish_visit(visit, result="fixed", work_done="更换下轨", actor=as_actor(technician), now=done)
    cases.record_return_call(case, result="satisfied", words="很满意", actor=as_actor(agent), now=done)
    return case
