"""Telling the customer: once, signed, with their own link; and what became of it."""

from datetime import timedelta

import pytest
from django.core import mail

from shouhou.cases import services as cases
from shouhou.core import jobs, links
from shouhou.core.models import Event
from shouhou.customers.models import Contact
from shouhou.messages.models import InboxItem, Message
from shouhou.messages.services import AlreadySent, read_inbox, send_again
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def case(li, wardrobe, wang):
    return cases.register_case(
        customer_id=li.pk,
        installed_id=wardrobe.pk,
        symptom="滑门脱轨",
        channel="phone",
        actor=as_actor(wang),
        now=NOW,
    )


class TestTelling:
    def test_the_acknowledgement_waits_in_the_same_transaction_as_the_report(self, case):
        message = Message.objects.get(kind="cases.acknowledged")
        assert (message.state, message.address, message.channel) == ("waiting", "+8613800005678", "sms")
        assert "S-2611-0001" in message.body

    def test_no_personal_value_stands_in_the_record(self, case):
        told = str(list(Event.objects.values_list("payload", flat=True)))
        assert "李秀兰" not in told
        assert "13800005678" not in told

    def test_an_e_mail_goes_out_where_there_is_an_address(self, li, yamu, wang, wardrobe, gateway):
        Contact.objects.create(
            organisation=yamu, customer=li, sort="email", value="li@example.cn", is_main=True
        )
        cases.register_case(customer_id=li.pk, symptom="异响", channel="phone", actor=as_actor(wang), now=NOW)
        jobs.run_due(LATER)
        assert mail.outbox[0].to == ["li@example.cn"]
        assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


class TestDelivery:
    def test_the_gateway_gets_a_signed_message_whose_link_opens_the_case(self, case, gateway):
        jobs.run_due(LATER)

        (told,) = gateway.taken.values()
        assert gateway.forged == 0
        token = told["text"].rsplit("/c/", 1)[1].split("/")[0].strip()
        assert links.open(token, LATER).subject_id == case.pk
        message = Message.objects.get()
        assert (message.state, message.provider_reference) == ("sent", "R1")
        # The link itself stands nowhere with us.
        assert token not in message.body

    def test_a_wrong_secret_is_refused_by_the_gateway_and_seen_by_a_person(self, case, gateway, settings):
        settings.SMS_SECRET = "wrong"
        jobs.run_due(LATER)
        assert gateway.forged == 1
        assert Message.objects.get().state == "failed"

    def test_silence_leaves_it_unknown_and_it_is_not_sent_again_by_itself(self, case, gateway):
        gateway.mood = "silent"
        jobs.run_due(LATER)
        jobs.run_due(LATER + timedelta(days=1))
        assert Message.objects.get().state == "unknown"
        assert len(gateway.taken) == 1

    def test_a_person_sends_it_again_under_the_same_key_and_the_customer_hears_once(
        self, case, gateway, wang
    ):
        gateway.mood = "silent"
        jobs.run_due(LATER)
        gateway.mood = "ok"
        send_again(Message.objects.get(), actor=as_actor(wang), now=LATER)
        jobs.run_due(LATER)
        assert Message.objects.get().state == "sent"
        assert len(gateway.taken) == 1

    def test_what_was_sent_is_not_sent_again(self, case, gateway, wang):
        jobs.run_due(LATER)
        with pytest.raises(AlreadySent):
            send_again(Message.objects.get(), actor=as_actor(wang), now=LATER)

    def test_without_a_gateway_it_says_so(self, case):
        jobs.run_due(LATER)
        assert Message.objects.get().state == "off"


class TestInbox:
    def test_a_mention_is_new_until_it_is_read(self, case, wang, zhou):
        cases.write_note(case, text="请看一下", mentions=[zhou.pk], actor=as_actor(wang), now=NOW)
        item = InboxItem.objects.get(person=zhou)
        assert item.read_at is None
        assert read_inbox(actor=as_actor(zhou), now=LATER) == 1
        assert read_inbox(actor=as_actor(wang), now=LATER) == 0

    def test_whoever_did_it_is_not_told(self, case, wang):
        assert not InboxItem.objects.filter(person=wang).exists()
