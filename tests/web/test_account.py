"""Accounts: the first organisation is founded in the browser, logins are given, passwords are one's own."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from shouhou.core.models import Organisation
from shouhou.core.policy import Role
from shouhou.people.models import Person
from shouhou.people.services import give_login
from shouhou.web.account.devices import device
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


class TestTwoSteps:
    """两步登录: turned on by oneself, asked for at the next sign-in, with codes for the day the phone is lost."""

    @pytest.fixture
    def signed_in(self, visitor, zhang) -> Client:
        zhang.set_password("lamp-river-42")
        zhang.save()
        visitor.post(reverse("account_login"), {"login": "zhang", "password": "lamp-river-42"})
        # Before a sign-in is changed, it is asked who sits there.
        assert "Is it you?" in text(visitor.get(reverse("mfa_activate_totp"), follow=True))
        visitor.post(reverse("account_reauthenticate"), {"password": "lamp-river-42"})
        return visitor

    def digits(self, page: str) -> tuple[str, str]:
        """The secret a page shows, and the code an app makes of it now."""
        secret = re.search(r"select-all[^>]*>(\w+)<", page).group(1)
        counter = next(iter(totp.yield_hotp_counters_from_time()))
        return secret, totp.format_hotp_value(totp.hotp_value(secret, counter))

    def test_is_turned_on_with_a_code_and_gives_recovery_codes(self, signed_in):
        page = text(signed_in.get(reverse("mfa_activate_totp")))
        _secret, code = self.digits(page)
        answer = signed_in.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
        assert "Recovery codes" in text(answer)
        assert "active" in text(signed_in.get(reverse("mfa_index")))

        stranger = Client()
        stranger.cookies["language"] = "en"
        entered = {"login": "zhang", "password": "lamp-river-42"}
        second = stranger.post(reverse("account_login"), entered, follow=True)
        assert "Second step" in text(second)
        assert stranger.get("/inbox/").status_code == 302

    def test_a_wrong_code_turns_nothing_on(self, signed_in, zhang):
        signed_in.get(reverse("mfa_activate_totp"))
        answer = signed_in.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert "Please look at these entries again" in text(answer)
        assert not zhang.authenticator_set.exists()

    @pytest.mark.parametrize("name", ["mfa_list_webauthn", "mfa_add_webauthn", "account_reauthenticate"])
    def test_its_pages_are_in_our_look(self, signed_in, name):
        page = text(signed_in.get(reverse(name), follow=True))
        assert "<c-" not in page
        assert "style=" not in page


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0",
            "微信 · Android",
        ),
        ("curl/8.5", "curl/8.5"),
    ],
)
def test_a_device_is_said_as_people_know_it(user_agent, said):
    assert device(user_agent) == said


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
