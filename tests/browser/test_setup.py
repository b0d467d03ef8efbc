"""Setup in a real browser: an empty installation is founded and furnished without a shell, by hand and eye."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from shouhou.people.models import Person
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "lamp-river-42"
PAGES = [
    "/setup/",
    "/setup/organisation/",
    "/setup/calendar/",
    "/setup/policies/",
    "/setup/able/",
    "/setup/people/",
    "/setup/products/",
    "/setup/record/",
    "/setup/do/hire/",
    "/setup/do/grant-leave/",
    "/atlas/",
    "/atlas/a/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/password/change/",
]


@pytest.fixture
def founded(page: Page, live_server: Any) -> Page:
    """何平, who has just founded 雅木家居 in this browser."""
    page.goto(live_server.url)
    for label, text in {"企业名称": "雅木家居", "您的姓名": "何平", "登录名": "heping"}.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    page.get_by_role("button", name="开始使用").click()
    expect(page).to_have_url(f"{live_server.url}/setup/")
    return page


def fill(page: Page, **entries: str) -> None:
    for name, text in entries.items():
        page.locator(f"[name={name}]").fill(text)


def follow(page: Page, link: str, **entries: str) -> None:
    """Open a form by its link, fill it in, send it."""
    page.get_by_role("link", name=link).first.click()
    fill(page, **entries)
    page.locator("main .btn--go[type=submit]").click()


def test_an_empty_organisation_is_set_up_step_by_step(founded: Page, live_server: Any) -> None:
    page = founded
    page.get_by_role("link", name="去填写").click()
    follow(page, "修改", hotline="400-820-1234")

    page.goto(f"{live_server.url}/setup/")
    page.get_by_role("link", name="去填写").click()
    follow(page, "添加工种", name="木作")
    follow(page, "添加技能", name="滑门")

    for name, role, username in (("王敏", "客服专员", "wangmin"), ("张建国", "师傅", "zhangjg")):
        page.goto(f"{live_server.url}/setup/people/")
        page.get_by_role("link", name="办理入职").click()
        fill(page, name=name)
        page.get_by_label(role, exact=False).first.check()
        page.get_by_role("button", name="入职").click()
        if role == "师傅":
            page.get_by_role("link", name="添加").first.click()
            page.locator("[name=skill]").select_option(label="木作 · 滑门")
            page.get_by_role("button", name="保存技能").click()
        follow(page, "开通账号", username=username)
        assert len(page.locator("[data-once]").inner_text()) == 14

    page.goto(f"{live_server.url}/setup/products/")
    follow(page, "添加产品", code="W240", name="雅木三门衣柜")

    page.goto(f"{live_server.url}/setup/")
    expect(page.get_by_role("region", name="下一步")).to_contain_text("接第一个电话")
    assert Person.objects.filter(password_given_at__isnull=False).count() == 2


def test_keeps_nobody_out_and_never_scrolls_sideways(founded: Page, live_server: Any) -> None:
    page = founded
    troubles = []
    for path in PAGES:
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page).response["violations"]
        troubles += [
            f"{path} {fault['id']}: {fault['nodes'][0]['target']}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        page.set_viewport_size(PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        troubles += [f"{path} is {wide} px too wide on a phone"] if wide > 0 else []
        page.set_viewport_size({"width": 1366, "height": 900})
    assert troubles == []


def test_a_drawing_is_shown_as_a_drawing(founded: Page, live_server: Any) -> None:
    page = founded
    page.goto(f"{live_server.url}/atlas/a/")
    expect(page.locator(".flow__canvas svg").first).to_be_visible()
    page.locator("[data-element-id]", has_text="评估").first.click()
    expect(page.locator(".flow__panel")).to_contain_text("客服专员")
