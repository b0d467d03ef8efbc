"""The environment (环境变量): every setting a deployment may give, typed and explained.

``docs/settings.md`` is written from this class; a test keeps the two together.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "SHOUHOU_"
Words = Annotated[list[str], NoDecode]


class SettingRefused(SystemExit):
    """A setting is wrong; the program does not start. The text says what to write."""


class Environment(BaseSettings):
    """What stands in ``SHOUHOU_…`` variables, and ``DATABASE_URL``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    data: Path = Field(Path("var"), description="Folder for the database, files and keys. 数据目录")
    database_url: str = Field(
        "",
        validation_alias="DATABASE_URL",
        description="postgresql://user:password@host:5432/name; empty = SQLite in the data folder. 数据库",
    )
    secret_key: str = Field("", description="Signing key; empty = made once in the data folder. 密钥")
    debug: bool = Field(False, description="Developer's mode; never on a reachable machine. 调试")
    hosts: Words = Field(
        ["127.0.0.1", "localhost", "[::1]"], description="Names the server answers to, by comma. 主机名"
    )
    origins: Words = Field([], description="Origins trusted for forms behind a proxy, by comma. 来源")
    host: str = Field("127.0.0.1", description="Address to listen on. 监听地址")
    https: bool = Field(False, description="Cookies only over TLS. 仅 HTTPS")
    behind_proxy: bool = Field(False, description="Trust X-Forwarded-Proto of the proxy in front. 反向代理")
    tls_certificate: Path | None = Field(None, description="PEM certificate for TLS without a proxy. 证书")
    tls_key: Path | None = Field(None, description="PEM key belonging to it. 证书私钥")
    address: str = Field(
        "http://127.0.0.1:8000", description="How customers reach the server; heads their links. 对外地址"
    )
    smtp_url: str = Field("", description="smtp://user:password@host:port; empty = no e-mail is sent. 邮件")
    mail_from: str = Field("shouhou@localhost", description="Sender of e-mail. 发件人")
    sms_url: str = Field("", description="HTTPS address of the SMS gateway; empty = none is sent. 短信")
    sms_key: str = Field("", description="Key the SMS gateway knows us by. 短信账号")
    sms_secret: str = Field("", description="Secret that signs SMS requests. 短信密钥")
    jobs: Literal["inline", "off"] = Field(
        "off", description="inline = this web process also runs the jobs; off = `shouhou work` does. 后台任务"
    )
    workers: int = Field(1, ge=1, le=64, description="Web processes (PostgreSQL only when above 1). 进程数")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="日志级别")
    test_postgres: str = Field("", description="PostgreSQL for `make test`, a server URL. 测试数据库")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what ``read`` hands over counts: the environment is given, not looked up."""
        return (init_settings,)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Environment":
        """The settings in ``environ``.

        Raises ``SettingRefused`` naming an unknown ``SHOUHOU_*`` or a value that cannot be taken.
        """
        given: dict[str, Any] = {}
        for name, value in environ.items():
            field = name.removeprefix(PREFIX).lower()
            if name == "DATABASE_URL":
                given[name] = value
            elif name.startswith(PREFIX):
                if field not in cls.model_fields or field == "database_url":
                    raise SettingRefused(_unknown(name, cls))
                given[field] = value.split(",") if field in ("hosts", "origins") else value
        try:
            return cls(**given)
        except ValidationError as trouble:
            raise SettingRefused(_wrong(trouble, cls)) from None


def _unknown(name: str, cls: type[Environment]) -> str:
    known = ", ".join(sorted(PREFIX + field.upper() for field in cls.model_fields if field != "database_url"))
    return f"{name} is not a setting of Shouhou. Remove it or write one of: {known}.\n没有 {name} 这个设置，请删除或改用上列名称之一。"


def _wrong(trouble: ValidationError, cls: type[Environment]) -> str:
    problem = trouble.errors()[0]
    field = str(problem["loc"][0])
    name = field if field == "DATABASE_URL" else PREFIX + field.upper()
    told = cls.model_fields.get(field.lower())
    hint = told.description if told else ""
    return f"{name}={problem['input']!r} cannot be used: {problem['msg']}. It means: {hint}\n设置 {name} 的值不可用，请按上面的说明改写。"


def secret_key(env: Environment, data: Path) -> str:
    """The signing key: given, or made once in the data folder, readable by its owner only."""
    if env.secret_key:
        return env.secret_key
    path = data / "secret.key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
