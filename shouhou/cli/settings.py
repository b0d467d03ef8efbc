"""``shouhou settings``: every setting, what it is now, what it means (设置).

shouhou settings                what this process would run with; secrets are not shown
shouhou settings --markdown     docs/settings.md, which a test keeps in step
"""

import argparse
import os
from collections.abc import Iterator

SECRET = ("secret", "key", "password", "url")
INTRODUCTION = """\
# Settings · 设置

Written by `shouhou settings --markdown`; a test keeps it in step with `shouhou/settings/environment.py`.

Settings are environment variables. A value that cannot be used, or an unknown `SHOUHOU_…` name, stops the start
with a sentence that says what to write. 设置都是环境变量；写错名字或值时，启动会停下并说明该怎么写。

`PORT` (default 8000) is the port `shouhou run` listens on. `PORT` 是监听端口。

| name 名称 | default 默认 | meaning 含义 |
|---|---|---|"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--markdown", action="store_true", help="as the page docs/settings.md")


def run(options: argparse.Namespace) -> int:
    if options.markdown:
        print(page(), end="")
        return 0
    from shouhou.settings.environment import Environment

    env = Environment.read(os.environ)
    for name, field, _default, _meaning in _settings():
        value = getattr(env, field)
        hidden = value and any(word in field for word in SECRET) and field != "tls_key"
        print(f"{name:<28} {'••••' if hidden else value}")
    return 0


def page() -> str:
    """``docs/settings.md``."""
    rows = [f"| `{name}` | {default} | {meaning} |" for name, _field, default, meaning in _settings()]
    return "\n".join([INTRODUCTION, *rows, ""])


def _settings() -> Iterator[tuple[str, str, str, str]]:
    """Every setting's name, field, default and meaning."""
    from shouhou.settings.environment import PREFIX, Environment

    for field, told in Environment.model_fields.items():
        name = str(told.validation_alias or PREFIX + field.upper())
        default = ",".join(told.default) if isinstance(told.default, list) else told.default
        shown = f"`{default}`" if default not in ("", None) else ""
        yield name, field, shown, str(told.description).replace("|", "\\|")
