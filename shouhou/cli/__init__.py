"""Commands (命令): the product on a shell.

Each command is a module with ``arguments(parser)`` and ``run(options) -> int``,
imported only when it is called, so that ``shouhou feel`` starts without Django.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "run": "start: migrate, furnish an empty house, serve (启动)",
    "work": "do the jobs beside the web processes (后台任务)",
    "migrate": "bring the database up to this version (更新数据库)",
    "demo": "three demo organisations with a month behind them (演示数据)",
    "create-admin": "found an organisation, give its administrator a login (建管理员)",
    "api-token": "let a partner's system in, list them, withdraw a token (合作方令牌)",
    "backup": "write everything into one file (备份)",
    "restore": "bring back what a backup holds (恢复)",
    "doctor": "look whether everything is in order (体检)",
    "verify-audit": "check that the record is whole (核验记录)",
    "settings": "show every setting and its value (设置)",
    "sample-workbook": "write a workbook of customers to try the import with (示例工作簿)",
    "messages": "collect, fill in and compile translations (译文)",
    "flow": "check or trace a drawing (检查、推演流程图)",
    "feel": "evaluate one FEEL expression (计算表达式)",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="shouhou", description="售后 Shouhou")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, line in COMMANDS.items():
        sub = commands.add_parser(name, help=line, description=line)
        # Only the named command's module is imported: the others may need what is not set up.
        if words and words[0] == name:
            import_module(f"shouhou.cli.{name.replace('-', '_')}").arguments(sub)
    options = parser.parse_args(words)
    return int(import_module(f"shouhou.cli.{options.command.replace('-', '_')}").run(options))
