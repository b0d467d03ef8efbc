"""Working time (工作时间): what "1 个工作日" comes to on a calendar with holidays and make-up days (调休).

calendar = Calendar(ZoneInfo("Asia/Shanghai"), week=weekdays(time(9), time(18)))
parse_rule("1 个工作日").after(moment, calendar)
"""

from shouhou.kernel.workday.calendar import Calendar, Hours, weekdays
from shouhou.kernel.workday.reckoning import (
    add_working_days,
    add_working_time,
    end_of_working_day,
    is_working,
    working_time_between,
)
from shouhou.kernel.workday.rule import Rule, Unit, parse_rule

__all__ = [
    "Calendar",
    "Hours",
    "Rule",
    "Unit",
    "add_working_days",
    "add_working_time",
    "end_of_working_day",
    "is_working",
    "parse_rule",
    "weekdays",
    "working_time_between",
]
