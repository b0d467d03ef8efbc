"""``shouhou flow trace``: the contract with outside checks, word for word."""

import json
from pathlib import Path

import pytest

from shouhou.cli import main
from shouhou.kernel.bpmn.tracing import trace
from tests.kernel.bpmn.drawing import definitions, drawing, event, named, process, timer

CHOICE = drawing(
    'start s; user a name="Ask"; xor g; user b; user c; end e',
    event("boundary", "late", timer("PT1H"), 'attachedToRef="b" cancelActivity="false"'),
    "s -> a -> g; b -> e; c -> e; late -> c",
    "g -> b [x > 3]; g => c",
)
KEYS = ["offered", "completed", "flows", "waiting", "ended", "incident", "refused"]


def script(*steps: dict[str, object], **data: object) -> dict[str, object]:
    return {"data": data, "steps": list(steps)}


class TestTrace:
    """Offered, completed, flows, waiting, ended, incident, refused."""

    def test_tells_the_whole_story(self):
        told = trace(
            CHOICE, script({"complete": "Ask", "data": {"x": 5}}, {"fire": "late"}, {"complete": "b"})
        )

        assert list(told) == KEYS
        assert told["offered"] == ["a", "b", "c"]
        assert told["completed"] == ["a", "b"]
        assert told["flows"] == ["s-a", "a-g", "g-b", "late-c", "b-e"]
        assert told["waiting"] == ["c"]
        assert (told["ended"], told["incident"], told["refused"]) == (False, None, None)

    def test_a_step_that_is_not_possible_stops_there(self):
        told = trace(CHOICE, script({"complete": "b"}, {"complete": "a"}))

        assert told["completed"] == []
        assert told["refused"]["step"] == 0
        assert "b" in told["refused"]["en"]
        assert "b" in told["refused"]["zh"]

    def test_auto_completes_the_oldest_offers_first(self):
        told = trace(CHOICE, script(x=5), auto=10)

        assert told["completed"] == ["a", "b"]
        assert told["ended"]

    def test_auto_stops_after_so_many(self):
        assert trace(CHOICE, script(x=5), auto=1)["waiting"] == ["b"]

    def test_an_incident_names_its_element(self):
        told = trace(drawing("start s; xor g; end e", "s -> g; g -> e [x > 3]"), script(x=1))

        assert told["incident"]["element"] == "g"
        assert told["incident"]["code"] == "flow.no_way_out"
        assert not told["ended"]

    def test_elements_outside_the_subset_are_refused_by_name(self):
        told = trace(drawing("start s; end e", '<complexGateway id="cx"/>', "s -> cx -> e"), {})

        assert told["refused"]["step"] is None
        assert "complexGateway" in told["refused"]["en"]
        assert "cx" in told["refused"]["zh"]

    def test_facts_with_spaces_and_chinese_names_are_known(self):
        xml = drawing(
            "start s; xor g; user a; user b; end e",
            "s -> g; g -> a [产品 型号 = 1 and 在保]; g => b; a -> e; b -> e",
        )

        assert trace(xml, {"data": {"产品 型号": 1, "在保": True}})["offered"] == ["a"]

    @pytest.mark.parametrize("first", [{"message": "order"}, {"fire": "st"}, {"complete": "a"}])
    def test_without_a_plain_start_the_first_step_starts_it(self, first):
        xml = definitions(
            '<message id="m" name="order"/>',
            process(
                "user a; user b; end e",
                event("start", "sm", named("message", "m")),
                event("start", "st", timer("R/P1D", "timeCycle")),
                "sm -> a -> e; st -> b -> e",
            ),
        )
        told = trace(xml, script(first))

        assert told["offered"] == (["b"] if "fire" in first else ["a"])
        assert told["refused"] is None

    @pytest.mark.parametrize(
        "nonsense",
        [
            [],
            3,
            None,
            {"steps": {}},
            {"data": []},
            {"steps": [{}]},
            {"steps": [3]},
            {"steps": [{"fire": 3}]},
            {"steps": [{"complete": "a", "fire": "b"}]},
            {"steps": [{"complete": "a", "data": 1}]},
        ],
    )
    def test_a_script_of_another_form_is_refused(self, nonsense):
        assert trace(CHOICE, nonsense)["refused"]["zh"]

    @pytest.mark.parametrize(
        "junk", [b"", b"\x00\xff\x00", b"<a/>", b"<definitions>", "流程图".encode("gb18030")]
    )
    def test_junk_is_refused(self, junk):
        assert trace(junk, {})["refused"]["zh"]


def traced(folder: Path) -> int:
    """Run the command on what stands in the folder."""
    return main(["flow", "trace", str(folder / "a.bpmn"), "--script", str(folder / "s.json"), "--json"])


class TestCommand:
    """The command prints the answer and says by its exit code whether all went as scripted."""

    def test_prints_json(self, tmp_path, capsys):
        (tmp_path / "a.bpmn").write_bytes(CHOICE)
        (tmp_path / "s.json").write_text(json.dumps(script({"complete": "a"})))

        code = traced(tmp_path)

        assert code == 0
        assert json.loads(capsys.readouterr().out)["waiting"] == ["c"]

    def test_reads_aloud(self, tmp_path, capsys):
        (tmp_path / "a.bpmn").write_bytes(CHOICE)

        assert main(["flow", "trace", str(tmp_path / "a.bpmn"), "--auto", "5"]) == 0
        assert "已结束" in capsys.readouterr().out

    @pytest.mark.parametrize("bad", ["", "{", "[" * 100_000, "\x00"])
    def test_files_that_cannot_be_read_are_refused(self, tmp_path, capsys, bad):
        (tmp_path / "a.bpmn").write_bytes(CHOICE)
        (tmp_path / "s.json").write_text(bad)

        code = traced(tmp_path)

        assert code == 1
        assert json.loads(capsys.readouterr().out)["refused"]["step"] is None
        assert main(["flow", "trace", str(tmp_path / "none.bpmn"), "--json"]) == 1
