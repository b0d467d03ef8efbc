"""Page A (售后服务流程), walked by the engine: where a case goes on each answer."""

from collections.abc import Mapping
from typing import Any

import pytest

from shouhou.kernel.bpmn.tracing import trace
from shouhou.wiring.tasks import ATLAS

Step = Mapping[str, Any]

PAGE_A = ATLAS["a"]
ACCEPTED: Step = {"complete": "assess", "data": {"评估结论": "接受", "处理方式": "维修", "维修地点": "上门"}}
REPORTED: Step = {"complete": "acknowledge"}
BOOKED: Step = {"complete": "book_visit"}
FIXED: Step = {"complete": "visit", "data": {"上门结果": "修好"}}
NOT_FIXED: Step = {"complete": "visit", "data": {"上门结果": "未修好"}}
TOLD: list[Step] = [{"complete": "tell_result"}, {"complete": "send_survey"}]
SATISFIED: Step = {"complete": "return_call", "data": {"回访结果": "满意"}}
CLOSED: Step = {"complete": "close_case"}
MOMENTS = {
    "响应预警时刻": "2026-11-24T09:45:00+08:00",
    "响应时限": "2026-11-24T10:00:00+08:00",
    "到场预警时刻": "2026-11-25T07:00:00+08:00",
    "到场时限": "2026-11-25T09:00:00+08:00",
    "改约答复时限": "2026-11-24T11:30:00+08:00",
}


def walk(*steps: Step) -> dict[str, Any]:
    """What the engine says when 李女士's case takes these steps from the report on."""
    told = trace(PAGE_A.read_bytes(), {"data": MOMENTS, "steps": [REPORTED, *steps]})
    assert (told["refused"], told["incident"]) == (None, None)
    return told


class TestWalk:
    """Page A runs as the source text tells it."""

    def test_a_repair_at_home_ends_closed(self) -> None:
        told = walk(ACCEPTED, BOOKED, FIXED, *TOLD, SATISFIED, CLOSED)

        assert told["ended"]
        assert told["completed"][-1] == "close_case"

    def test_a_missing_answer_is_chased_and_assessed_again(self) -> None:
        asked = {"complete": "assess", "data": {"评估结论": "补充资料"}}
        told = walk(
            asked, {"complete": "ask_customer"}, {"fire": "info_overdue"}, {"complete": "chase_customer"}
        )

        assert told["offered"][-1] == "assess"

    @pytest.mark.parametrize(("upheld", "next_step"), [(True, "assess"), (False, "close_rejected")])
    def test_a_rejected_customer_may_appeal(self, upheld: bool, next_step: str) -> None:
        rejected = {"complete": "assess", "data": {"评估结论": "不受理"}}
        told = walk(
            rejected,
            {"complete": "tell_rejection"},
            {"message": "客户申诉"},
            {"complete": "review_appeal", "data": {"申诉成立": upheld}},
        )

        assert told["offered"][-1] == next_step

    def test_no_appeal_within_seven_days_ends_it(self) -> None:
        rejected = {"complete": "assess", "data": {"评估结论": "不受理"}}
        told = walk(
            rejected,
            {"complete": "tell_rejection"},
            {"fire": "appeal_expired"},
            {"complete": "close_rejected"},
        )

        assert told["ended"]

    @pytest.mark.parametrize(
        ("remedy", "place", "first"),
        [
            ("更换", None, "confirm_replacement"),
            ("维修", "维修中心", "bench_receive"),
            ("维修", "上门", "book_visit"),
        ],
    )
    def test_an_accepted_case_takes_its_remedy(self, remedy: str, place: str | None, first: str) -> None:
        decided = {"评估结论": "接受", "处理方式": remedy, "维修地点": place}

        assert walk({"complete": "assess", "data": decided})["offered"][-1] == first

    @pytest.mark.parametrize(
        ("result", "next_step"),
        [
            ("修好", "tell_result"),
            ("转维修中心", "bench_receive"),
            ("无人在家", "book_visit"),
            ("未修好", "decide_next"),
        ],
    )
    def test_every_visit_leads_on(self, result: str, next_step: str) -> None:
        told = walk(ACCEPTED, BOOKED, {"complete": "visit", "data": {"上门结果": result}})

        assert told["offered"][-1] == next_step

    @pytest.mark.parametrize(
        ("choice", "next_step"),
        [
            ("退款", "confirm_refund"),
            ("更换", "confirm_replacement"),
            ("送修", "bench_receive"),
            ("再次维修", "book_visit"),
        ],
    )
    def test_failed_work_is_never_closed_silently(self, choice: str, next_step: str) -> None:
        told = walk(ACCEPTED, BOOKED, NOT_FIXED, {"complete": "decide_next", "data": {"下一步": choice}})

        assert told["offered"][-1] == next_step
        assert not told["ended"]

    def test_a_cancelled_visit_is_booked_again(self) -> None:
        told = walk(ACCEPTED, BOOKED, {"message": "上门取消"})

        assert told["offered"][-1] == "book_visit"
        assert "visit" not in told["waiting"]

    def test_a_move_needs_the_customers_yes_and_the_visit_goes_on_waiting(self) -> None:
        proposed: list[Step] = [ACCEPTED, BOOKED, {"message": "改约提出"}]
        agreed = walk(*proposed, {"message": "客户答复改约", "data": {"改约答复": "同意"}})
        refused = walk(*proposed, {"message": "客户答复改约", "data": {"改约答复": "不同意"}})
        silent = walk(*proposed, {"fire": "answer_due"})

        assert "visit" in agreed["waiting"]
        assert agreed["offered"][-1] == "visit"
        assert refused["offered"][-1] == "other_technician"
        assert silent["offered"][-1] == "ask_by_phone"

    def test_three_unanswered_calls_leave_a_message_and_close(self) -> None:
        nobody: list[Step] = [
            {"complete": "return_call", "data": {"回访结果": "未接通", "回访次数": count}}
            for count in (1, 2, 3)
        ]
        again = {"fire": "call_again"}
        told = walk(
            ACCEPTED, BOOKED, FIXED, *TOLD, nobody[0], again, nobody[1], again, nobody[2],
            {"complete": "leave_message"}, CLOSED,
        )  # fmt: skip

        assert told["ended"]

    def test_an_unhappy_answer_to_the_survey_reopens_the_work(self) -> None:
        told = walk(ACCEPTED, BOOKED, FIXED, *TOLD, {"message": "客户不满意"})

        assert told["offered"][-1] == "decide_next"
        assert "return_call" not in told["waiting"]

    def test_withdrawing_ends_everything(self) -> None:
        assert walk(ACCEPTED, BOOKED, {"message": "撤回或合并"})["ended"]

    def test_the_clocks_run_beside_the_work(self) -> None:
        told = walk(
            {"fire": "start_clocks"}, {"complete": "warn_response"},
            {"fire": "response_due"}, {"complete": "check_response"},
            {"fire": "arrival_warning"}, {"complete": "warn_arrival"},
            {"fire": "arrival_due"}, {"complete": "check_arrival"},
        )  # fmt: skip

        assert told["waiting"] == ["assess"]
