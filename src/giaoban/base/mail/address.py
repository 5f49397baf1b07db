"""GIAOBAN_MAIL as Django's settings. It may hold a password, so nothing here repeats the address it was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_BACKEND = "django.core.mail.backends"
_NOTHING: dict[str, Any] = {
    "EMAIL_BACKEND": f"{_BACKEND}.dummy.EmailBackend",
    "EMAIL_HOST": "",
    "EMAIL_PORT": 0,
    "EMAIL_HOST_USER": "",
    "EMAIL_HOST_PASSWORD": "",
    "EMAIL_USE_SSL": False,
    "EMAIL_USE_TLS": False,
    "EMAIL_TIMEOUT": 20,  # seconds
    "EMAIL_FILE_PATH": "",
    "DEFAULT_FROM_EMAIL": "giaoban@localhost",
}


@dataclass(frozen=True)
class Outlet:
    """How letters leave: Django's settings, or what is wrong with what was asked for (one sentence)."""

    settings: dict[str, Any] = field(repr=False)
    trouble: str = ""


def outlet(address: str) -> Outlet:
    """`smtp://user:password@host:587/?tls=1&from=…`, `smtps://…:465`, `file:///folder`, `console:`; "" for none.

    >>> outlet("file:///srv/mail").settings["EMAIL_FILE_PATH"]
    '/srv/mail'
    >>> outlet("smtp:///").trouble
    'GIAOBAN_MAIL: thiếu tên máy chủ thư; hãy viết smtp://tên:mật-khẩu@máy-chủ:587/?tls=1.'
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return _none("GIAOBAN_MAIL: địa chỉ viết sai (cổng phải là số); hãy viết smtp://máy-chủ:587/?tls=1.")
    asked = dict(parse_qsl(parts.query))
    sender = asked.get("from") or _sender(parts)
    match parts.scheme:
        case "" if not address:
            return _none("")
        case "console":
            return _made(EMAIL_BACKEND=f"{_BACKEND}.console.EmailBackend", DEFAULT_FROM_EMAIL=sender)
        case "file" if parts.path.strip("/"):
            return _made(
                EMAIL_BACKEND=f"{_BACKEND}.filebased.EmailBackend",
                EMAIL_FILE_PATH=unquote(parts.path),
                DEFAULT_FROM_EMAIL=sender,
            )
        case "smtp" | "smtps":
            return _server(parts, port=port, is_tls=asked.get("tls") == "1", sender=sender)
    return _none("GIAOBAN_MAIL: không hiểu địa chỉ này; dùng smtp://, smtps://, file:///thư-mục hoặc console:.")


def _server(parts: SplitResult, *, port: int | None, is_tls: bool, sender: str) -> Outlet:
    if not parts.hostname:
        return _none("GIAOBAN_MAIL: thiếu tên máy chủ thư; hãy viết smtp://tên:mật-khẩu@máy-chủ:587/?tls=1.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        return _none("GIAOBAN_MAIL: tên và mật khẩu chỉ được có chữ không dấu, vì máy chủ thư không nhận dấu.")
    is_wrapped = parts.scheme == "smtps"
    return _made(
        EMAIL_BACKEND=f"{_BACKEND}.smtp.EmailBackend",
        EMAIL_HOST=parts.hostname,
        EMAIL_PORT=port or (465 if is_wrapped else 587 if is_tls else 25),
        EMAIL_HOST_USER=user,
        EMAIL_HOST_PASSWORD=password,
        EMAIL_USE_SSL=is_wrapped,
        EMAIL_USE_TLS=is_tls and not is_wrapped,
        DEFAULT_FROM_EMAIL=sender,
    )


def _sender(parts: SplitResult) -> str:
    user = unquote(parts.username or "")
    return user if "@" in user else f"giaoban@{parts.hostname or 'localhost'}"


def _made(**settings: Any) -> Outlet:
    return Outlet(_NOTHING | settings)


def _none(trouble: str) -> Outlet:
    return Outlet(_NOTHING, trouble)
