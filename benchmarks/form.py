"""The form: what the server needs to save a whole report from its page, with the receipt and the ledger entry."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from itertools import count

from benchmarks.measurement import Measurement, timed

WARM, RUNS = 5, 60


def measure() -> Iterable[Measurement]:
    from django.test import Client, override_settings

    from giaoban.apps.reports.models import Report
    from giaoban.base.web import clock
    from giaoban.site.demo.small import build_small

    world = build_small()
    clock.now = lambda: world.at  # type: ignore[assignment]  # the small world lives on one morning
    report = world.report(world.caugiay)
    client = Client()
    client.force_login(world.accounts["lan"], backend="allauth.account.auth_backends.AuthenticationBackend")
    women = count(1)

    def save() -> None:
        revision = Report.objects.values_list("revision", flat=True).get(pk=report.pk)
        typed = {
            "held": "yes",
            "held_day": "11-8-2020",
            "contents": "four",
            "summoned": "1.192",
            "attended": "1.190",
            "to_elect": "200",
            "elected": "200",
            "women": str(next(women)),
            "under_40": "5",
            "note": "",
        }
        sent = {f"f-{code}": text for code, text in typed.items()}
        sent |= {"write_key": uuid.uuid4().hex, "revision": str(revision), "prose": ""}
        answer = client.post(f"/reports/{report.pk}/save/", sent)
        assert answer.status_code == 302, answer.content.decode()[:500]

    def show() -> None:
        assert client.get(f"/reports/{report.pk}/").status_code == 200

    def check() -> None:
        answer = client.get(f"/reports/{report.pk}/check/", {"field": "women", "f-women": "9", "f-elected": "39"})
        assert answer.status_code == 200

    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for _ in range(WARM):
            save()
            show()
            check()
        yield timed("form.save_ms", save, runs=RUNS)
        yield timed("form.show_ms", show, runs=RUNS)
        yield timed("form.check_ms", check, runs=RUNS)
