"""The live roll-up against a count by hand over the rows, whatever reporters and reviewers do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.queries.spread import How
from giaoban.site.demo.small import usual_figures

VERBS = ("fill", "fill not held", "submit", "accept", "send_back", "reopen", "withdraw", "nothing", "ask")
STEPS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(
            ["fill", "fill not held", "submit", "accept", "send_back", "reopen", "withdraw", "nothing", "ask"]
        ),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=25,
)
LIVE, OFFICIAL = ("submitted", "accepted"), ("accepted",)


@pytest.mark.parametrize("is_over", [False, True], ids=["the newest round", "a round that is over"])
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_figure_is_what_a_count_by_hand_gives_whatever_people_do(world, measures, is_over, steps):
    rounds = [world.round, *([following(world)] if is_over else [])]
    for unit, verb, number in steps:
        step(world, world.committees[unit], verb, number)
        if verb == "ask":
            agrees(world, measures, rounds)
    agrees(world, measures, rounds)


def following(world):
    """The round after the world's own, which is over then: what is added up of it is stored."""
    period = world.round.period.value.next()
    found = Round.objects.filter(form_version__form=world.form, period__code=period.code).first()
    return found or forms.open_round(actor=world.system, form_id=world.form.pk, period=period, at=world.at)


def agrees(world, measures, rounds):
    """Every measure at every unit, live and official, is what the rows say."""
    owing = {unit.pk: unit.path for unit in world.committees}
    rows = list(Report.objects.filter(round=world.round).values("unit_id", "state", "figures", "is_nothing"))
    groups = [
        [pk for pk, path in owing.items() if path.startswith(unit.path)]
        for unit in (world.hanoi, world.nghean, world.quandoi)
    ]
    with picture(rounds) as now:
        assert (world.round.pk in now.closed) == (len(rounds) > 1)
        for measure in measures:
            for is_official, states in ((False, LIVE), (True, OFFICIAL)):
                everywhere = now.spread(world.round, How.of(measure), official=is_official)
                for place in (world.centre, world.hanoi, world.nghean, world.quandoi, *world.committees):
                    below = [pk for pk, path in owing.items() if path.startswith(place.path)]
                    told = [row for row in rows if row["unit_id"] in below and row["state"] in states]
                    inside = [group for group in groups if set(group) <= set(below)]
                    if place in world.committees:
                        inside = []
                    found = everywhere.at(place.pk)
                    assert (found.answered, found.expected) == (len(told), len(below)), (measure.code, place.code)
                    assert (found.part, found.whole) == by_hand(measure, below, inside, told), (
                        measure.code,
                        place.code,
                    )


def step(world, unit, verb, number):
    """One thing somebody does, where it may be done at that moment."""
    report = world.report(unit)
    who, at = world.actor_at(unit), world.at
    state = report.state
    if verb in ("fill", "fill not held") and state in ("draft", "returned"):
        figures = usual_figures(held=verb == "fill") | ({"attended": number, "summoned": 400} if verb == "fill" else {})
        reports.fill(actor=who, report_id=report.pk, revision=report.revision, figures=figures, at=at)
    elif verb == "nothing" and state in ("draft", "returned") and not report.figures:
        reports.declare_nothing(actor=who, report_id=report.pk, revision=report.revision, at=at)
    elif verb == "submit" and state in ("draft", "returned") and (report.figures or report.is_nothing):
        reports.submit(actor=who, report_id=report.pk, at=at)
    elif verb == "withdraw" and state == "submitted":
        reports.withdraw(actor=who, report_id=report.pk, at=at)
    elif verb == "accept" and state == "submitted":
        reports.accept(actor=world.system, report_id=report.pk, at=at)
    elif verb == "send_back" and state == "submitted":
        reports.send_back(actor=world.system, report_id=report.pk, reason="thiếu số", at=at)
    elif verb == "reopen" and state == "accepted":
        reports.reopen(actor=world.system, report_id=report.pk, reason="sửa số", at=at)


def by_hand(measure, below, groups, told):
    """(part, whole) of a measure, counted row by row; `groups` are the owing units of each committee inside."""
    if measure.rule == "answered":
        return len(told), len(below)
    if measure.rule == "share":
        return (sum(row["figures"].get("held") is True for row in told) if told else None), len(below)
    if measure.rule == "complete":
        held = {row["unit_id"] for row in told if row["figures"].get("held") is True}
        return (sum(held.issuperset(group) for group in groups) if told else None), len(groups)
    known = [row["figures"]["attended"] for row in told if "attended" in row["figures"]]
    whole = sum(row["figures"].get("summoned", 0) for row in told)
    return (sum(known) if known else None), whole if measure.rule == "ratio" else None
