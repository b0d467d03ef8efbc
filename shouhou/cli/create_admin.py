"""``shouhou create-admin``: found an organisation, or help one whose administrator is locked out (建管理员).

shouhou create-admin --organisation yamu --company 雅木家居 --name 何平 --username heping
"""

import argparse

from shouhou.cli.house import now, open_house, refused, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", required=True, help="short code, such as yamu; new codes found one")
    parser.add_argument("--company", default="", help="name of a new organisation (企业名称)")
    parser.add_argument("--name", required=True, help="the administrator's name (姓名)")
    parser.add_argument("--username", required=True, help="what they log in with (登录名)")


def run(options: argparse.Namespace) -> int:
    open_house()
    from shouhou.cli.migrate import bring_up
    from shouhou.core.refusals import Refusal

    bring_up()
    try:
        password = create(options.organisation, options.company, options.name, options.username)
    except Refusal as refusal:
        return refused(refusal)
    say(
        f"登录名 {options.username}，一次性密码 {password}",
        "log in with it once and choose your own password",
    )
    return 0


def create(code: str, company: str, name: str, username: str) -> str:
    """Found the organisation when its code is new, hire the administrator, and answer their first password.

    Raises ``Unfit``, ``UsernameTaken``.
    """
    from django.db import transaction

    from shouhou.core import actor
    from shouhou.core.ids import new_id
    from shouhou.core.models import Organisation
    from shouhou.core.policy import Role
    from shouhou.core.services import found_organisation
    from shouhou.people.services import give_login, hire_person

    moment = now()
    # All or nothing: an organisation nobody can enter helps no one.
    with transaction.atomic():
        known = Organisation.objects.filter(code=code).first()
        system = actor.job(known.pk if known else new_id())
        if known is None:
            found_organisation(code=code, name=company or code, actor=system, now=moment)
        person = hire_person(name=name, roles=[Role.ADMINISTRATOR], actor=system, now=moment)
        return give_login(person, username=username, actor=system, now=moment)
