"""The guards and yardsticks of the suite hold."""

import socket
import urllib.request

import pytest
from django.core import mail
from django.db import connection

from giaoban.base.web import clock
from tests.harness import golden as golden_files
from tests.harness import guards


def test_the_network_ends_at_this_machine():
    with pytest.raises(guards.NetworkInTest):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(guards.NetworkInTest):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_the_clock_answers_only_when_the_test_says_what_time_it_is():
    with pytest.raises(guards.ClockNotTold):
        clock.now()


def test_the_clock_says_what_it_was_told(at):
    assert clock.now() == at
    assert at.utcoffset().total_seconds() == 7 * 3600


def test_mail_that_is_meant_is_kept(mailoutbox):
    mail.send_mail("Nhắc nộp", "Kỳ báo cáo sắp hết hạn.", "a@localhost", ["b@localhost"])

    assert [message.subject for message in mailoutbox] == ["Nhắc nộp"]


@pytest.mark.django_db
def test_a_query_budget_counts_statements_and_shows_them(queries):
    def ask(times):
        for _ in range(times):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")

    with queries(2):
        ask(2)
    with pytest.raises(AssertionError, match="3 queries, budget 2"), queries(2):
        ask(3)


def test_a_document_that_changed_differs_from_its_golden_file(tmp_path, monkeypatch):
    file = tmp_path / "golden" / "notice.txt"
    monkeypatch.setenv("GIAOBAN_GOLDEN", "write")
    golden_files.compare(file, "Kính gửi")
    monkeypatch.delenv("GIAOBAN_GOLDEN")

    golden_files.compare(file, "Kính gửi")
    with pytest.raises(AssertionError, match="differs"):
        golden_files.compare(file, "Kính gửi:")
    with pytest.raises(AssertionError, match="missing"):
        golden_files.compare(tmp_path / "other.txt", "")
