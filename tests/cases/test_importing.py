"""导入未结投诉: each row a case, once; taken back, it is withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest

from shouhou.cases import services as cases
from shouhou.cases.models import Case
from shouhou.core.models import ImportRow
from shouhou.core.refusals import NotAllowed
from shouhou.core.sheets import services
from shouhou.customers import services as customers
from shouhou.customers.models import Customer
from tests.conftest import NOW, as_actor
from tests.core.test_sheets import workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("电话", "客户", "产品型号", "序列号", "故障现象", "报修时间", "渠道", "地址")
PHONE = "139 0000 8888"


@pytest.fixture
def agent(wang):
    return as_actor(wang)


@pytest.fixture
def zhao(agent) -> Customer:
    """赵国强, who owns a wardrobe with a serial number."""
    return customers.open_customer(
        name="赵国强", phones=[PHONE], address="延安西路 900 号", actor=agent, now=NOW
    )


@pytest.fixture
def his(zhao, agent, zhou):
    product = customers.add_product(code="YG-9", name="折叠门衣柜", actor=as_actor(zhou), now=NOW)
    return customers.record_installed(zhao, product_id=product.pk, serial="S-9001", actor=agent, now=NOW)


def show(actor, *rows):
    return services.show("cases.complaints", "投诉.xlsx", workbook(HEADINGS, *rows), actor=actor, now=NOW)


def verdicts(batch):
    return list(batch.rows.order_by("place").values_list("verdict", flat=True))


def test_registers_the_case_of_the_customers_piece(his, zhao, agent):
    row = (PHONE, "赵国强", "YG-9", "S-9001", "门板下垂", "2026-11-20 16:30", "门店", "")
    services.apply_import(show(agent, row), actor=agent, now=NOW)

    case = Case.objects.get()
    assert (case.customer, case.installed, case.site) == (zhao, his, zhao.sites.get())
    assert (case.channel, case.reported_at) == ("store", datetime(2026, 11, 20, 8, 30, tzinfo=UTC))


def test_nobody_is_said_to_have_answered_by_the_import(his, agent):
    services.apply_import(
        show(agent, (PHONE, "赵国强", "", "", "门板下垂", "2026-11-20 16:30", "电话")), actor=agent, now=NOW
    )
    assert Case.objects.get().responded_at is None


def test_opens_the_file_of_a_customer_not_yet_known(agent):
    batch = show(agent, ("13900007777", "孙丽", "", "", "异响", "", "", "花木路 5 号"))
    assert verdicts(batch) == ["new"]
    assert not Customer.objects.filter(name="孙丽").exists()

    services.apply_import(batch, actor=agent, now=NOW)
    case = Case.objects.get()
    assert (case.customer.name, case.site.address) == ("孙丽", "花木路 5 号")


def test_the_same_complaint_is_one_case(his, zhao, agent):
    cases.register_case(customer_id=zhao.pk, symptom="门板下垂", channel="phone", actor=agent, now=NOW)
    rows = [
        (PHONE, "赵国强", "", "", "门板下垂", "2026-11-24 08:00"),
        (PHONE, "赵国强", "", "", "异响", ""),
        (PHONE, "赵国强", "", "", "异响", ""),
    ]
    batch = show(agent, *rows)
    assert verdicts(batch) == ["same", "new", "same"]

    services.apply_import(batch, actor=agent, now=NOW)
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((PHONE, "赵国强", "YG-9", "S-9001", "", ""), "symptom"),
        ((PHONE, "赵国强", "", "", "异响", "2026-12-24 08:00"), "reported_at"),
        ((PHONE, "赵国强", "", "", "异响", "昨天下午"), "reported_at"),
        ((PHONE, "赵国强", "YG-0", "", "异响", ""), "code"),
        (("13900007777", "孙丽", "", "S-9001", "异响", ""), "serial"),
        ((PHONE, "王五", "", "", "异响", ""), "phone"),
        ((PHONE, "赵国强", "", "", "异响", "", "信鸽"), "channel"),
    ],
)
def test_says_what_is_in_the_way(his, agent, row, column):
    batch = show(agent, row)
    assert verdicts(batch) == ["refused"]
    assert set(batch.rows.get().problems) == {column}


def test_an_unknown_serial_is_kept_in_the_details(his, agent):
    row = (PHONE, "赵国强", "YG-9", "S-7777", "异响", "", "")
    services.apply_import(show(agent, row), actor=agent, now=NOW)
    case = Case.objects.get()
    assert case.installed is None
    assert "S-7777" in case.details


def test_undone_the_case_is_withdrawn(his, agent):
    batch = services.apply_import(show(agent, (PHONE, "赵国强", "", "", "异响", "")), actor=agent, now=NOW)
    services.undo_import(batch, actor=agent, now=NOW)
    assert Case.objects.get().state == Case.State.WITHDRAWN


def test_a_case_somebody_works_on_stays(his, agent):
    batch = services.apply_import(show(agent, (PHONE, "赵国强", "", "", "异响", "")), actor=agent, now=NOW)
    cases.record_contact(Case.objects.get(), words="已联系", actor=agent, now=NOW + timedelta(hours=1))
    services.undo_import(batch, actor=agent, now=NOW + timedelta(hours=2))
    assert Case.objects.get().state == Case.State.OPEN
    assert batch.rows.get().outcome == ImportRow.Outcome.STAYS


def test_is_not_the_administrators(admin):
    with pytest.raises(NotAllowed):
        show(as_actor(admin), (PHONE, "赵国强", "", "", "异响", ""))
