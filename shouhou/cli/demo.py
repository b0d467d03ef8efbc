"""``shouhou demo``: three demo organisations with a month behind them (演示数据)."""

import argparse

from shouhou.cli.house import now, open_house, refuse, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true", help="empty the SQLite database first (清空后重建)")
    parser.add_argument("--cases", type=int, default=24, help="reports per organisation (每家企业的报修数)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same month (随机种子)")


def run(options: argparse.Namespace) -> int:
    open_house()
    from shouhou.cli import migrate
    from shouhou.core.models import Organisation

    migrate.bring_up()
    if options.fresh:
        emptied = _empty()
        if emptied:
            return emptied
    if Organisation.objects.exists():
        return refuse(
            "数据库里已有企业，演示数据只装入空库。可用 --fresh 清空只有演示企业的库。",
            "There are organisations already; demo data goes into an empty database only. "
            "With --fresh a database that holds nothing but demo organisations is emptied first.",
        )
    from shouhou import demo

    say("装入演示数据", "loading demo data")
    demo.load(
        now=now(), seed=options.seed, cases=options.cases, say=lambda line: print(f"    {line}", flush=True)
    )
    return 0


def _empty() -> int:
    """Empty the database, unless a real organisation lives in it."""
    from pathlib import Path

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections

    from shouhou.cli import migrate
    from shouhou.core.models import Organisation

    if Organisation.objects.filter(is_demo=False).exists():
        return refuse(
            "库里有真实企业，不会清空。请换一个数据目录：SHOUHOU_DATA=…",
            "A real organisation lives here, so nothing is emptied. Use another folder: SHOUHOU_DATA=…",
        )
    if connection.vendor == "sqlite":
        # Triggers guard what may never be deleted; a whole file gives no row away.
        connections.close_all()
        for path in Path(settings.DATABASES["default"]["NAME"]).parent.glob("shouhou.sqlite3*"):
            path.unlink()
        migrate.bring_up()
    else:
        call_command("flush", interactive=False, verbosity=0)
    return 0
