"""What stands behind a figure: units, changes, sentences."""

from datetime import date

import pytest

from giaoban.apps.reports import services as reports
from giaoban.apps.rollups import queries, rules, services
from giaoban.apps.rollups.tests.scene import define
from giaoban.base.ledger.models import Entry
from giaoban.core.refusal import NotFound

SENTENCE = "Đến hết ngày 23-8-2020, toàn quốc có 3/6 đảng bộ xong đại hội."


@pytest.fixture
def some(world):
    """Three say yes (one of them accepted), one says no, two are silent."""
    world.accepted(world.caugiay)
    world.submitted(world.vinh)
    world.submitted(world.sudoan)
    world.submitted(world.bavi, held=False)


def note(world, measure, *, part, whole=6, quote="3/6"):
    start = SENTENCE.index(quote)
    return services.note_publication(
        actor=world.system,
        measure=measure,
        round_=world.round,
        unit=world.centre,
        part=part,
        whole=whole,
        source="Tin tuần",
        published_day=date(2020, 8, 25),
        as_of=date(2020, 8, 23),
        quote=quote,
        sentence=SENTENCE,
        start=start,
        end=start + len(quote),
        at=world.at,
    )


def test_the_units_behind_are_as_many_as_the_figure_says(world, measures, some):
    for measure in measures:
        for unit in ("TW", "01", "40", "QD"):
            asked = {"actor": world.thu, "measure": measure, "round_": world.round, "unit": unit}
            value = queries.measure_value(**asked).live
            behind = queries.units_behind(**asked, at=world.at)
            counts = behind.counts
            assert counts == queries.why(**asked).counts
            if measure.rule in ("share", "complete", "answered"):
                assert counts["yes"] == (value.part or 0), (measure.code, unit)
                assert sum(counts.values()) == value.whole, (measure.code, unit)
            else:
                assert counts["missing"] == value.expected - value.answered
                assert sum(row.value or 0 for row in behind.rows) == (value.part or 0)


def test_a_group_lists_its_units_and_leads_to_their_reports(world, held, some):
    behind = queries.units_behind(
        actor=world.binh, measure=held, round_=world.round, unit="01", group="no", at=world.at
    )

    assert [(row.unit.code, row.group) for row in behind.rows] == [("01-BV", "no")]
    assert behind.rows[0].report_id == world.report(world.bavi).pk


def test_a_silent_unit_is_late_once_its_deadline_has_passed(world, held, some):
    behind = queries.units_behind(
        actor=world.thu, measure=held, round_=world.round, unit="TW", group="missing", at=world.at
    )

    assert [(row.unit.code, row.is_late, row.report_id) for row in behind.rows] == [
        ("01-DD", True, None),
        ("40-ND", True, None),
    ]


def test_pages_of_the_units_behind_hold_every_unit_once(world, held, some):
    pages = [
        queries.units_behind(
            actor=world.thu, measure=held, round_=world.round, unit="TW", at=world.at, page=page, page_size=4
        )
        for page in (1, 2, 3)
    ]

    assert [len(page.rows) for page in pages] == [4, 2, 2]
    assert len({row.unit.id for page in pages[:2] for row in page.rows}) == 6


def test_the_change_is_since_the_round_before(world, held, some):
    value = queries.measure_value(actor=world.thu, measure=held, round_=world.round, unit="TW")

    assert value.change == 3 - 4  # last week four had said yes; two of them have not reported yet


def test_the_largest_shortfall_comes_first_and_nobody_who_lacks_nothing(world, held, some):
    lacking = queries.shortfalls(actor=world.thu, measure=held, round_=world.round, unit="TW", level="tt")

    assert [(one.unit.code, one.value.shortfall) for one in lacking] == [("01", 2), ("40", 1)]


def test_children_are_shown_by_the_reports_a_complete_measure_is_made_of(world, some):
    done = define(world, "xong-100")

    assert queries.measure_value(actor=world.thu, measure=done, round_=world.round, unit="TW").live.part == 1
    found = queries.measure_by_child(actor=world.thu, measure=done, round_=world.round, unit="TW")
    assert [(one.unit.code, one.value.part, one.value.whole) for one in found] == [
        ("01", 1, 3),
        ("40", 1, 2),
        ("QD", 1, 1),
    ]


def test_a_trend_is_the_figure_of_every_round(world, held, some):
    found = queries.trend(actor=world.thu, measure=held, unit="TW", rounds=[world.round_before, world.round])

    assert [one.value.part for one in found] == [4, 3]


def test_a_total_is_its_children_together(world, held, some):
    whole = queries.total(actor=world.thu, round_=world.round, unit="TW")
    parts = queries.children(actor=world.thu, round_=world.round, unit="TW")

    assert whole.values["held"] == sum(one.values["held"] for _, one in parts) == 3
    assert (whole.counted, whole.expected) == (4, 6)


def test_why_names_the_last_entries_of_the_ledger(world, held, some):
    report = world.report(world.vinh)
    reports.accept(actor=world.hoa, report_id=report.pk, at=world.at)

    why = queries.why(actor=world.thu, measure=held, round_=world.round, unit="40")

    assert why.changes[0].id == Entry.objects.about("reports.report", report.pk).last().id
    assert [(one.verb, one.unit.code) for one in why.changes] == [
        ("reports.accepted", "40-VI"),
        ("reports.submitted", "40-VI"),
    ]


def test_a_published_figure_agrees_with_the_reports_or_does_not(world, held, some):
    note(world, held, part=3)

    [said] = queries.measure_value(actor=world.thu, measure=held, round_=world.round, unit="TW").publications
    assert (said.before, said.quote, said.agrees) == (SENTENCE[: SENTENCE.index("3/6")], "3/6", True)

    world.submitted(world.dongda)
    [said] = queries.measure_value(actor=world.thu, measure=held, round_=world.round, unit="TW").publications
    assert not said.agrees


def test_the_same_place_of_a_text_is_noted_once(world, held):
    assert note(world, held, part=3) == note(world, held, part=3)


def test_a_quote_that_is_not_in_its_sentence_is_refused(world, held):
    with pytest.raises(rules.NotInItsText, match="3/6"):
        services.note_publication(
            actor=world.system,
            measure=held,
            round_=world.round,
            unit=world.centre,
            part=3,
            whole=6,
            source="Tin tuần",
            published_day=None,
            as_of=None,
            quote="3/6",
            sentence=SENTENCE,
            start=0,
            end=3,
            at=world.at,
        )


def test_a_measure_of_a_field_that_does_not_count_is_refused(world):
    with pytest.raises(rules.NotAField, match="summoned"):
        services.define_measure(
            actor=world.system,
            code="sai",
            name="Sai",
            definition="Sai",
            form=world.form,
            rule="share",
            field="summoned",
            noun="đơn vị",
            rank=9,
            at=world.at,
        )


def test_only_the_keeper_of_the_form_defines_its_measures(world):
    with pytest.raises(NotFound):
        services.define_measure(
            actor=world.binh,
            code="rieng",
            name="Riêng",
            definition="Riêng",
            form=world.form,
            rule="answered",
            noun="đơn vị",
            rank=9,
            at=world.at,
        )


def test_completeness_shows_own_reports_and_how_many_below(world, held, some):
    rounds = queries.form_rounds(form=world.form, most=5)
    top = queries.completeness(actor=world.thu, form=world.form, unit="TW", rounds=rounds, at=world.at)
    assert [(row.unit.code, row.marks[-1].counted, row.marks[-1].expected) for row in top.rows] == [
        ("01", 2, 3),
        ("40", 1, 2),
        ("QD", 1, 1),
    ]
    assert [mark.state for mark in top.rows[0].marks] == ["accepted", "draft"]

    below = queries.completeness(actor=world.binh, form=world.form, unit="01", rounds=rounds, at=world.at)
    assert {row.unit.code: (row.marks[-1].state, row.marks[-1].is_late) for row in below.rows} == {
        "01-CG": ("accepted", below.rows[0].marks[-1].is_late),
        "01-DD": ("none", True),
        "01-BV": ("submitted", True),
    }


def test_missing_units_are_those_that_have_not_handed_in(world, held, some):
    missing = queries.missing_units(actor=world.thu, round_=world.round, unit="TW")

    assert [one.code for one in missing] == ["01-DD", "40-ND"]
