"""Signing: official figures frozen under a hash, refused when it is not the moment, superseded and never changed."""

from datetime import timedelta

import pytest

from giaoban.apps.reports import services as reports
from giaoban.apps.rollups import queries, rules, services
from giaoban.apps.rollups.models import SignOff
from giaoban.base.ledger import guards
from giaoban.base.ledger.models import Entry
from giaoban.core.refusal import NotFound


def figures(world, unit):
    return queries.standing(round_=world.round, unit=unit)


def sign(world, unit=None, actor=None, *, note="", is_partial=False, seen=None, at=None):
    """Sign as the page would let one do it."""
    unit = unit or world.hanoi
    seen = figures(world, unit).official.digest if seen is None else seen
    return services.sign(
        actor=actor or world.binh,
        round_=world.round,
        unit=unit.code,
        asked=rules.Asked(seen=seen, is_partial=is_partial, note=note),
        at=at or world.at,
    )


def amend(world, unit, *, reason="Ghi nhầm số đại biểu có mặt", **changed):
    """An accepted report reopened, written anew and accepted again."""
    report = reports.reopen(actor=world.system, report_id=world.report(unit).pk, reason=reason, at=world.at)
    report = reports.fill(
        actor=world.actor_at(unit),
        report_id=report.pk,
        revision=report.revision,
        figures=dict(report.figures) | changed,
        at=world.at,
    )
    reports.submit(actor=world.actor_at(unit), report_id=report.pk, at=world.at)
    return reports.accept(actor=world.system, report_id=report.pk, at=world.at)


@pytest.fixture
def all_in(world):
    """Every report below Hà Nội is accepted."""
    for unit in (world.caugiay, world.dongda, world.bavi):
        world.accepted(unit)


def test_what_is_signed_is_frozen_with_who_when_and_as_of_what(world, all_in):
    head = Entry.objects.latest("id")

    row = sign(world)

    frozen = rules.consolidated(row.figures)
    assert (frozen.total.values["attended"], frozen.total.answered["attended"]) == (744, 3)
    parts = {one.code: one.total.values["attended"] for one in frozen.parts}
    assert parts == {"01-CG": 248, "01-DD": 248, "01-BV": 248}
    assert (row.number, row.as_of, row.as_of_hash) == (1, head.id, head.hash)
    assert (row.signer, row.office) == ("Quách Thanh Bình", "Trưởng phòng, Đảng bộ thành phố Hà Nội")
    told = Entry.objects.get(verb="rollups.signed")
    assert (told.subject_id, told.facts["seal"], told.place) == (row.pk, row.seal, world.hanoi.path)


def test_the_seal_is_the_same_when_it_comes_back_and_another_when_one_figure_is_touched(world, all_in):
    row = SignOff.objects.get(pk=sign(world).pk)

    assert row.sealed() == row.seal
    row.figures["total"]["values"]["attended"] += 1
    assert row.sealed() != row.seal


def test_a_later_sign_off_supersedes_the_earlier_and_leaves_it_as_it_was(world, all_in):
    first = sign(world)
    amend(world, world.bavi, attended=240)

    second = sign(world, note="Ba Vì sửa số đại biểu")

    assert (second.number, second.before) == (2, first.seal)
    first.refresh_from_db()
    assert first.figures["total"]["values"]["attended"] == 744
    assert second.figures["total"]["values"]["attended"] == 736


def test_signing_waits_until_the_last_deadline_below_has_passed(world, all_in):
    due = figures(world, world.hanoi).due_at

    with pytest.raises(rules.StillOpen, match="còn mở đến 17:00 23-8-2020"):
        sign(world, at=due)
    assert sign(world, at=due + timedelta(seconds=1)).number == 1


def test_missing_and_waiting_reports_must_be_agreed_to_and_explained(world):
    world.accepted(world.caugiay)
    world.submitted(world.dongda)

    with pytest.raises(rules.NotAllIn, match="Mới nhận 1/3 báo cáo: 1 đơn vị chưa nộp, 1 báo cáo chờ nhận"):
        sign(world, note="Ba Vì chưa đại hội")
    with pytest.raises(rules.NoNote):
        sign(world, is_partial=True, note=" ")
    with pytest.raises(rules.NoteTooLong):
        sign(world, is_partial=True, note="x" * 501)
    row = sign(world, is_partial=True, note="Ba Vì chưa đại hội")

    frozen = rules.consolidated(row.figures)
    assert (frozen.total.counted, frozen.waiting, frozen.missing, row.note) == (1, 1, 1, "Ba Vì chưa đại hội")


def test_figures_that_moved_since_the_page_was_read_are_not_signed(world, all_in):
    seen = figures(world, world.hanoi).official.digest
    amend(world, world.bavi, attended=240)

    with pytest.raises(rules.FiguresMoved, match="đã thay đổi từ khi mở trang"):
        sign(world, seen=seen)
    assert not SignOff.objects.exists()


def test_what_happens_elsewhere_meanwhile_is_no_reason_to_read_again(world, all_in):
    seen = figures(world, world.hanoi).official.digest
    world.accepted(world.vinh)

    assert sign(world, seen=seen).number == 1


def test_the_same_figures_are_not_signed_twice(world, all_in):
    sign(world)

    with pytest.raises(rules.NothingChanged, match="vẫn đúng như lần ký 1"):
        sign(world, note="một lần nữa")


def test_a_later_one_needs_its_reason(world, all_in):
    sign(world)
    amend(world, world.bavi, attended=240)

    with pytest.raises(rules.NoNote):
        sign(world)


def test_before_anything_was_accepted_there_is_nothing_to_sign(world):
    world.submitted(world.caugiay)

    with pytest.raises(rules.NothingAccepted):
        sign(world, is_partial=True, note="sớm")


def test_a_unit_with_only_its_own_report_has_nothing_consolidated(world, all_in):
    with pytest.raises(rules.NothingBelow, match="Cầu Giấy"):
        sign(world, world.caugiay, world.lan)


@pytest.mark.parametrize("who", ["an", "thu", "hoa", "lan", "dung"])
def test_only_who_accepts_reports_at_the_unit_itself_signs_for_it(world, all_in, who):
    with pytest.raises(NotFound):
        sign(world, actor=getattr(world, who))


def spoiled(**columns):
    with guards.writing():
        SignOff.objects.filter(number=1).update(**columns)
    return list(queries.signing_faults())


def test_whatever_is_touched_of_a_sign_off_is_found(world, all_in):
    row = sign(world)
    amend(world, world.bavi, attended=240)
    sign(world, note="Ba Vì sửa số đại biểu")
    assert list(queries.signing_faults()) == []
    told, figures = "01 DH-TCS 2020-W34 lần 1", row.figures

    assert spoiled(figures=figures | {"waiting": 7}) == [f"{told}: nội dung không còn đúng con dấu"]
    assert spoiled(figures=figures, office="Trưởng ban") == [f"{told}: nội dung không còn đúng con dấu"]
    assert spoiled(office=row.office, as_of_hash="0" * 64) == [
        f"{told}: nội dung không còn đúng con dấu",
        f"{told}: mục {row.as_of} của sổ nhật ký không phải mục đã ký theo",
    ]
    row.note = "Khác"
    assert spoiled(as_of_hash=row.as_of_hash, note=row.note, seal=row.sealed()) == [
        f"{told}: con dấu không có trong sổ nhật ký",
        "01 DH-TCS 2020-W34 lần 2: không nối tiếp lần ký trước",
    ]
    assert spoiled(note="", seal=row.seal) == []


def test_a_sign_off_that_was_taken_away_is_missed(world, all_in):
    row = sign(world)
    with guards.writing():
        SignOff.objects.filter(pk=row.pk).delete()

    assert list(queries.signing_faults()) == [f"lần ký số {row.pk} có trong sổ nhật ký mà không còn lưu"]
