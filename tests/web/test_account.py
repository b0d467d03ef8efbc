"""Accounts: the first organisation is founded in the browser, logins are given, passwords are one's own."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from shouhou.core.models import Organisation
from shouhou.core.policy import Role
from shouhou.people.models import Person
from shouhou.people.services import give_login
from shouhou.web.account.start import initials
from tests.conftest import NOW, as_actor, hire

pytestmark = pytest.mark.django_db

FOUNDING = {
    "company": "雅木家居",
    "hotline": "400-820-1234",
    "name": "何平",
    "username": "heping",
    "password": "lamp-river-42",
    "again": "lamp-river-42",
}
OWN_PAGES = [
    "account_change_password",
    "mfa_index",
    "usersessions_list",
]


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def text(answer) -> str:
    return answer.content.decode()


class TestStart:
    """开始使用: no shell between an empty installation and its first administrator."""

    def test_the_first_visit_of_all_leads_to_the_founding(self, visitor):
        answer = visitor.get("/", follow=True)
        assert [where for where, _status in answer.redirect_chain] == ["/accounts/login/?next=/", "/start/"]
        assert "Welcome to Shouhou" in text(answer)

    def test_founds_the_organisation_and_signs_its_administrator_in(self, visitor):
        answer = visitor.post("/start/", FOUNDING)
        assert answer.headers["Location"] == "/setup/"
        yamu, he = Organisation.objects.get(), Person.objects.get()
        assert (yamu.name, yamu.code, yamu.hotline) == ("雅木家居", "ymjj", "400-820-1234")
        assert (he.username, he.role_keys, he.password_given_at) == ("heping", {Role.ADMINISTRATOR}, None)
        assert "Welcome. A few steps" in text(visitor.get("/setup/"))
        assert Client().login(username="heping", password="lamp-river-42")

    def test_is_gone_as_soon_as_there_is_an_organisation(self, visitor, yamu):
        assert visitor.get("/start/").headers["Location"] == reverse("account_login")
        assert visitor.post("/start/", FOUNDING).status_code == 302
        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"password": "short", "again": "short"}, "too short"),
            ({"again": "lamp-river-43"}, "The two passwords differ"),
            ({"username": "he ping"}, "without spaces"),
            ({"code": "雅木"}, "small letters"),
            ({"company": ""}, "required"),
        ],
    )
    def test_what_does_not_fit_is_said_and_nothing_is_founded(self, visitor, wrong, sentence):
        answer = visitor.post("/start/", FOUNDING | wrong)
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert "lamp-river" not in text(answer)
        assert not Organisation.objects.exists()

    @pytest.mark.parametrize(
        ("company", "code"), [("雅木家居", "ymjj"), ("Yamu Home", "yamuhome"), ("一", "y1"), ("…", "11")]
    )
    def test_makes_a_code_of_the_companys_initials(self, company, code):
        assert initials(company) == code


class TestOwnPassword:
    """A password given by someone else opens one page alone: that of choosing another."""

    @pytest.fixture
    def given(self, admin, zhang) -> str:
        return give_login(zhang, username="zhangjg", actor=as_actor(admin), now=NOW)

    def sign_in(self, visitor, password):
        entered = {"login": "zhangjg", "password": password}
        return visitor.post(reverse("account_login"), entered)

    def test_another_one_is_chosen_before_anything_else(self, visitor, given):
        self.sign_in(visitor, given)
        change = reverse("account_change_password")
        assert visitor.get("/inbox/").headers["Location"] == change
        assert "Choose your own password first" in text(visitor.get(change))

        chosen = {"oldpassword": given, "password1": "lamp-river-42", "password2": "lamp-river-42"}
        visitor.post(change, chosen)
        assert visitor.get("/inbox/").status_code == 200
        assert not Client().login(username="zhangjg", password=given)

    def test_a_part_of_a_page_leads_the_whole_window_there(self, visitor, given):
        self.sign_in(visitor, given)
        answer = visitor.get("/find/?q=1", headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == reverse("account_change_password")

    def test_signing_out_stays_possible(self, visitor, given):
        self.sign_in(visitor, given)
        assert visitor.post(reverse("account_logout")).headers["Location"] == reverse("account_login")


class TestSignIn:
    def test_a_wrong_password_is_said_without_telling_which_was_wrong(self, visitor, zhang):
        answer = visitor.post(reverse("account_login"), {"login": "zhang", "password": "wrong-wrong"})
        assert "are not correct" in text(answer)

    def test_nobody_signs_up(self, visitor, yamu):
        visitor.post("/accounts/signup/", {"username": "x1", "password1": "lamp-river-42"})
        assert not Person.objects.exists()

    def test_no_letter_is_promised_where_none_can_be_sent(self, visitor, yamu, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        assert reverse("account_reset_password") not in text(visitor.get(reverse("account_login")))

    @pytest.mark.parametrize("name", OWN_PAGES)
    def test_ones_own_pages_open(self, visitor, zhang, name):
        zhang.set_password("lamp-river-42")
        zhang.save()
        visitor.force_login(zhang)
        answer = visitor.get(reverse(name))
        assert answer.status_code == 200
        assert "<c-" not in text(answer)


class TestDemo:
    """演示: every role one click away, in demo organisations only."""

    @pytest.fixture
    def demo(self, yamu, wang, admin):
        Organisation.objects.filter(pk=yamu.pk).update(is_demo=True)
        for person in (wang, admin):
            person.set_password("shouhou-demo")
            person.save()
        return wang

    def test_offers_one_person_a_role_and_signs_in_with_a_click(self, visitor, demo):
        page = text(visitor.get(reverse("account_login")))
        assert "王敏" in page
        assert "Service agent" in page
        address = re.search(rf'action="(/accounts/demo/{demo.pk}/)"', page).group(1)
        assert visitor.post(address).headers["Location"] == "/"
        assert visitor.get("/cases/").status_code == 200

    def test_people_of_real_companies_are_neither_offered_nor_opened(self, visitor, demo, hengda):
        stranger = hire(hengda, "qian", "钱真人", Role.ADMINISTRATOR)
        stranger.set_password("lamp-river-42")
        stranger.save()
        assert "钱真人" not in text(visitor.get(reverse("account_login")))
        assert visitor.post(reverse("demo-login", args=[stranger.pk])).status_code == 404
        assert visitor.get("/cases/").status_code == 302

    def test_opens_by_a_press_never_by_a_link(self, visitor, demo):
        assert visitor.get(reverse("demo-login", args=[demo.pk])).status_code == 405

    def test_a_house_without_demo_offers_nothing(self, visitor, wang):
        assert "Try it" not in text(visitor.get(reverse("account_login")))
