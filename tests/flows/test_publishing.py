"""Pages and versions: shipped, drafted, published, kept by the runs under way."""

import pytest
from django.db import IntegrityError, transaction

from shouhou.core.refusals import NotAllowed, NotFound
from shouhou.flows import atlas, queries
from shouhou.flows.models import History, Page, Run, Version
from shouhou.flows.refusals import NothingDrafted, NotPublishable, NotRetirable, Unreadable
from shouhou.flows.services import publish_version, retire_version, save_draft
from tests.conftest import NOW, as_actor
from tests.flows.conftest import here, weigh
from tests.kernel.bpmn.drawing import drawing

pytestmark = pytest.mark.django_db

WEIGH = 'user w shouhou:task="weigh"'
MEND = 'user m shouhou:task="mend"'
SHIPPED = (f"start s; {WEIGH}; end e", "s -> w -> e")
OWN = drawing(f"start s; {MEND}; end e", "s -> m -> e")


@pytest.fixture
def own(draw, slip, admin):
    """雅木's own drawing of the page, published while a case runs on the shipped one."""
    draw(*SHIPPED)
    first = slip("沪A·1")
    draft = save_draft(page="a", xml=OWN, actor=as_actor(admin), now=NOW)
    publish_version(draft, actor=as_actor(admin), now=NOW)
    return first


class TestVersions:
    def test_runs_under_way_keep_theirs_and_new_ones_take_the_newest(self, own, slip, agent):
        second = slip("沪A·2")
        assert (here(own), here(second)) == (["w"], ["m"])
        weigh(own, actor=agent, now=NOW)
        assert Run.objects.get(root_id=own.pk).state == "ended"
        assert queries.drawing(second.pk) == OWN

    def test_only_one_is_published(self, own):
        assert list(Version.objects.order_by("number").values_list("state", "is_shipped")) == [
            ("retired", True),
            ("published", False),
        ]

    def test_the_own_drawing_stays_when_the_product_ships_another(self, own, draw, slip):
        draw(f"start s2; {WEIGH}; end e", "s2 -> w -> e")
        assert here(slip("沪A·3")) == ["m"]

    def test_the_shipped_one_follows_the_release(self, draw, slip):
        draw(*SHIPPED)
        first = slip("沪A·1")
        draw(f"start s; {MEND}; end e", "s -> m -> e")
        # A new release is a new process.
        atlas.shipped.cache_clear()
        assert (here(first), here(slip("沪A·2"))) == (["w"], ["m"])
        assert list(Version.objects.order_by("number").values_list("number", "state")) == [
            (1, "retired"),
            (2, "published"),
        ]

    def test_the_atlas_tells_its_pages(self, own, admin, hengda):
        (line,) = queries.pages(own.organisation_id)
        assert (line.key, line.version, line.is_shipped, line.published_by, line.draft_id) == (
            "a",
            2,
            False,
            "何平",
            None,
        )
        (theirs,) = queries.pages(hengda.pk)
        assert (theirs.version, theirs.is_shipped) == (None, True)
        assert queries.page_drawing(hengda.pk, "a") == drawing(*SHIPPED)
        assert queries.page_drawing(own.organisation_id, "a") == OWN

    def test_another_organisation_has_its_own_pages(self, own, hengda):
        assert Page.objects.count() == 1
        assert not Page.objects.filter(organisation=hengda).exists()


class TestDrafts:
    def test_a_draft_is_saved_over_the_one_before(self, draw, admin):
        draw(*SHIPPED)
        first = save_draft(page="a", xml=OWN, actor=as_actor(admin), now=NOW)
        again = save_draft(page="a", xml=drawing(*SHIPPED), actor=as_actor(admin), now=NOW)
        assert first == again
        assert Version.objects.count() == 1

    def test_junk_is_refused_with_the_reason(self, admin, english):
        with pytest.raises(Unreadable, match="not well-formed"):
            save_draft(page="a", xml=b"<definitions>", actor=as_actor(admin), now=NOW)
        assert not Version.objects.exists()

    def test_what_is_to_be_fixed_is_named_and_nothing_is_published(self, admin, english):
        bad = drawing('start s; user w shouhou:task="fly"; end e', "s -> w -> e")
        draft = save_draft(page="a", xml=bad, actor=as_actor(admin), now=NOW)
        with pytest.raises(NotPublishable, match="fly") as refused:
            publish_version(draft, actor=as_actor(admin), now=NOW)
        assert {problem.id for problem in refused.value.values["problems"]} >= {"w"}
        draft.refresh_from_db()
        assert draft.state == "draft"

    def test_a_published_version_is_not_published_again(self, own, admin):
        with pytest.raises(NothingDrafted):
            publish_version(Version.objects.get(state="published"), actor=as_actor(admin), now=NOW)

    def test_only_the_administrator_draws(self, agent):
        with pytest.raises(NotAllowed):
            save_draft(page="a", xml=OWN, actor=agent, now=NOW)

    def test_the_database_keeps_a_published_drawing_as_it_is(self, own):
        published = Version.objects.get(state="published")
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.filter(pk=published.pk).update(xml=b"<other/>")
        Version.objects.filter(pk=published.pk).update(state="retired")

    def test_the_database_keeps_history_as_it_is(self, own):
        with pytest.raises(IntegrityError), transaction.atomic():
            History.objects.update(node="elsewhere")


class TestTakingBack:
    """撤回: the product's drawing leads again; what is under way goes on."""

    def test_new_cases_follow_the_product_again(self, own, slip, admin):
        second = slip("沪A·2")
        mine = Version.objects.get(state="published")
        retire_version(mine, actor=as_actor(admin), now=NOW)
        assert (here(second), here(slip("沪A·3"))) == (["m"], ["w"])

    def test_the_products_own_is_replaced_not_taken_back(self, draw, slip, admin):
        draw(*SHIPPED)
        slip("沪A·1")
        with pytest.raises(NotRetirable):
            retire_version(Version.objects.get(), actor=as_actor(admin), now=NOW)

    def test_a_page_from_near_counts_who_is_under_way_and_where(self, own, slip, admin):
        slip("沪A·2")
        lines = queries.versions(as_actor(admin), "a")
        assert [(line.version.number, line.under_way) for line in lines] == [(2, 1), (1, 1)]
        waiting = {step.id: step.waiting for step in queries.steps(as_actor(admin), "a", 2)}
        assert waiting == {"s": 0, "m": 1, "e": 0}

    def test_a_page_nobody_used_shows_the_products_own(self, draw, admin):
        draw(*SHIPPED)
        assert queries.versions(as_actor(admin), "a") == []
        assert queries.version_drawing(as_actor(admin), "a", queries.SHIPPED)
        with pytest.raises(NotFound):
            queries.versions(as_actor(admin), "nowhere")
