"""Whether letters can leave, in one sentence without a secret."""

from __future__ import annotations

import os
from pathlib import Path
from smtplib import SMTPAuthenticationError, SMTPException

from django.conf import settings
from django.core.mail import get_connection


def trouble() -> str:
    """What is wrong with the setting; empty when letters can leave, and when nobody asked for an outlet."""
    if settings.MAIL_TROUBLE:
        return str(settings.MAIL_TROUBLE)
    if settings.EMAIL_BACKEND.endswith(".filebased.EmailBackend"):
        return _trouble_of_folder(Path(settings.EMAIL_FILE_PATH))
    if settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        return _trouble_of_server(f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    return ""


def _trouble_of_folder(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return f"GIAOBAN_MAIL: không lập được thư mục {folder}; hãy kiểm tra quyền."
    return "" if os.access(folder, os.W_OK) else f"GIAOBAN_MAIL: không ghi được vào thư mục {folder}."


def _trouble_of_server(server: str) -> str:
    try:
        with get_connection():
            return ""
    except SMTPAuthenticationError as refused:
        return f"GIAOBAN_MAIL: máy chủ thư {server} không nhận tên và mật khẩu (mã {refused.smtp_code})."
    except SMTPException as refused:
        return f"GIAOBAN_MAIL: máy chủ thư {server} từ chối ({type(refused).__name__}); hãy xem lại tls và cổng."
    except OSError as away:
        return f"GIAOBAN_MAIL: không nối được máy chủ thư {server} ({type(away).__name__})."
