"""``shouhou verify-audit``: whether the record is whole; the first broken row is named (核验记录)."""

import argparse

from shouhou.cli.house import open_house, refuse, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", default="", help="code of one organisation; all without it")


def run(options: argparse.Namespace) -> int:
    open_house()
    from shouhou.core.models import Event, Organisation

    organisations = Organisation.objects.order_by("code")
    if options.organisation:
        organisations = organisations.filter(code=options.organisation)
    if not organisations:
        return refuse("没有这个企业。", "There is no such organisation.")
    broken = [line for organisation in organisations for line in troubles(organisation)]
    if broken:
        return refuse(
            "记录有改动，最先出错处：", "The record was changed. First broken rows:\n" + "\n".join(broken)
        )
    count = Event.objects.filter(organisation__in=organisations).count()
    say(f"记录完整，共 {count} 条", f"the record is whole, {count} events")
    return 0


def troubles(organisation: object) -> list[str]:
    """Where an organisation's record no longer fits, one line each, the first broken row first."""
    from shouhou.core import audit
    from shouhou.core.models import Organisation

    if not isinstance(organisation, Organisation):
        raise TypeError(f"Not an organisation: {organisation!r}")
    return [
        f"    {organisation.code}\t{broken.root_id}\t#{broken.number}\t{broken.why}"
        for broken in audit.verify(organisation)
    ]
