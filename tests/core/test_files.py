"""Files: kept once, of the kind they are, without what they tell of place and phone."""

import io
import zipfile

import pytest
from django.db.models import Q
from PIL import Image, PngImagePlugin

from shouhou.core import files, policy, services
from shouhou.core.actor import Actor, Kind
from shouhou.core.files import attaching, refusals
from shouhou.core.files.kinds import LARGEST_UNPACKED
from shouhou.core.files.pictures import LONGEST_SIDE
from shouhou.core.models import Attachment, Event, StoredFile
from shouhou.core.refusals import NotFound
from shouhou.people.models import Vehicle
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db
ORIENTATION, GPS = 0x0112, 0x8825


def photo(form="JPEG", size=(60, 40), **more) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#8a5a2b").save(target, form, **more)
    return target.getvalue()


def workbook(**parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in ({"xl/workbook.xml": "<workbook/>"} | parts).items():
            book.writestr(name, content)
    return target.getvalue()


def receive(organisation, content, name="柜门.jpg", claimed=""):
    return files.receive(organisation.pk, io.BytesIO(content), name=name, claimed=claimed)


class TestReceive:
    def test_a_picture_loses_place_and_phone_and_stands_upright(self, yamu):
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        exif[0x010F] = "Phone maker"
        exif.get_ifd(GPS)[2] = (31.0, 12.0, 7.5)
        received = receive(yamu, photo(exif=exif, comment=b"secret"))

        assert (received.width, received.height) == (40, 60)
        kept = files.path_of(received.sha256).read_bytes()
        assert not Image.open(io.BytesIO(kept)).getexif()
        assert b"Phone maker" not in kept
        assert b"secret" not in kept

    def test_a_png_loses_its_texts(self, yamu):
        told = PngImagePlugin.PngInfo()
        told.add_text("Location", "31.2,121.4")
        received = receive(yamu, photo("PNG", pnginfo=told), "柜门.png")
        assert b"121.4" not in files.path_of(received.sha256).read_bytes()

    @pytest.mark.parametrize(
        ("form", "name", "kept"),
        [
            ("JPEG", "a.JPEG", "image/jpeg"),
            ("PNG", "a.png", "image/png"),
            ("WEBP", "a.webp", "image/webp"),
            ("GIF", "a.gif", "image/png"),
            ("WEBP", "微信图片.jpg", "image/webp"),  # chat apps name everything .jpg
        ],
    )
    def test_knows_pictures_by_their_bytes(self, yamu, form, name, kept):
        assert receive(yamu, photo(form), name).media_type == kept

    def test_keeps_letters_and_workbooks_as_they_are(self, yamu):
        letter = b"%PDF-1.7 ..."
        received = receive(yamu, letter, "来信.pdf", "application/pdf")
        assert files.path_of(received.sha256).read_bytes() == letter
        assert receive(yamu, workbook(), "客户.xlsx").media_type.endswith("sheet")

    def test_a_huge_picture_is_kept_at_a_size_that_serves(self, yamu):
        received = receive(yamu, photo(size=(6_400, 4_800)))
        assert (received.width, received.height) == (LONGEST_SIDE, 2_400)

    @pytest.mark.parametrize(
        ("content", "name", "refusal"),
        [
            (b"", "柜门.jpg", refusals.FileEmpty),
            (b"\xff\xd8\xff" + bytes(2 * 1024 * 1024), "柜门.jpg", refusals.FileTooBig),
            (b"MZ\x90 a program", "柜门.jpg", refusals.FileUnknown),
            (b"<script>alert(1)</script>", "柜门.svg", refusals.FileUnknown),
            (b"%PDF-1.7", "柜门.jpg", refusals.FileMisnamed),
            (photo(), "客户.xlsx", refusals.FileMisnamed),
            (photo(), "run.exe", refusals.FileMisnamed),
            (b"\x00\x00\x00\x18ftypheic" + bytes(20), "IMG_0001.HEIC", refusals.FileHeic),
            (b"\x00\x00\x00\x18ftypheic" + bytes(20), "IMG_0001.jpg", refusals.FileHeic),
            (photo()[:200], "柜门.jpg", refusals.PictureBroken),
            (b"\xff\xd8\xff rubbish", "柜门.jpg", refusals.PictureBroken),
            (workbook(**{"xl/workbook.xml": "x", "docs/a": "b"})[:60], "客户.xlsx", refusals.FileUnknown),
        ],
        # The bytes themselves differ from run to run (a zip holds its time).
        ids=lambda value: value if isinstance(value, str) else getattr(value, "code", "bytes"),
    )
    def test_refuses_what_lies_or_is_broken(self, yamu, admin, content, name, refusal):
        services.set_policy(key="core.upload_megabytes", value=1, actor=as_actor(admin), now=NOW)
        with pytest.raises(refusal) as refused:
            receive(yamu, content, name)
        assert name in refused.value.sentence
        assert refused.value.advice
        assert not StoredFile.objects.exists()

    def test_refuses_a_picture_that_unpacks_to_a_gigabyte(self, yamu):
        with pytest.raises(refusals.PictureTooLarge):
            receive(yamu, photo("PNG", size=(20_000, 5_000)), "柜门.png")

    def test_refuses_a_workbook_that_unpacks_to_a_gigabyte(self, yamu):
        bomb = workbook(**{"xl/big.xml": bytes(LARGEST_UNPACKED + 1)})
        with pytest.raises(refusals.FileUnknown):
            receive(yamu, bomb, "客户.xlsx")

    def test_a_media_type_that_lies_is_refused_without_an_ending(self, yamu, english):
        with pytest.raises(refusals.FileMisnamed) as refused:
            receive(yamu, photo(), "blob", "application/pdf; charset=binary")
        assert refused.value.sentence == "“blob” is sent as PDF, but it holds JPEG."

    def test_a_name_of_five_megabytes_keeps_its_ending(self, yamu):
        received = receive(yamu, photo(), "../../etc/" + "柜" * 5_000_000 + ".jpg")
        assert len(received.name) == 200
        assert received.name.endswith(".jpg")
        assert "/" not in received.name


@pytest.fixture
def car(yamu):
    """A vehicle stands for a case here: a row with files under it."""
    return Vehicle.objects.create(organisation=yamu, plate="沪A·D2381")


@pytest.fixture
def sight():
    """A room's policy: files under a vehicle are seen through the vehicle."""
    roots, rules = list(attaching._ROOTS), dict(policy.SIGHT)
    attaching._ROOTS[:] = []
    files.read_through(Vehicle)
    policy.see(Vehicle, lambda actor: Q(pk=actor.subject_id) if actor.kind is Kind.LINK else Q())
    yield
    attaching._ROOTS[:] = roots
    policy.SIGHT.clear()
    policy.SIGHT.update(rules)


@pytest.mark.usefixtures("sight")
class TestAttach:
    def attach(self, actor, car, content=None, **more):
        received = receive(car.organisation, content or photo())
        return services.attach_file(
            received, root_id=car.pk, holder_id=car.pk, purpose="before", actor=actor, now=NOW, **more
        )

    def test_keeps_the_bytes_once(self, wang, car):
        first, second = self.attach(as_actor(wang), car), self.attach(as_actor(wang), car)
        assert first.file == second.file
        assert Attachment.objects.count() == 2
        assert StoredFile.objects.count() == 1

    def test_records_it_without_the_name(self, wang, car):
        attachment = self.attach(as_actor(wang), car)
        event = Event.objects.get()
        assert (event.kind, event.root_id) == ("core.file_attached", car.pk)
        assert event.payload["sha256"] == attachment.file.sha256
        assert "柜门" not in str(event.payload)

    def test_a_second_submit_attaches_once(self, wang, car):
        actor = as_actor(wang, key="k1")
        assert self.attach(actor, car) == self.attach(actor, car)
        assert Attachment.objects.count() == 1

    def test_another_organisation_neither_attaches_nor_sees(self, wang, car, hengda):
        attachment = self.attach(as_actor(wang), car)
        stranger = Actor(Kind.STAFF, hengda.pk, roles=frozenset(policy.Role))
        with pytest.raises(NotFound):
            self.attach(stranger, car)
        assert not policy.scope(stranger, Attachment).filter(pk=attachment.pk).exists()

    def test_a_customer_sees_what_is_shown_and_what_they_sent(self, wang, car):
        li = Actor(Kind.LINK, car.organisation_id, name="李女士", purpose="case", subject_id=car.pk)
        hidden = self.attach(as_actor(wang), car)
        shown = self.attach(as_actor(wang), car, shown_to_customer=True)
        sent = self.attach(li, car)
        assert set(policy.scope(li, Attachment)) == {shown, sent}
        assert set(policy.scope(as_actor(wang), Attachment)) == {hidden, shown, sent}

    def test_a_link_reaches_no_other_case(self, car):
        other = Vehicle.objects.create(organisation=car.organisation, plate="沪B·1")
        li = Actor(Kind.LINK, car.organisation_id, purpose="case", subject_id=other.pk)
        with pytest.raises(NotFound):
            self.attach(li, car)

    def test_is_read_back_with_its_thumbnail(self, wang, car):
        stored = self.attach(as_actor(wang), car, photo(size=(800, 600))).file
        with files.open_file(stored) as kept:
            assert len(kept.read()) == stored.size
        small = files.thumbnail(stored)
        assert Image.open(small).size == (320, 240)
        assert Image.open(small).format == "WEBP"

    def test_a_letter_has_no_thumbnail(self, wang, car):
        received = receive(car.organisation, b"%PDF-1.7", "来信.pdf")
        letter = services.attach_file(
            received, root_id=car.pk, holder_id=car.pk, purpose="letter", actor=as_actor(wang), now=NOW
        )
        assert files.thumbnail(letter.file) is None
