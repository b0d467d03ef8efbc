"""Taking customers and their pieces in from workbooks (导入客户档案), in one sheet or in several.

A row is about the customer with its phone number. Columns that stand empty change nothing; a row with a
product code, or a product's name, is about a piece of theirs too.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from shouhou.core.actor import Actor
from shouhou.core.calendar import calendar_of
from shouhou.core.refusals import Unfit
from shouhou.core.sheets.columns import Column, Row
from shouhou.core.sheets.importer import Judgement, Made, offer
from shouhou.customers.importing.columns import COLUMNS
from shouhou.customers.importing.doing import carry_out, take_back
from shouhou.customers.importing.known import Files
from shouhou.customers.importing.planning import assume, plan_for


class CustomerImport:
    """Customers, with contacts, addresses and pieces."""

    name = "customers.files"
    verb = "customers.import_customers"
    columns: Sequence[Column] = COLUMNS
    # A list of complaints names customers and products too.
    leaves_out = ("故障现象", "问题描述", "投诉内容", "Symptom", "Complaint")

    @property
    def title(self) -> str:
        return _("Customers and products")

    def judge(self, rows: Sequence[Row], *, actor: Actor, now: datetime) -> list[Judgement]:
        """Each row as it stands after those above it."""
        files, today = Files.of(rows, actor), calendar_of(actor.organisation_id).day_of(now)
        judgements = []
        for row in rows:
            try:
                plan = plan_for(row, files, today)
            except Unfit as trouble:
                judgements.append(Judgement("refused", problems=trouble.problems))
            else:
                judgements.append(Judgement(plan.verdict, tuple(plan.words())))
                assume(plan, files)
        return judgements

    def take_in(self, row: Row, *, actor: Actor, now: datetime) -> Judgement:
        """Do what the row asks for, as the files stand now."""
        plan = plan_for(row, Files.of([row], actor), calendar_of(actor.organisation_id).day_of(now))
        return Judgement(plan.verdict, tuple(plan.words()), made=carry_out(plan, actor=actor, now=now))

    def take_back(self, made: Made, *, actor: Actor, now: datetime) -> None:
        """Undo one thing a row made."""
        take_back(made, actor=actor, now=now)


offer(CustomerImport())
