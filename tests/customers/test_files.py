"""客户档案: opened, corrected, reached, merged."""

import pytest

from shouhou.core import audit, events, search
from shouhou.core.models import Event
from shouhou.core.phones import NotAPhone
from shouhou.core.refusals import NotAllowed, NotFound, Unfit
from shouhou.customers import services
from shouhou.customers.models import Contact, Customer, Site
from shouhou.customers.refusals import ContactKnown, InUse, MergedAway, Nameless, SameCustomer
from tests.conftest import NOW, as_actor
from tests.customers.conftest import PHONE

pytestmark = pytest.mark.django_db


def found(organisation, words):
    return {key for _kind, key in search.find(organisation.pk, words, ["customer"])}


class TestOpenCustomer:
    """建档: a name or a phone number is enough."""

    def test_keeps_the_first_phone_as_the_main_one(self, wang):
        customer = services.open_customer(
            name="李秀兰",
            phones=["139 0000 5678", "021-6400 1234", "13900005678"],
            actor=as_actor(wang),
            now=NOW,
        )
        contacts = customer.contacts.order_by("pk")
        assert [(contact.value, contact.is_main) for contact in contacts] == [
            ("+8613900005678", True),
            ("+862164001234", False),
        ]

    def test_is_found_at_once_by_name_phone_and_address(self, li, yamu):
        for words in ("李秀兰", "lxl", "5678", "七莘路"):
            assert li.pk in found(yamu, words), words

    def test_takes_a_phone_alone(self, wang):
        customer = services.open_customer(phones=[PHONE], actor=as_actor(wang), now=NOW)
        assert customer.name == ""

    def test_refuses_neither_name_nor_phone(self, wang):
        with pytest.raises(Nameless):
            services.open_customer(note="有人来过电话", actor=as_actor(wang), now=NOW)
        assert not Customer.objects.exists()

    def test_tells_every_entry_at_once_and_keeps_nothing(self, wang):
        with pytest.raises(Unfit) as unfit:
            services.open_customer(
                name="李" * 101,
                phones=["12345"],
                address="路" * 201,
                sort="dog",
                actor=as_actor(wang),
                now=NOW,
            )
        assert set(unfit.value.problems) == {"name", "phones", "address", "sort"}
        assert "12345" in unfit.value.problems["phones"]
        assert not Customer.objects.exists()
        assert not Event.objects.exists()

    def test_takes_neither_a_name_of_five_megabytes_nor_a_thousand_phones(self, wang):
        with pytest.raises(Unfit) as unfit:
            services.open_customer(
                name="李" * 5_000_000, phones=[PHONE] * 1_000, actor=as_actor(wang), now=NOW
            )
        assert set(unfit.value.problems) == {"name", "phones"}

    def test_cleans_control_characters(self, wang):
        customer = services.open_customer(name="李\x00秀\u202e兰\x1b", actor=as_actor(wang), now=NOW)
        assert customer.name == "李秀兰"

    def test_keeps_the_name_out_of_the_chain(self, li, yamu):
        event = Event.objects.get(kind="customers.opened")
        assert "李秀兰" not in str(event.payload)
        assert events.reveal(yamu.pk, event.payload)["name"] == "李秀兰"

    def test_a_second_submit_opens_one_file(self, wang):
        for _ in range(2):
            services.open_customer(name="李秀兰", phones=[PHONE], actor=as_actor(wang, "k1"), now=NOW)
        assert Customer.objects.count() == 1

    def test_is_not_a_technicians(self, zhang):
        with pytest.raises(NotAllowed):
            services.open_customer(name="李秀兰", actor=as_actor(zhang), now=NOW)


class TestCorrectCustomer:
    def test_tells_what_it_was_and_what_it_is(self, li, wang, yamu):
        services.correct_customer(li, name="李秀岚", actor=as_actor(wang), now=NOW)

        told = events.reveal(yamu.pk, Event.objects.get(kind="customers.corrected").payload)
        assert (told["fields"], told["name_before"], told["name_after"]) == (["name"], "李秀兰", "李秀岚")
        assert found(yamu, "秀岚")
        assert not found(yamu, "秀兰")

    def test_says_nothing_when_nothing_changes(self, li, wang):
        services.correct_customer(li, name="李秀兰", actor=as_actor(wang), now=NOW)
        assert not Event.objects.filter(kind="customers.corrected").exists()

    def test_does_not_find_another_companys_file(self, hengda, wang):
        theirs = Customer.objects.create(organisation=hengda, name="赵总", opened_at=NOW)
        with pytest.raises(NotFound):
            services.correct_customer(theirs.pk, name="赵", actor=as_actor(wang), now=NOW)


class TestContacts:
    def test_another_main_phone_takes_the_place_of_the_first(self, li, wang):
        new = services.add_contact(li, value="13900009999", is_main=True, actor=as_actor(wang), now=NOW)
        assert list(li.contacts.filter(is_main=True)) == [new]

    def test_a_known_number_is_refused_as_people_write_it(self, li, wang):
        with pytest.raises(ContactKnown, match="139 0000 5678"):
            services.add_contact(li, value="+86 139-0000-5678", actor=as_actor(wang), now=NOW)

    def test_the_oldest_other_becomes_main_when_the_main_one_goes(self, li, wang):
        first = li.contacts.get()
        second = services.add_contact(li, value="13900009999", actor=as_actor(wang), now=NOW)
        services.remove_contact(first, actor=as_actor(wang), now=NOW)

        second.refresh_from_db()
        assert second.is_main

    def test_a_corrected_number_is_found_and_the_wrong_one_no_longer(self, li, wang, yamu):
        services.correct_contact(li.contacts.get(), value="13900001111", actor=as_actor(wang), now=NOW)
        assert found(yamu, "13900001111")
        assert not found(yamu, "5678")
        assert li.contacts.get().backwards == "11110000931"

    def test_set_main_contact_moves_the_mark(self, li, wang):
        second = services.add_contact(li, value="13900009999", actor=as_actor(wang), now=NOW)
        services.set_main_contact(second, actor=as_actor(wang), now=NOW)
        assert list(li.contacts.filter(is_main=True)) == [second]

    @pytest.mark.parametrize(
        ("sort", "value"), [("phone", "138"), ("email", "li at example"), ("fax", "x"), ("pigeon", "1")]
    )
    def test_what_is_no_contact_is_refused(self, li, wang, sort, value):
        with pytest.raises((Unfit, NotAPhone)):
            services.add_contact(li, value=value, sort=sort, actor=as_actor(wang), now=NOW)
        assert li.contacts.count() == 1

    def test_an_email_is_kept_in_small_letters(self, li, wang):
        contact = services.add_contact(
            li, value="Li@Example.COM", sort="email", actor=as_actor(wang), now=NOW
        )
        assert (contact.value, contact.is_main, contact.forwards) == ("li@example.com", True, "")


class TestSites:
    def test_the_first_is_the_main_one(self, li, wang):
        second = services.add_site(li, address="松江区文诚路 500 弄 3 号", actor=as_actor(wang), now=NOW)
        assert li.sites.get(is_main=True) != second

        services.set_main_site(second, actor=as_actor(wang), now=NOW)
        assert li.sites.get(is_main=True) == second

    def test_degrees_of_the_old_address_do_not_stand_for_the_new_one(self, li, wang):
        site = li.sites.get()
        services.correct_site(site, latitude="31.1459", longitude=121.3582, actor=as_actor(wang), now=NOW)
        corrected = services.correct_site(site, address="闵行区七莘路 1866 弄", actor=as_actor(wang), now=NOW)
        assert (corrected.latitude, corrected.longitude) == (None, None)

    @pytest.mark.parametrize("latitude", ["91", "north", "NaN", "1e999"])
    def test_impossible_degrees_are_refused(self, li, wang, latitude):
        with pytest.raises(Unfit):
            services.correct_site(li.sites.get(), latitude=latitude, actor=as_actor(wang), now=NOW)

    def test_a_place_a_piece_stands_at_is_not_removed(self, li, hers, wang):
        site = li.sites.get()
        services.correct_installed(hers, site_id=site.pk, actor=as_actor(wang), now=NOW)
        with pytest.raises(InUse, match="1"):
            services.remove_site(site, actor=as_actor(wang), now=NOW)
        assert Site.objects.filter(pk=site.pk).exists()


class TestMergeCustomers:
    """合并档案: the file that lives on gets everything."""

    @pytest.fixture
    def double(self, wang):
        return services.open_customer(
            name="李秀兰", phones=[PHONE, "13900009999"], address="松江区文诚路", note="周末在家",
            actor=as_actor(wang), now=NOW,
        )  # fmt: skip

    def test_moves_contacts_addresses_and_pieces_once(self, li, double, wang, wardrobe):
        piece = services.record_installed(double, product_id=wardrobe.pk, actor=as_actor(wang), now=NOW)
        services.merge_customers(li, duplicate_id=double.pk, actor=as_actor(wang), now=NOW)

        for row in (li, double, piece):
            row.refresh_from_db()
        assert double.merged_into == li
        assert piece.customer == li
        assert li.note == "周末在家"
        assert sorted(li.contacts.values_list("value", flat=True)) == ["+8613900005678", "+8613900009999"]
        assert li.contacts.filter(is_main=True).count() == 1
        assert li.sites.count() == 2
        assert li.sites.filter(is_main=True).count() == 1

    def test_only_the_living_file_is_found(self, li, double, wang, yamu):
        services.merge_customers(li, duplicate_id=double.pk, actor=as_actor(wang), now=NOW)
        assert found(yamu, "李秀兰") == {li.pk}
        assert found(yamu, "13900009999") == {li.pk}

    def test_signposts_lead_to_the_last_file(self, li, double, wang):
        third = services.open_customer(name="李秀兰", actor=as_actor(wang), now=NOW)
        services.merge_customers(double, duplicate_id=third.pk, actor=as_actor(wang), now=NOW)
        services.merge_customers(li, duplicate_id=double.pk, actor=as_actor(wang), now=NOW)
        third.refresh_from_db()
        assert third.merged_into == li

    def test_nothing_more_is_written_into_the_signpost(self, li, double, wang):
        services.merge_customers(li, duplicate_id=double.pk, actor=as_actor(wang), now=NOW)
        with pytest.raises(MergedAway, match="李秀兰"):
            services.add_contact(double, value="13900001111", actor=as_actor(wang), now=NOW)

    def test_a_file_is_not_merged_with_itself(self, li, wang):
        with pytest.raises(SameCustomer):
            services.merge_customers(li, duplicate_id=li.pk, actor=as_actor(wang), now=NOW)

    def test_leaves_a_whole_chain(self, li, double, wang, yamu):
        services.merge_customers(li, duplicate_id=double.pk, actor=as_actor(wang), now=NOW)
        assert list(audit.verify(yamu)) == []


class TestRemoveCustomer:
    def test_removes_a_file_opened_by_mistake(self, li, wang, yamu):
        services.remove_customer(li, actor=as_actor(wang), now=NOW)
        assert not Customer.objects.exists()
        assert not Contact.objects.exists()
        assert not found(yamu, "5678")

    def test_refuses_while_it_owns_something_and_changes_nothing(self, li, hers, wang, yamu):
        with pytest.raises(InUse):
            services.remove_customer(li, actor=as_actor(wang), now=NOW)
        assert li.sites.count() == 1
        assert found(yamu, "5678") == {li.pk}
