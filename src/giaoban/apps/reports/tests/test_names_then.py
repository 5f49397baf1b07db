"""Pages of a round call units by the names of its day, and say what they are called now."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giaoban.apps.forms import services as forms
from giaoban.apps.rollups import queries as rollups
from giaoban.apps.rollups import services as rollups_services
from giaoban.apps.units import queries as units
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.core.periods import Period, PeriodKind

pytestmark = pytest.mark.django_db

DAY = date(2020, 8, 24)  # the day after the round of last week
OLD, NEW = "Đảng bộ quận Cầu Giấy", "Đảng bộ phường Cầu Giấy"


@pytest.fixture
def renamed(world):
    """Cầu Giấy bears a new name from the world's day on; its short one was «Cầu Giấy»."""
    rename(world, DAY, NEW, "P. Cầu Giấy")
    return world


def rename(world, day, name, short_name=""):
    plan = reorganising.draft_plan(actor=world.an, unit=world.centre, title="Đổi tên", basis="", day=day, at=world.at)
    change = TypedChange(kind="rename", code="01-CG", name=name, short_name=short_name)
    plan = reorganising.change_plan(actor=world.an, plan_id=plan.pk, changes=[change], at=world.at)
    reorganising.commit(actor=world.an, plan_id=plan.pk, revision=plan.revision, today=max(day, DAY), at=world.at)


def this_week(world):
    """The round of the week that ends after the day."""
    period = Period.containing(date(2020, 8, 30), PeriodKind.WEEK)
    return forms.open_round(actor=world.system, form_id=world.form.pk, period=period, at=world.at)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_unit_bears_on_each_day_the_name_of_that_day(renamed):
    rename(renamed, DAY + timedelta(days=30), "Đảng bộ phường Quan Hoa")
    one = renamed.caugiay.pk

    def said(day):
        name = units.names([one], on=day)[one]
        return name.name, name.label, name.now

    now = "Đảng bộ phường Quan Hoa"
    assert said(DAY - timedelta(days=1)) == (OLD, "Cầu Giấy", now)
    assert said(DAY) == said(DAY + timedelta(days=29)) == (NEW, "P. Cầu Giấy", now)
    assert said(DAY + timedelta(days=30)) == (now, now, "")
    assert units.names([one])[one].name == now
    assert units.names([renamed.bavi.pk], on=DAY - timedelta(days=1))[renamed.bavi.pk].now == ""


def test_the_completeness_of_a_past_round_names_units_as_of_its_day(renamed):
    def rows(round_):
        found = rollups.completeness(actor=renamed.binh, form=renamed.form, unit="01", rounds=[round_], at=renamed.at)
        return [(row.unit.label, row.unit.now) for row in found.rows if row.unit.code == "01-CG"]

    assert rows(renamed.round_before) == [("Cầu Giấy", NEW)]
    assert rows(this_week(renamed)) == [("P. Cầu Giấy", "")]
    missing = rollups.missing_units(actor=renamed.binh, round_=renamed.round, unit="01")
    assert OLD in [one.name for one in missing]


def test_a_report_of_a_past_round_bears_the_name_of_then_and_tells_that_of_today(renamed, client, at):
    before = renamed.accepted(renamed.caugiay)
    after = renamed.report(renamed.caugiay, round=this_week(renamed))
    client.force_login(renamed.accounts["binh"])

    shown = text(client.get(f"/reports/{before.pk}/"))
    assert f'· {OLD} <span class="muted">(nay là {NEW})</span>' in shown
    assert f"{OLD}, Tuần" in shown or OLD in shown.partition("</title>")[0]
    assert OLD in text(client.get(f"/reports/{before.pk}/history/"))
    now = text(client.get(f"/reports/{after.pk}/"))
    assert f"· {NEW} ·" in now
    assert "nay là" not in now


def test_the_list_of_reports_names_each_as_of_its_own_round(renamed, client, at, queries):
    renamed.accepted(renamed.caugiay)
    renamed.report(renamed.caugiay, round=this_week(renamed))
    client.force_login(renamed.accounts["binh"])

    shown = text(client.get("/reports/?scope=all&unit=01-CG"))

    assert f'Cầu Giấy</a> <span class="muted">nay là {NEW}</span>' in shown
    assert "P. Cầu Giấy</a></th>" in shown


def test_the_grid_says_what_a_unit_is_called_now(renamed, client, at):
    client.force_login(renamed.accounts["binh"])
    period = renamed.round.period.code
    shown = text(client.get(f"/rollups/completeness/?form=DH-TCS&unit=01&period={period}"))
    assert f'<span class="muted">nay là {NEW}</span>' in shown


def test_who_owes_in_a_past_round_and_what_made_up_its_figure_are_named_as_of_its_day(renamed, client, at):
    rollups_services.define_measure(
        actor=renamed.system, code="dai-hoi", name="Đại hội", definition="Đã tổ chức.", form=renamed.form,
        rule="share", field="held", noun="đại hội", rank=1, at=renamed.at,
    )  # fmt: skip
    before, now = renamed.round, this_week(renamed)
    client.force_login(renamed.accounts["an"])

    for address in ("/owing/?round={0.pk}", "/rollups/units/dai-hoi/{0.period.code}/TW/"):
        shown = text(client.get(address.format(before)))
        assert OLD in shown
        assert f"nay là {NEW}</span>" in shown
        shown = text(client.get(address.format(now)))
        assert NEW in shown
        assert "nay là" not in shown
        assert OLD not in shown
