"""/ui/: every component, seen as people see it: by day and by night, at a desk and on a phone."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import DESK, PHONE

WIDTHS = (PHONE["width"], 820, DESK["width"])
PAGES = ["", "case", "visit", "portal", "lost", "locked", "refused", "broken", "offline"]
SECTIONS = [
    "buttons", "tags", "said", "next", "facts", "people", "evidence", "photos", "timeline", "stations", "day",
    "drawing", "table", "empty", "form", "faults", "notices", "loading", "toasts-shown", "moving", "colours",
]  # fmt: skip


@pytest.fixture
def ui(live_server: Any) -> str:
    return f"{live_server.url}/ui/"


def speak(page: Page, ui: str, language: str) -> None:
    page.context.add_cookies([{"name": "language", "value": language, "url": ui}])


def serious(page: Page) -> list[str]:
    """What axe finds that keeps someone out: rule and first place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['target']} {fault['nodes'][0]['failureSummary']}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


def test_shows_every_component(page: Page, ui: str) -> None:
    page.goto(ui)
    for section in SECTIONS:
        expect(page.locator(f"#{section}")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_keeps_nobody_out(page: Page, ui: str, name: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(ui + name)
    page.wait_for_load_state("networkidle")
    assert serious(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_never_scrolls_sideways(page: Page, ui: str, name: str) -> None:
    for language in ("zh-hans", "en"):
        speak(page, ui, language)
        page.goto(ui + name)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (language, width)


class TestDrawing:
    """The live drawing: where the case is, who owes the step, what was gone through."""

    def test_shows_the_step_that_waits_with_its_owner_and_the_loops(self, page: Page, ui: str) -> None:
        page.goto(ui + "case")
        waiting = page.locator("[data-element-id=consent]")
        expect(waiting).to_have_class(re.compile("is-here"))
        expect(waiting).to_have_attribute("aria-current", "step")
        expect(page.locator(".flow__who")).to_have_text("李女士 · 39 分钟")
        expect(page.locator(".flow__times").first).to_have_text(re.compile("×[23]"))
        expect(page.locator("[data-element-id=f9]")).to_have_class(re.compile("is-taken"))
        expect(page.locator("[data-element-id=call]")).to_have_class(re.compile("is-never"))

    def test_a_step_opens_by_keyboard_and_the_focus_comes_back(self, page: Page, ui: str) -> None:
        page.goto(ui + "case")
        step = page.locator("[data-element-id=book]")
        step.focus()
        page.keyboard.press("Enter")
        panel = page.locator("[data-flow-panel]")
        expect(panel.get_by_role("heading", name="预约时间")).to_be_visible()
        expect(panel).to_contain_text("王敏")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(step).to_be_focused()

    def test_keeps_the_mark_of_bpmn_io_in_sight(self, page: Page, ui: str) -> None:
        page.goto(ui + "case")
        expect(page.locator(".bjs-powered-by")).to_be_visible()

    def test_a_phone_sees_stations_and_may_ask_for_the_drawing(self, page: Page, ui: str) -> None:
        page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        page.goto(ui + "case")
        expect(page.locator("[data-flow-list]")).to_be_visible()
        expect(page.locator("[data-flow-canvas]")).to_be_hidden()
        page.get_by_role("button", name="流程图").click()
        expect(page.locator("[data-flow-canvas] svg").first).to_be_visible()

    def test_without_a_script_the_stations_stand_there(self, browser: Any, ui: str) -> None:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(ui + "case")
        expect(page.locator("[data-flow-list]")).to_contain_text("等您确认时间")


class TestKeyboard:
    """The desk works without a mouse."""

    def test_ctrl_k_finds_a_page_by_its_name(self, page: Page, ui: str) -> None:
        page.goto(ui)
        page.keyboard.press("Control+k")
        page.keyboard.type("售服")
        expect(page.locator("#palette [role=option]:visible")).to_have_text(["售服单"])
        page.keyboard.press("Enter")
        expect(page).to_have_url(ui + "case")

    def test_a_question_mark_lists_the_keys_but_not_while_writing(self, page: Page, ui: str) -> None:
        page.goto(ui)
        page.get_by_label("客户姓名").first.press("?")
        expect(page.locator("#keys")).to_be_hidden()
        page.locator("h1").click()
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_be_hidden()

    def test_arrows_walk_down_a_list(self, page: Page, ui: str) -> None:
        page.goto(ui)
        page.get_by_role("link", name="S-2411-0387", exact=True).focus()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name="S-2411-0386")).to_be_focused()


class TestForm:
    """Fields: what is wrong is said, linked and read out; what is chosen is kept."""

    def test_a_fault_is_named_at_the_field_and_linked_from_above(self, page: Page, ui: str) -> None:
        page.goto(ui)
        faults = page.locator("#faults")
        phone = faults.get_by_label("电话")
        expect(phone).to_have_attribute("aria-invalid", "true")
        expect(phone).to_have_accessible_description(re.compile("不像电话号码"))
        faults.get_by_role("link", name="电话").click()
        expect(phone).to_be_focused()

    def test_search_select_keeps_the_value_of_what_was_chosen(self, page: Page, ui: str) -> None:
        page.goto(ui)
        page.locator("#form").get_by_role("combobox", name="产品").fill("李")
        found = page.locator("#form [role=option]")
        expect(found).to_have_count(2)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#form [name=product]")).to_have_value("2")
        expect(page.locator("#form").get_by_role("combobox", name="产品")).to_have_value("李卫国 139****0012")

    def test_photos_are_shown_before_they_are_sent(self, page: Page, ui: str) -> None:
        page.goto(ui)
        photo: FilePayload = {"name": "下轨.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
        other: FilePayload = {"name": "滑轮.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
        page.locator("#form input[type=file]").set_input_files([photo, other])
        page.get_by_role("button", name="移除: 下轨.png").click()
        assert page.evaluate("[...document.querySelector('#form [type=file]').files].map(f => f.name)") == [
            "滑轮.png"
        ]


class TestAppearance:
    """Language and theme are remembered on the device."""

    def test_english_stays(self, page: Page, ui: str) -> None:
        page.goto(ui)
        page.locator("main").get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Components")
        page.goto(ui + "case")
        expect(page.locator("html")).to_have_attribute("lang", "en")

    def test_dark_stays_whatever_the_device_prefers(self, page: Page, ui: str) -> None:
        page.emulate_media(color_scheme="light")
        page.goto(ui)
        with page.expect_response(re.compile("appearance")):
            page.locator("main").get_by_role("button", name="深色", exact=True).click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_first_page_of_the_desk_weighs_little(page: Page, ui: str) -> None:
    """At most 300 KB over the wire, compressed; the server of the tests sends it plain, so gzip is counted here."""
    import gzip

    bodies: list[bytes] = []
    page.on("response", lambda answer: bodies.append(answer.body()) if answer.ok else None)
    page.goto(ui + "lost")
    page.goto(ui)
    page.wait_for_load_state("networkidle")
    assert sum(len(gzip.compress(body)) for body in bodies) < 300_000
