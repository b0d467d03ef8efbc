"""The customer's page: every state says where it stands, and every answer is kept."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from shouhou.cases import services as cases
from shouhou.cases.models import Case
from shouhou.core.models import Attachment
from shouhou.people import occupancy
from shouhou.people.models import Occupancy
from shouhou.work.models import Answer, Offer
from tests.browser.house import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    return House.furnish()


def at(house, case, key=""):
    token = house.link(case)
    return reverse("portal-act", args=[token, key]) if key else reverse("portal", args=[token])


def shown(client, house, case):
    return client.get(at(house, case)).content.decode()


def photo(name="下轨.jpg"):
    content = BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


class TestStates:
    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("reported", "我们已收到您的报修"),
            ("questioned", "请拍一张下轨的照片"),
            ("rejected", "外力撞击造成"),
            ("appealed", "我们正在复核您的申诉"),
            ("assessed", "我们会为您办理"),
            ("booked", "张建国"),
            ("offered", "非常抱歉，张师傅今天赶不到您家了"),
            ("under_way", "正在前往您处"),
            ("at_centre", "您的产品在维修中心"),
            ("to_replace", "更换"),
            ("to_refund", "退款"),
            ("visited", "您的维修已完成"),
            ("closed", "您的售服单已关闭"),
            ("withdrawn", "您的报修已撤销"),
        ],
    )
    def test_says_where_it_stands(self, client, house, state, words):
        case = getattr(house, state)()
        assert words in shown(client, house, case)

    def test_a_merged_report_names_the_other(self, client, house):
        first, twin = house.reported(), house.reported()
        cases.merge_case(twin, into_id=first.pk, actor=house.who("wangmin"), now=timezone.now())
        assert first.number in shown(client, house, twin)

    def test_a_booked_visit_called_off_lies_ahead_again(self, client, house):
        case = house.visited(result="nobody_home")
        words = shown(client, house, case)
        assert words.count("is-here") == 1

    def test_a_page_takes_few_statements(self, client, house, django_assert_max_num_queries):
        case = house.offered()
        address = at(house, case)
        with django_assert_max_num_queries(35):
            client.get(address)


class TestAnswers:
    def test_agrees_with_one_press(self, client, house):
        case = house.offered()
        slot = Offer.objects.get().slots.order_by("starts_at").last()
        answer = client.post(at(house, case, "time"), {"answer": slot.pk, "command_key": str(uuid4())})
        assert answer.status_code == 302
        assert house.visit(case).promises.latest("number").starts_at == slot.starts_at

    def test_refuses_with_words_that_are_kept(self, client, house):
        case = house.offered()
        client.post(at(house, case, "time"), {"answer": "refused", "words": "我只有今天有空"})
        given = Answer.objects.get()
        assert (given.said, given.words, given.channel) == ("refused", "我只有今天有空", "link")

    def test_a_time_just_taken_is_apologised_for_and_the_yes_is_kept(self, client, house):
        case = house.offered()
        first, second = Offer.objects.get().slots.order_by("starts_at")
        # The hold is lost: someone else stands where it stood.
        Occupancy.objects.filter(holder_id=first.pk).update(holder_id=uuid4(), holder_kind=occupancy.LEAVE)
        answer = client.post(at(house, case, "time"), {"answer": first.pk})
        words = answer.content.decode()
        assert answer.status_code == 422
        assert "非常抱歉" in words
        assert str(first.pk) not in words
        assert str(second.pk) in words
        assert Answer.objects.get().took_effect is False

    def test_answers_the_question_with_a_photo(self, client, house):
        case = house.questioned()
        sent = {"answer": "见照片", "photos": [photo()], "command_key": str(uuid4())}
        assert client.post(at(house, case, "answer"), sent).status_code == 302
        assert case.enquiries.get().answer == "见照片"
        kept = Attachment.objects.get(root_id=case.pk)
        assert kept.shown_to_customer

    def test_appeals(self, client, house):
        case = house.rejected()
        client.post(at(house, case, "appeal"), {"words": "安装当天就这样"})
        assert case.appeals.get().words == "安装当天就这样"

    def test_rates_once(self, client, house):
        case = house.visited()
        address = at(house, case, "rate")
        assert client.post(address, {"score": "5", "comment": "很好"}).status_code == 302
        assert client.post(address, {"score": "1"}).status_code == 410

    def test_chooses_another_free_time(self, client, house):
        case = house.booked()
        slot = house.free(case, "zhangjianguo", 3)[2]
        value = f"{slot.technician_id}|{slot.window.start.isoformat()}|{slot.window.end.isoformat()}|"
        assert client.post(at(house, case, "move"), {"time": value}).status_code == 302
        assert house.visit(case).promises.latest("number").starts_at == slot.window.start

    def test_sends_photos_later_and_sees_them(self, client, house):
        case = house.booked()
        client.post(at(house, case, "photos"), {"photos": [photo()]})
        kept = Attachment.objects.get(root_id=case.pk)
        token = house.link(case)
        assert client.get(reverse("portal-file", args=[token, kept.pk])).status_code == 200
        assert client.get(reverse("portal-thumbnail", args=[token, kept.pk]))["Content-Type"] == "image/webp"

    def test_a_file_that_lies_about_its_type_is_refused_with_the_words_kept(self, client, house):
        case = house.questioned()
        fake = SimpleUploadedFile("照片.jpg", b"MZ not a picture", "image/jpeg")
        answer = client.post(at(house, case, "answer"), {"answer": "见照片", "photos": [fake]})
        assert answer.status_code == 422
        assert "见照片" in answer.content.decode()
        assert case.enquiries.get().answer == ""

    def test_takes_the_report_back_until_somebody_comes(self, client, house):
        case = house.booked()
        client.post(at(house, case, "withdraw"), {"reason": "自己修好了"})
        case.refresh_from_db()
        assert case.state == Case.State.WITHDRAWN
        assert client.get(at(house, house.visited(), "withdraw")).status_code == 410


class TestLinks:
    def test_an_expired_link_says_whom_to_call(self, client, house):
        token = house.link(house.reported(), expires_at=timezone.now() - timedelta(days=1))
        answer = client.get(reverse("portal", args=[token]))
        assert answer.status_code == 410
        assert "400-820-0012" in answer.content.decode()

    def test_a_garbled_link_leads_nowhere(self, client, house):
        assert client.get("/c/garbled/").status_code == 404

    def test_a_link_sees_no_photo_of_another_case(self, client, house):
        mine, other = house.booked(), house.reported()
        client.post(at(house, other, "photos"), {"photos": [photo()]})
        kept = Attachment.objects.get(root_id=other.pk)
        assert client.get(reverse("portal-file", args=[house.link(mine), kept.pk])).status_code == 404

    def test_opening_a_link_changes_nothing(self, client, house):
        case = house.offered()
        before = case.row.version
        client.get(at(house, case))
        client.get(at(house, case, "time"))
        case.row.refresh_from_db()
        assert case.row.version == before


class TestReport:
    def test_by_the_code_on_the_piece_with_photos(self, client, house):
        sent = {
            "symptom": "推拉门异响",
            "name": "李先生",
            "phone": "13900002222",
            "photos": [photo()],
            "command_key": str(uuid4()),
        }
        answer = client.post(reverse("report-piece", args=[house.piece.qr]), sent)
        assert answer.status_code == 302
        case = house.customer.cases.get()
        assert (case.installed, case.channel) == (house.piece, "internet")
        assert Attachment.objects.filter(root_id=case.pk).count() == 1
        assert case.number in client.get(answer.url).content.decode()

    def test_by_the_companys_address_opens_a_file(self, client, house):
        sent = {"symptom": "不制冷", "name": "赵先生", "phone": "139 0000 3333", "address": "人民路 1 号"}
        assert client.post(reverse("report", args=["yamu"]), sent).status_code == 302
        assert Case.objects.get().customer.name == "赵先生"

    def test_keeps_every_word_when_one_is_missing(self, client, house):
        answer = client.post(reverse("report", args=["yamu"]), {"symptom": "不制冷", "name": "赵先生"})
        assert answer.status_code == 422
        assert "不制冷" in answer.content.decode()

    def test_an_unknown_code_leads_nowhere(self, client, house):
        assert client.get(reverse("report-piece", args=["x" * 32])).status_code == 404
        assert client.get(reverse("report", args=["nobody"])).status_code == 404
