"""A letter leaves after the commit, once; what keeps it from leaving is said in words, and no secret is told."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from giaoban.base.jobs.models import Job
from giaoban.base.ledger.work import service
from giaoban.base.mail import rules
from giaoban.base.mail.address import outlet
from giaoban.base.mail.checking import trouble
from giaoban.base.mail.sending import send
from giaoban.base.mail.tests.post_office import post_office
from giaoban.core.refusal import Refusal

AT = datetime(2020, 8, 24, 2, 0, tzinfo=UTC)
SECRET, WRITTEN = "mat khau/@:1", "mat%20khau%2F%40%3A1"


def ask(**other):
    words = {"to": ["lan@coquan.vn"], "subject": "Nhắc nộp", "text": "Kỳ báo cáo sắp hết hạn."} | other
    return send(at=AT, **words)


def as_set(address):
    """The settings that an address makes, in force."""
    found = outlet(address)
    return override_settings(**found.settings, MAIL_TROUBLE=found.trouble)


@pytest.mark.django_db
def test_a_letter_leaves_after_the_service_and_once(run_jobs, mailoutbox):
    service(lambda: ask(html="<p>Kỳ báo cáo sắp hết hạn.</p>"))()
    assert mailoutbox == []

    run_jobs(at=AT)
    run_jobs(at=AT + timedelta(hours=1))

    (letter,) = mailoutbox
    assert (letter.to, letter.subject, letter.body) == (["lan@coquan.vn"], "Nhắc nộp", "Kỳ báo cáo sắp hết hạn.")
    assert [part.mimetype for part in letter.alternatives] == ["text/html"]


@pytest.mark.django_db
def test_a_refused_service_sends_nothing(run_jobs, mailoutbox):
    @service
    def refused():
        ask()
        raise Refusal()

    with pytest.raises(Refusal):
        refused()
    run_jobs(at=AT)

    assert mailoutbox == []


@pytest.mark.django_db
def test_a_letter_has_the_same_identity_at_every_attempt_and_no_other_has_it(run_jobs, mailoutbox):
    first = ask()
    ask()
    run_jobs(at=AT)
    Job.objects.filter(pk=first).update(state="waiting")
    run_jobs(at=AT)

    one, other, again = [letter.extra_headers["Message-ID"] for letter in mailoutbox]
    assert one == again
    assert one != other


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "no"),
    [
        ({"to": []}, rules.NoAddressee),
        ({"to": ["lan"]}, rules.BadAddress),
        ({"to": ["lan@coquan.vn\nBcc: all@coquan.vn"]}, rules.BadAddress),
        ({"subject": " \n "}, rules.NoSubject),
    ],
    ids=str,
)
def test_a_letter_that_cannot_be_sent_is_refused_where_it_is_asked_for(wrong, no):
    with pytest.raises(no):
        ask(**wrong)

    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_line_break_in_a_subject_begins_no_header(run_jobs, mailoutbox):
    ask(subject="Nhắc nộp\nBcc: all@coquan.vn")
    run_jobs(at=AT)

    assert mailoutbox[0].subject == "Nhắc nộp Bcc: all@coquan.vn"
    assert mailoutbox[0].recipients() == ["lan@coquan.vn"]


@pytest.mark.django_db
def test_a_letter_in_the_file_outlet_can_be_read(run_jobs, tmp_path):
    with as_set(f"file://{tmp_path}/mail"):
        assert trouble() == ""
        ask()
        run_jobs(at=AT)

    (file,) = (tmp_path / "mail").iterdir()
    assert "To: lan@coquan.vn" in file.read_text()


@pytest.mark.django_db
def test_a_mail_server_gets_the_letter(run_jobs):
    with post_office() as office, as_set(f"smtp://to%40coquan.vn:{WRITTEN}@127.0.0.1:{office.port}/"):
        assert trouble() == ""
        ask()
        run_jobs(at=AT)

    assert "From: to@coquan.vn" in office.letters[0]
    assert "Message-ID: <" in office.letters[0]


@pytest.mark.django_db
def test_an_address_the_server_does_not_know_is_an_answer(run_jobs):
    with post_office() as office, as_set(f"smtp://127.0.0.1:{office.port}/"):
        office.knows_all = False
        ask()
        run_jobs(at=AT, may_fail=True)

    found = Job.objects.get()
    assert (found.state, found.attempts) == ("failed", 1)
    assert "không nhận địa chỉ lan@coquan.vn" in found.trouble


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_again(run_jobs):
    with post_office() as office:
        port = office.port
    with as_set(f"smtp://127.0.0.1:{port}/"):
        assert f"không nối được máy chủ thư 127.0.0.1:{port}" in trouble()
        ask()
        run_jobs(at=AT, may_fail=True)

    assert Job.objects.get().state == "waiting"


@pytest.mark.django_db
def test_no_secret_is_told_when_the_server_refuses_it(run_jobs, caplog):
    caplog.set_level(logging.DEBUG)
    address = f"smtp://lan:{WRITTEN}@127.0.0.1"
    with post_office() as office, as_set(f"{address}:{office.port}/"):
        office.is_open = False
        said = trouble()
        ask()
        run_jobs(at=AT, may_fail=True)

    assert "không nhận tên và mật khẩu (mã 535)" in said
    told = " ".join([said, caplog.text, Job.objects.get().trouble, repr(outlet(f"{address}:25/"))])
    assert SECRET not in told
    assert WRITTEN not in told


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "smpt://mail.coquan.vn/"])
def test_without_an_outlet_a_letter_waits_for_somebody_to_decide(address, run_jobs):
    with as_set(address):
        ask()
        run_jobs(at=AT, may_fail=True)

    found = Job.objects.get()
    assert (found.state, found.trouble) == ("failed", rules.NoMail.says)


@pytest.mark.parametrize(
    "address",
    [
        "smpt://lan:x@mail.coquan.vn",
        "mail.coquan.vn",
        "smtp://",
        "file://",
        "file:///",
        "smtp://[",
        "smtp://a:b@c:port/",
        "smtp://lan:m%E1%BA%ADt@c/",
    ],
)
def test_an_address_that_cannot_be_used_is_told_in_a_sentence(address):
    found = outlet(address)

    assert found.trouble.startswith("GIAOBAN_MAIL: ")
    assert found.settings["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    with as_set(address):
        assert trouble() == found.trouble


def test_no_address_is_no_fault():
    with as_set(""):
        assert trouble() == ""


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl", "sender"),
    [
        ("smtp://mail.coquan.vn", 25, False, False, "giaoban@mail.coquan.vn"),
        ("smtp://lan%40coquan.vn:x@mail.coquan.vn/?tls=1", 587, True, False, "lan@coquan.vn"),
        ("smtps://mail.coquan.vn/?from=bao-cao@coquan.vn", 465, False, True, "bao-cao@coquan.vn"),
        ("smtp://mail.coquan.vn:2525/?tls=1", 2525, True, False, "giaoban@mail.coquan.vn"),
    ],
)
def test_an_smtp_address_says_how_the_server_is_met(address, port, tls, ssl, sender):
    found = outlet(address).settings

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.coquan.vn", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"], found["DEFAULT_FROM_EMAIL"]) == (tls, ssl, sender)


def test_a_folder_nobody_may_write_to_is_told(tmp_path):
    (tmp_path / "mail").write_text("a file stands here")

    with as_set(f"file://{tmp_path}/mail"):
        assert trouble() == f"GIAOBAN_MAIL: không lập được thư mục {tmp_path}/mail; hãy kiểm tra quyền."
