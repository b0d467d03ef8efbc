"""在保产品: what stands where, and the days that decide."""

from datetime import date, timedelta

import pytest

from shouhou.core import search
from shouhou.core.refusals import NotFound, Unfit
from shouhou.customers import services
from shouhou.customers.models import InstalledProduct, Product
from shouhou.customers.refusals import ProductKnown, Retired, SerialTaken
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


class TestRecordInstalled:
    def test_makes_a_code_nobody_can_guess(self, li, wardrobe, wang):
        codes = {
            services.record_installed(li, product_id=wardrobe.pk, actor=as_actor(wang), now=NOW).qr
            for _ in range(20)
        }
        assert len(codes) == 20
        assert all(len(code) == 24 for code in codes)

    def test_is_found_by_a_part_of_its_serial(self, hers, yamu):
        assert search.find(yamu.pk, "0417", ["installed"]) == [("installed", hers.pk)]

    @pytest.mark.parametrize(
        ("days", "field"),
        [
            ({"bought_on": TODAY + timedelta(days=1)}, "bought_on"),
            ({"bought_on": date(2026, 9, 2), "installed_on": date(2026, 9, 1)}, "installed_on"),
            ({"installed_on": date(2026, 9, 2), "accepted_on": date(2026, 9, 1)}, "accepted_on"),
            ({"bought_on": date(2026, 9, 2), "accepted_on": date(2026, 9, 1)}, "accepted_on"),
            ({"accepted_on": date(2026, 9, 2), "warranty_until": date(2026, 9, 1)}, "warranty_until"),
            ({"bought_on": date(206, 9, 1)}, "bought_on"),
            ({"warranty_until": date(9999, 1, 1)}, "warranty_until"),
        ],
    )
    def test_refuses_days_that_cannot_be(self, li, wardrobe, wang, days, field):
        with pytest.raises(Unfit) as unfit:
            services.record_installed(li, product_id=wardrobe.pk, **days, actor=as_actor(wang), now=NOW)
        assert set(unfit.value.problems) == {field}
        assert not InstalledProduct.objects.exists()

    def test_takes_the_same_day_for_all(self, li, wardrobe, wang):
        day = dict.fromkeys(("bought_on", "installed_on", "accepted_on"), TODAY)
        assert services.record_installed(li, product_id=wardrobe.pk, **day, actor=as_actor(wang), now=NOW)

    def test_names_the_other_customer_of_a_serial_masked(self, hers, wardrobe, wang):
        zhao = services.open_customer(name="赵国强", actor=as_actor(wang), now=NOW)
        with pytest.raises(SerialTaken) as taken:
            services.record_installed(
                zhao, product_id=wardrobe.pk, serial=hers.serial, actor=as_actor(wang), now=NOW
            )
        assert "李**" in taken.value.sentence
        assert "秀兰" not in str(taken.value)

    def test_does_not_find_another_customers_address(self, li, wardrobe, wang):
        zhao = services.open_customer(name="赵国强", address="长宁区", actor=as_actor(wang), now=NOW)
        with pytest.raises(NotFound):
            services.record_installed(
                li, product_id=wardrobe.pk, site_id=zhao.sites.get().pk, actor=as_actor(wang), now=NOW
            )


class TestCorrectInstalled:
    def test_checks_the_new_days_against_the_old_ones(self, hers, wang):
        with pytest.raises(Unfit) as unfit:
            services.correct_installed(hers, accepted_on=date(2026, 10, 8), actor=as_actor(wang), now=NOW)
        assert set(unfit.value.problems) == {"accepted_on"}

    def test_empties_a_day_nobody_is_sure_of(self, hers, wang):
        services.correct_installed(hers, accepted_on=None, actor=as_actor(wang), now=NOW)
        hers.refresh_from_db()
        assert (hers.accepted_on, hers.installed_on) == (None, date(2026, 10, 9))

    def test_its_own_serial_is_no_clash(self, hers, wang):
        services.correct_installed(hers, serial=hers.serial, sold_by="徐汇店", actor=as_actor(wang), now=NOW)
        hers.refresh_from_db()
        assert hers.sold_by == "徐汇店"


class TestLaterLife:
    def test_a_piece_that_changed_hands_leaves_its_address_behind(self, hers, li, wang):
        services.correct_installed(hers, site_id=li.sites.get().pk, actor=as_actor(wang), now=NOW)
        zhao = services.open_customer(name="赵国强", actor=as_actor(wang), now=NOW)
        moved = services.move_installed(
            hers, customer_id=zhao.pk, reason="二手转让", actor=as_actor(wang), now=NOW
        )
        assert (moved.customer, moved.site) == (zhao, None)

    def test_is_retired_once(self, hers, wang):
        services.retire_installed(hers, on=TODAY, reason="报废", actor=as_actor(wang), now=NOW)
        with pytest.raises(Retired, match="2026-11-24"):
            services.retire_installed(hers, on=TODAY, actor=as_actor(wang), now=NOW)

    def test_is_removed_when_recorded_by_mistake(self, hers, wang, yamu):
        services.remove_installed(hers, actor=as_actor(wang), now=NOW)
        assert not InstalledProduct.objects.exists()
        assert search.find(yamu.pk, "0417", ["installed"]) == []


class TestProducts:
    def test_a_code_stands_once(self, wardrobe, zhou):
        with pytest.raises(ProductKnown, match="推拉门衣柜"):
            services.add_product(code="YG-2218", name="衣柜", actor=as_actor(zhou), now=NOW)
        assert Product.objects.count() == 1

    @pytest.mark.parametrize("months", ["-1", "241", "一年", "1.5", ""])
    def test_a_term_is_whole_months(self, zhou, months):
        with pytest.raises(Unfit) as unfit:
            services.add_product(code="A", name="B", warranty_months=months, actor=as_actor(zhou), now=NOW)
        assert set(unfit.value.problems) == {"warranty_months"}

    def test_is_retired_and_brought_back(self, wardrobe, zhou):
        assert not services.retire_product(wardrobe, actor=as_actor(zhou), now=NOW).is_active
        assert services.bring_back_product(wardrobe, actor=as_actor(zhou), now=NOW).is_active
