"""Where official figures left the signed ones: which units make the difference up, why, and that it adds up exactly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries, rules
from giaoban.apps.rollups.models import SignOff
from giaoban.apps.rollups.queries.lines import difference, said
from giaoban.apps.rollups.tests.test_oracle import VERBS, step
from giaoban.apps.rollups.tests.test_signing import amend, sign
from giaoban.base.ledger import guards

STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([verb for verb in VERBS if verb != "ask"]), st.integers(0, 400)),
    max_size=16,
)
ADDING = ("held", "summoned", "attended", "to_elect", "elected", "unfilled", "women", "under_40")


def page(world, actor=None, unit="01", line="", **instead):
    asked = {"form": "DH-TCS", "period": world.round.period.code, "at": world.at} | instead
    return queries.signed_page(actor=actor or world.binh, unit=unit, line=line, **asked)


def line(found, key):
    return next(one for one in found.lines if one.line.key == key)


@pytest.fixture
def all_signed(world):
    for unit in (world.caugiay, world.dongda, world.bavi):
        world.accepted(unit)
    return sign(world)


def test_an_amendment_shows_as_a_difference_with_its_unit_and_its_reason(world, all_signed):
    report = amend(world, world.bavi, attended=240, reason="Ghi nhầm số dự phiên trù bị")

    found = page(world)

    attended = line(found, "attended")
    assert (attended.signed.value, attended.official.value, attended.change) == (744, 736, -8)
    assert not line(found, "held").is_amended
    [one] = found.amended.rows
    assert (one.unit.code, one.report_id) == ("01-BV", report.pk)
    assert (one.before.values["attended"], one.now.values["attended"]) == (248, 240)
    assert [(step.did, step.reason) for step in one.steps] == [("mở lại", "Ghi nhầm số dự phiên trù bị"), ("nhận", "")]
    assert found.looked_at.key == "attended"
    assert [(row.unit.code, row.change) for row in found.below if row.change] == [("01-BV", -8)]
    assert not found.has_rest


def test_a_report_reopened_and_not_back_yet_is_missing_from_the_official_figures(world, all_signed):
    reports.reopen(actor=world.system, report_id=world.report(world.bavi).pk, reason="Thiếu biên bản", at=world.at)

    found = page(world)

    [one] = found.amended.rows
    assert one.now is None
    assert line(found, "attended").change == -248
    assert [step.reason for step in one.steps] == ["Thiếu biên bản"]


def test_a_report_accepted_since_is_new(world):
    world.accepted(world.caugiay)
    sign(world, is_partial=True, note="Chờ hai đơn vị")
    world.accepted(world.bavi)

    [one] = page(world).amended.rows

    assert (one.unit.code, one.before, one.now.values["attended"]) == ("01-BV", None, 248)


def test_an_amendment_that_comes_to_the_same_is_no_difference(world, all_signed):
    amend(world, world.bavi, attended=248)

    found = page(world)

    assert (found.amended_count, found.amended.rows) == (0, ())


def nothing_accepted(world, unit):
    """A report that says «không phát sinh», received."""
    report, who = world.report(unit), world.actor_at(unit)
    reports.declare_nothing(actor=who, report_id=report.pk, revision=report.revision, at=world.at)
    reports.submit(actor=who, report_id=report.pk, at=world.at)
    return reports.accept(actor=world.system, report_id=report.pk, at=world.at)


def test_nothing_to_report_was_an_answer_and_is_remembered_as_one(world):
    nothing_accepted(world, world.bavi)
    sign(world, is_partial=True, note="Chờ hai đơn vị")
    amend(world, world.bavi, held=False, note="Đã có kế hoạch")

    found = page(world)

    [one] = found.amended.rows
    assert (one.before.answered["contents"], one.now.answered["contents"]) == (1, 0)
    assert not found.has_rest


def test_figures_cleared_after_nothing_was_declared_are_no_answer(world):
    nothing_accepted(world, world.bavi)
    amend(world, world.bavi, held=False)
    sign(world, is_partial=True, note="Chờ hai đơn vị")
    amend(world, world.bavi, held=True, held_day="2020-08-11", summoned=10, attended=9)

    [one] = page(world).amended.rows

    assert one.before.answered["contents"] == 0


def test_reasons_are_for_those_who_may_read_the_report(world, all_signed):
    world.accepted(world.vinh)
    amend(world, world.bavi, attended=240)
    reporter = world.actor_at(world.hanoi)

    [one] = page(world, reporter).amended.rows

    assert (one.unit.code, one.report_id, one.steps) == ("01-BV", None, ())


def test_a_difference_nobody_amended_is_said_to_be_of_the_tree_or_a_duty(world, all_signed):
    with guards.writing():
        Report.objects.filter(unit=world.bavi, round=world.round).delete()
    queries.forget()

    found = page(world)

    assert found.has_rest
    assert line(found, "attended").change == -248


def test_live_stands_beside_official_until_it_is_accepted(world, all_signed):
    reports.reopen(actor=world.system, report_id=world.report(world.bavi).pk, reason="Sửa", at=world.at)
    report = world.report(world.bavi)
    reports.submit(actor=world.actor_at(world.bavi), report_id=report.pk, at=world.at)

    attended = line(page(world), "attended")

    assert (attended.official.value, attended.live.value, attended.is_waiting) == (496, 744, True)


def by_hand(world, units):
    """Every field that adds up, over the accepted rows of some units; None where nobody answered."""
    told = Report.objects.filter(round=world.round, unit__in=units, state="accepted").values_list("figures", flat=True)
    rows = list(told)
    found = {code: [figures[code] for figures in rows if code in figures] for code in ADDING}
    return {code: sum(given) if given else None for code, given in found.items()}, len(rows)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(before=STEPS, after=STEPS, later=STEPS)
def test_what_is_signed_is_a_count_by_hand_and_differences_add_up_to_the_change(world, before, after, later):
    units = (world.caugiay, world.dongda, world.bavi)
    for one in units:
        if world.report(one).state == "draft" and not world.report(one).is_nothing:
            world.accepted(one)
    play(world, units, before)
    signed = signed_if_it_may_be(world, units)
    for steps in (after, later):
        play(world, units, steps)
        holds(world, units, signed)


def play(world, units, steps):
    for number, verb, value in steps:
        step(world, units[number], verb, value)


def signed_if_it_may_be(world, units):
    """What stands signed: the figures of now, where they may be signed; each is held to the count by hand."""
    try:
        row = sign(world, is_partial=True, note="Theo quy định")
    except (rules.NothingAccepted, rules.NothingChanged):
        return SignOff.objects.filter(unit=world.hanoi).order_by("number").last()
    total = rules.consolidated(row.figures).total
    values, counted = by_hand(world, units)
    assert {code: total.values[code] for code in ADDING} == values
    assert total.counted == counted
    return row


def holds(world, units, signed):
    """For every line that adds up: change of the unit = changes of the amended units = changes of the units below."""
    if signed is None:
        return
    found = page(world)
    assert not found.has_rest
    then, now = rules.consolidated(signed.figures).total.values, by_hand(world, units)[0]
    for code in ADDING:
        one = line(found, code)
        assert (one.change or 0) == (now[code] or 0) - (then[code] or 0), code
        rows = page(world, line=code).below
        assert sum(row.change or 0 for row in rows) == (one.change or 0), code
    for one in found.lines:
        parts = [
            (said(found.spec, one.line, row.before), said(found.spec, one.line, row.now)) for row in found.amended.rows
        ]
        answered = sum(new.answered - old.answered for old, new in parts)
        assert answered == one.official.answered - one.signed.answered, one.line.key
        if one.line.adds_up:
            assert sum(difference(one.line, before=old, now=new) or 0 for old, new in parts) == (one.change or 0)
