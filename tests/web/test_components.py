"""The components, the fields and the switch of language and theme."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from shouhou.core.refusals import NotFound
from shouhou.kernel.window import Window
from shouhou.web.ui.fields import FilesField, PhoneField, WindowField
from shouhou.web.ui.forms import SampleForm

TEMPLATES = Path(__file__).parents[2] / "shouhou" / "web" / "templates"
COMPONENTS = sorted((TEMPLATES / "cotton").glob("*.html"))


def shown() -> str:
    """Everything /ui/ and its frames are made of, and the components these use in turn."""
    files = [*TEMPLATES.glob("ui/**/*.html"), *TEMPLATES.glob("layouts/*.html"), TEMPLATES / "refusal.html"]
    return "".join(file.read_text() for file in [*files, *COMPONENTS])


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda file: file.stem)
def test_every_component_says_how_to_call_it_and_is_shown(component: Path) -> None:
    source = component.read_text()
    assert source.startswith("{% comment %}\nui/" + component.stem.replace("_", "-"))
    assert f"<c-{component.stem.replace('_', '-')}" in shown().replace(source, "")


def test_a_page_without_a_manifest_of_styles_does_not_exist(client: Client) -> None:
    page = client.get("/ui/").content.decode()
    assert 'rel="stylesheet" href="/static/assets/style-' in page
    assert "style=" not in page, "the security policy drops style attributes"
    assert "<c-" not in page, "a component was left uncompiled"


class TestAppearance:
    def test_remembers_the_language_and_goes_back(self, client: Client) -> None:
        answer = client.post("/appearance", {"language": "en", "next": "/ui/case"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/ui/case")
        assert "Where it is now" in client.get("/ui/case").content.decode()

    def test_never_leads_to_another_site(self, client: Client) -> None:
        answer = client.post("/appearance", {"theme": "dark", "next": "https://elsewhere.example/"})
        assert answer.headers["Location"] == "/"

    def test_takes_only_what_there_is(self, client: Client) -> None:
        client.post("/appearance", {"theme": '"><script>', "language": "xx"})
        assert not client.cookies


class TestRefusal:
    def test_is_a_page_with_a_way_on(self, client: Client) -> None:
        answer = client.get("/ui/nowhere")
        page = answer.content.decode()
        assert answer.status_code == 404
        assert NotFound.code in page
        assert 'href="/"' in page

    def test_is_a_panel_inside_a_page(self, client: Client) -> None:
        fragment = client.get("/ui/nowhere", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in fragment
        assert f'data-refusal="{NotFound.code}"' in fragment


class TestPhoneField:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            (" 138 0000 5678 ", "13800005678"),
            ("021-55551234", "02155551234"),
            ("+86 138-0000-5678", "+8613800005678"),
            ("１３８００００５６７８", "13800005678"),
        ],
    )
    def test_takes_a_number_as_people_write_it(self, written: str, kept: str) -> None:
        assert PhoneField().clean(written) == kept

    @pytest.mark.parametrize("written", ["12", "李女士", "1380000567812345678", "138x00005678"])
    def test_says_how_to_write_one(self, english: None, written: str) -> None:
        form_errors = _faults(PhoneField(), written)
        assert form_errors == [
            f'"{written}" is not a phone number. Write it like 13800005678 or 021-55551234.'
        ]


class TestWindowField:
    def test_is_a_window_where_the_reader_is(self) -> None:
        window = WindowField().clean(["2026-11-24", "14:00", "15:00"])
        assert isinstance(window, Window)
        assert f"{timezone.localtime(window.start):%d %H:%M %z}" == "24 14:00 +0800"

    def test_must_end_after_it_starts(self, english: None) -> None:
        assert _faults(WindowField(), ["2026-11-24", "15:00", "15:00"]) == [
            "The time must end after it starts. Choose a later end."
        ]


class TestFilesField:
    def test_keeps_every_file(self) -> None:
        files = [SimpleUploadedFile("a.png", b"a"), SimpleUploadedFile("b.png", b"b")]
        assert [file.name for file in FilesField().clean(files)] == ["a.png", "b.png"]

    def test_names_what_is_too_large(self, english: None) -> None:
        field = FilesField(largest=2 * 1024 * 1024)
        file = SimpleUploadedFile("衣柜.png", b"x" * (2 * 1024 * 1024 + 1))
        assert _faults(field, [file]) == ['"衣柜.png" is larger than 2 MB. Choose a smaller file.']


class TestSearchSelect:
    def test_what_was_chosen_wins_over_what_was_typed(self) -> None:
        chosen = SampleForm(QueryDict("product=12&product_words=W240"))
        typed = SampleForm(QueryDict("product=&product_words=W240"))
        assert [chosen["product"].value(), typed["product"].value()] == ["12", "W240"]


def test_a_fault_is_wired_to_its_field(english: None) -> None:
    form = SampleForm({"phone": "12"}, MultiValueDict())
    assert 'aria-invalid="true"' in str(form["phone"])
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in str(form["phone"])


def _faults(field: object, written: object) -> list[str]:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refused:
        field.clean(written)  # type: ignore[attr-defined]
    return list(refused.value.messages)
