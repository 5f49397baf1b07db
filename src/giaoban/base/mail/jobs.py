"""The job that sends a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from giaoban.base.jobs import job
from giaoban.base.jobs.running import Run
from giaoban.base.mail import rules


@job(name="mail.deliver", label=_("Gửi thư"), retries=8, timeout=timedelta(minutes=2))
def deliver(*, to: Sequence[str], subject: str, text: str, html: str | None, at: datetime, run: Run) -> None:
    """Hand the letter to the mail server. Its Message-ID is the same at every attempt, so that a letter that was
    sent just before the worker was killed is known for what it is.

    Raises rules.NoMail while letters cannot leave, rules.NobodyThere when the server knows no such addressee.
    """
    if settings.MAIL_TROUBLE or settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        raise rules.NoMail()
    letter = EmailMultiAlternatives(subject, text, to=list(to), headers={"Message-ID": _identity(run, subject, *to)})
    if html is not None:
        letter.attach_alternative(html, "text/html")
    try:
        with get_connection() as letter.connection:
            letter.send()
    except SMTPRecipientsRefused as refused:
        if all(500 <= code < 600 for code, _words in refused.recipients.values()):
            raise rules.NobodyThere(to=", ".join(refused.recipients)) from refused
        raise


def _identity(run: Run, *words: str) -> str:
    digest = salted_hmac("giaoban.mail", "\n".join([str(run.job_id), *words])).hexdigest()[:32]
    return f"<{digest}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>"
