"""``shouhou api-token``: let a partner's system in, list those let in, withdraw a token (合作方令牌).

shouhou api-token --organisation yamu --name 青鸟物流 --rights read,report
shouhou api-token --organisation yamu                         lists them
shouhou api-token --organisation yamu --withdraw x7Qk         by the token's last four signs
"""

import argparse
from typing import TYPE_CHECKING

from shouhou.cli.house import now, open_house, refuse, refused, say

if TYPE_CHECKING:
    from shouhou.core.models import Organisation


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", required=True, help="its short code, such as yamu (企业)")
    parser.add_argument("--name", default="", help="whose system it is (系统名称)")
    parser.add_argument("--rights", default="read", help="of read, report, dispatch, work; by comma (权限)")
    parser.add_argument(
        "--withdraw", default="", metavar="LAST4", help="withdraw the token that ends so (作废)"
    )


def run(options: argparse.Namespace) -> int:
    open_house()
    from shouhou.core.models import Organisation
    from shouhou.core.refusals import Refusal

    organisation = Organisation.objects.filter(code=options.organisation).first()
    if organisation is None:
        return refuse("没有这个企业。", "There is no such organisation.")
    try:
        if options.withdraw:
            return withdraw(organisation, options.withdraw)
        return give(organisation, options.name, options.rights) if options.name else show(organisation)
    except Refusal as refusal:
        return refused(refusal)


def give(organisation: "Organisation", name: str, rights: str) -> int:
    """Print a fresh token; it is shown this once.

    Raises ``Unfit``.
    """
    from shouhou.core import actor, clients

    token = clients.new_token()
    chosen = [right.strip() for right in rights.split(",") if right.strip()]
    clients.admit_client(name=name, rights=chosen, token=token, actor=actor.job(organisation.pk), now=now())
    say("令牌只显示这一次，请妥善保存", "the token is shown this once, keep it safe")
    print(token, flush=True)
    return 0


def withdraw(organisation: "Organisation", tail: str) -> int:
    """Withdraw the one token that ends so."""
    from shouhou.core import actor, clients
    from shouhou.core.models import ApiClient

    found = list(ApiClient.objects.filter(organisation=organisation, tail=tail, revoked_at=None))
    if len(found) != 1:
        return refuse(
            f"以 {tail} 结尾的有效令牌有 {len(found)} 个。请先列出核对。",
            f"{len(found)} tokens in use end in {tail}. List them first.",
        )
    clients.revoke_client(found[0], actor=actor.job(organisation.pk), now=now())
    say(f"{found[0].name} 的令牌已作废", f"the token of {found[0].name} opens nothing any more")
    return 0


def show(organisation: "Organisation") -> int:
    """List the partners' systems, the newest first."""
    from shouhou.core.models import ApiClient

    rows = ApiClient.objects.filter(organisation=organisation).order_by("-made_at")
    for client in rows:
        state = "作废 withdrawn" if client.revoked_at else "有效 in use"
        print(f"    …{client.tail}\t{client.name}\t{','.join(client.rights)}\t{state}", flush=True)
    if not rows:
        say("还没有合作方系统", "no partner's system yet")
    return 0
