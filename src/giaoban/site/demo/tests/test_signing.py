"""Last week's figures in the demo: signed by three, amended twice, and the difference stands with its reason."""

from __future__ import annotations

import pytest

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.models import SignOff
from giaoban.apps.units.models import Unit
from giaoban.site.demo import founding
from giaoban.site.demo.world import NOW

pytestmark = pytest.mark.django_db


def looked_at(code: str) -> queries.SignedPage:
    actor = founding.system_at(Unit.objects.get(code=founding.TOP_CODE), day=NOW.date())
    return queries.signed_page(actor=actor, form="DH-TCS", period="2020-W33", unit=code, line="", at=NOW)


def changes(found: queries.SignedPage) -> dict[str, int | None]:
    return {one.line.key: one.change for one in found.lines if one.is_amended and one.line.adds_up}


def test_three_have_signed_last_week_and_nghe_an_once_more(nation):
    signed = SignOff.objects.order_by("pk").values_list("unit__code", "number")

    assert list(signed) == [("01", 1), ("40", 1), ("TW", 1), ("40", 2)]
    assert list(queries.signing_faults()) == []


def test_the_difference_stands_where_nobody_signed_again(nation):
    assert changes(looked_at("01")) == {"attended": -3}
    assert changes(looked_at("40")) == {}
    assert changes(looked_at("TW")) == {"attended": -3, "women": 1}


def test_the_centre_reads_both_reasons(nation):
    told = {
        one.unit.code[:2]: [step.reason for step in one.steps if step.reason] for one in looked_at("TW").amended.rows
    }

    assert {code: len(reasons) for code, reasons in told.items()} == {"01": 1, "40": 1}
    assert "phiên trù bị" in told["01"][0]


def test_no_week_but_the_last_is_signed(nation):
    assert {one.period.code for one in Round.objects.filter(sign_offs__isnull=False)} == {"2020-W33"}
