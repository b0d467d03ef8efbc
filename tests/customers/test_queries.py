"""The file appears while the number is typed."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from shouhou.core.models import Event
from shouhou.core.refusals import NotAllowed
from shouhou.customers import queries, services
from shouhou.customers.exporting import export_customers, export_installed
from shouhou.customers.models import Contact, Customer
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


class TestFindByPhone:
    """来电: found by the first or the last digits, in whatever form they are typed."""

    @pytest.mark.parametrize(
        "typed", ["1390", "13900005", "5678", "05678", "139 0000 5678", "+861390", "8613900", "００５６７８"]
    )
    def test_finds_by_first_or_last_digits(self, li, wang, typed):
        assert [found.customer for found in queries.find_by_phone(as_actor(wang), typed)] == [li]

    @pytest.mark.parametrize("typed", ["", "139", "abc", "9000", "1391", "56789"])
    def test_finds_nothing_else(self, li, wang, typed):
        assert queries.find_by_phone(as_actor(wang), typed) == []

    @pytest.mark.parametrize("typed", ["021-6400", "02164001234", "6400 1234", "86216400"])
    def test_finds_a_landline_with_or_without_its_area_code(self, li, wang, typed):
        services.add_contact(li, value="021-6400 1234 转 8012", actor=as_actor(wang), now=NOW)
        assert [found.customer for found in queries.find_by_phone(as_actor(wang), typed)] == [li]

    def test_finds_numbers_of_nines(self, wang):
        customer = services.open_customer(name="九", phones=["19999999999"], actor=as_actor(wang), now=NOW)
        found = queries.find_by_phone(as_actor(wang), "9999")
        assert [one.customer for one in found] == [customer]

    def test_takes_three_statements(self, li, wang, django_assert_max_num_queries):
        for number in range(20):
            phones = [f"1390000{number:04d}"]
            services.open_customer(
                name="邻居", phones=phones, address="七莘路", actor=as_actor(wang), now=NOW
            )
        actor = as_actor(wang)
        with django_assert_max_num_queries(3):
            found = queries.find_by_phone(actor, "1390000")
            assert [str(site) for one in found for site in one.customer.sites.all()]
        assert len(found) == queries.MOST_FOUND

    def test_stays_within_the_organisation(self, li, hengda, wang):
        theirs = Customer.objects.create(organisation=hengda, name="赵总", opened_at=NOW)
        Contact.objects.create(
            organisation=hengda,
            customer=theirs,
            value="+8613900005678",
            forwards="13900005678",
            backwards="87650000931",
        )
        assert [found.customer for found in queries.find_by_phone(as_actor(wang), "5678")] == [li]

    def test_a_technician_does_not_look_customers_up(self, li, zhang):
        assert queries.find_by_phone(as_actor(zhang), "5678") == []

    def test_leads_to_the_living_file(self, li, wang):
        double = services.open_customer(name="李", phones=["13900005678"], actor=as_actor(wang), now=NOW)
        services.merge_customers(li, duplicate_id=double.pk, actor=as_actor(wang), now=NOW)
        assert [found.customer for found in queries.find_by_phone(as_actor(wang), "5678")] == [li]


class TestCustomerFile:
    def test_shows_what_they_own_and_its_cover(self, li, hers, wang):
        file = queries.customer_file(as_actor(wang), li, on=TODAY)

        (owned,) = file.owned
        assert (owned.piece, owned.cover.in_warranty, owned.cover.until) == (hers, True, date(2027, 10, 10))
        assert [str(contact) for contact in file.contacts] == ["+8613900005678"]
        assert [site.district for site in file.sites] == ["闵行区"]

    def test_counts_the_rows_of_rooms_above(self, li, wang):
        assert queries.counts(as_actor(wang), li)["cases.case"] == 0

    def test_is_found_by_words(self, li, wang):
        assert queries.find_customers(as_actor(wang), "lxl") == [li]


class TestExport:
    """导出: whole for the office, masked for others, and noted."""

    def read(self, content):
        return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()

    def test_shows_the_office_everything(self, li, zhou):
        title, row = self.read(export_customers(actor=as_actor(zhou), now=NOW))
        assert len(title) == len(row)
        assert row[0] == "李秀兰"
        assert "139 0000 5678" in row

    def test_masks_for_others(self, li, hers, admin):
        for content in (
            export_customers(actor=as_actor(admin), now=NOW),
            export_installed(actor=as_actor(admin), now=NOW),
        ):
            row = self.read(content)[1]
            assert row[0] == "李**"
            assert "139****5678" in row
            assert "七莘路" not in str(row)

    def test_is_noted(self, li, zhou):
        export_customers(actor=as_actor(zhou), now=NOW)
        payload = Event.objects.get(kind="core.exported").payload
        assert payload == {"what": "customers.export", "rows": 1, "reveals": True}

    def test_needs_the_right(self, li, zhang):
        with pytest.raises(NotAllowed):
            export_customers(actor=as_actor(zhang), now=NOW)
