"""What lists say: counts as offices state them, what is late or stuck, the programme of a period, the load."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giaoban.apps.tasks import queries, rules, services
from giaoban.apps.tasks.queries import Filters
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.tasks.tests.scenes import accepted, assigned, assignment, handed_in, taken
from giaoban.core.periods import Period

pytestmark = pytest.mark.django_db


def listed(world, actor=None, **filters) -> list[str]:
    found = queries.listing(actor=actor or world.binh, filters=Filters(**filters), on=world.day)
    return [row.title for group in found.groups for row in group.rows]


def day(world, days: int) -> rules.Deadline:
    return rules.Deadline(world.day + timedelta(days=days))


def test_tasks_are_counted_by_body_and_topic_as_offices_state_it(world):
    for number in range(6):
        assigned(world, world.caugiay, assigner="bct", topic="nhan-su" if number < 2 else "")
    accepted(world, world.caugiay, assigner="bbt", topic="dang-vien")
    gone = assigned(world, world.caugiay, assigner="bct")
    services.withdraw(actor=world.binh, task_id=gone.pk, reason="Trùng", at=world.at)

    found = queries.counts_by_assigner(actor=world.binh, on=world.day)

    assert [one.sentence for one in found] == [
        "Bộ Chính trị giao 6 nội dung, trong đó 2 nội dung về công tác nhân sự",
        "Ban Bí thư giao 1 nội dung về công tác đảng viên",
    ]
    assert [one.done for one in found] == [0, 1]
    assert list(queries.counts_by_assigner(actor=world.hoa, on=world.day)) == []
    assert [
        one.total for one in queries.counts_by_assigner(actor=world.an, on=world.day, unit_id=world.dongda.pk)
    ] == []


def test_a_part_counts_and_stands_alone_only_where_its_whole_is_not_seen(world):
    whole = taken(world, world.caugiay, title="Việc lớn")
    services.break_down(
        actor=world.lan, task_id=whole.pk, part=assignment(world.dichvong, title="Việc con"), at=world.at
    )

    assert listed(world) == ["Việc lớn"]
    assert listed(world, world.minh) == ["Việc con"]
    assert [one.total for one in queries.counts_by_assigner(actor=world.binh, on=world.day)] == [1]


def test_late_near_silent_waiting_and_done_are_told_apart(world):
    taken(world, world.caugiay, title="Muộn", days_ago=30, due=day(world, -1))
    taken(world, world.caugiay, title="Gần", due=day(world, 7))
    taken(world, world.caugiay, title="Im lặng", days_ago=60, due=day(world, 60))
    handed_in(world, world.caugiay, title="Chờ nhận")
    asked = taken(world, world.caugiay, title="Xin thêm", due=day(world, 30))
    services.ask_extension(actor=world.lan, task_id=asked.pk, due=day(world, 40), reason="Chờ", at=world.at)
    accepted(world, world.caugiay, title="Xong")

    assert listed(world, standing="overdue") == ["Muộn"]
    assert listed(world, standing="soon") == ["Gần"]
    assert listed(world, standing="stuck") == ["Muộn", "Im lặng"]
    assert sorted(listed(world, standing="waiting")) == ["Chờ nhận", "Xin thêm"]
    assert listed(world, standing="done") == ["Xong"]
    assert "Xong" not in listed(world)
    counts = queries.listing(actor=world.binh, filters=Filters(), on=world.day).standings
    assert counts == {"living": 5, "overdue": 1, "soon": 1, "stuck": 2, "waiting": 2, "done": 1, "any": 6}


def test_a_note_ends_the_silence(world):
    task = taken(world, world.caugiay, title="Im lặng", days_ago=60, due=day(world, 60))
    services.note(actor=world.lan, task_id=task.pk, words="Vẫn đang làm", at=world.at)

    assert listed(world, standing="stuck") == []


def test_the_list_is_narrowed_by_scope_unit_body_topic_kind_period_and_words(world):
    assigned(world, world.caugiay, title="Góp ý văn kiện", assigner="bct", topic="nhan-su", kind="scheme",
             officer_id=world.accounts["lan"].pk)  # fmt: skip
    assigned(world, world.dongda, title="Rà soát quy hoạch", coordinating=(world.caugiay.pk,), due=day(world, 60))

    assert listed(world, world.lan, scope="mine") == ["Góp ý văn kiện"]
    assert len(listed(world, world.lan, scope="ours")) == 2
    assert listed(world, world.dung, scope="ours") == ["Rà soát quy hoạch"]
    assert len(listed(world, scope="given")) == 2
    assert listed(world, world.an, scope="given") == []
    assert listed(world, unit="01-DD") == ["Rà soát quy hoạch"]
    assert listed(world, assigner="bct") == listed(world, topic="nhan-su") == listed(world, kind="scheme")
    assert listed(world, period=Period.parse("2020-10")) == ["Rà soát quy hoạch"]
    assert listed(world, words="gop Y") == listed(world, words="tạ ngọc") == ["Góp ý văn kiện"]
    assert listed(world, state="ongoing") == []


def test_a_programme_holds_what_is_due_what_is_carried_over_and_what_was_done_early(world):
    taken(world, world.caugiay, title="Chuyển sang", days_ago=60, due=day(world, -30))
    taken(world, world.caugiay, title="Trong tháng", due=day(world, 3))
    accepted(world, world.caugiay, title="Xong sớm", due=day(world, 60))
    old = taken(world, world.caugiay, title="Xong trước kỳ", days_ago=60, due=day(world, -40))
    services.hand_in(actor=world.lan, task_id=old.pk, product="Xong", at=world.at - timedelta(days=45))
    services.accept(actor=world.binh, task_id=old.pk, at=world.at - timedelta(days=44))

    found = queries.programme(actor=world.binh, period=Period.parse("2020-08"), filters=Filters(), on=world.day)

    assert [row.title for row in found.carried] == ["Chuyển sang"]
    assert [row.title for row in found.due] == ["Trong tháng"]
    assert [row.title for row in found.ahead] == ["Xong sớm"]
    assert (found.total, found.done, found.left_off) == (2, 0, 0)


def test_a_report_accounts_for_what_is_due_in_its_period_or_open(world):
    taken(world, world.caugiay, title="Đang làm", days_ago=10, due=day(world, 60))
    done = taken(world, world.caugiay, title="Xong trong tuần", days_ago=20, due=rules.Deadline(date(2020, 8, 20)))
    services.hand_in(actor=world.lan, task_id=done.pk, product="Xong", at=world.at)
    services.accept(actor=world.binh, task_id=done.pk, at=world.at)
    assigned(world, world.caugiay, title="Giao sau kỳ")
    taken(world, world.dongda, title="Của đơn vị khác", days_ago=10)
    report = world.report(world.caugiay)

    found = queries.of_report(actor=world.lan, report_id=report.pk, on=world.day)

    assert [row.title for row in found.rows] == ["Xong trong tuần", "Đang làm"]
    assert (found.unit, found.overdue) == ("Cầu Giấy", 0)
    week = Period.parse("2020-W34")
    due = queries.due_for(
        unit_id=world.caugiay.pk, from_day=week.from_day, until_day=week.until_day, on=world.day, actor=world.lan
    )
    assert [row.title for row in due] == ["Xong trong tuần"]
    still = queries.open_for(unit_id=world.caugiay.pk, on=world.day, actor=world.lan)
    assert [row.title for row in still] == ["Giao sau kỳ", "Đang làm"]


def test_load_is_by_unit_and_officer_the_heaviest_first(world):
    assigned(world, world.dongda, weight=1)
    for days in (2, 30):
        assigned(world, world.caugiay, weight=4, due=day(world, days), officer_id=world.accounts["lan"].pk)
    assigned(world, world.caugiay, weight=1)
    accepted(world, world.caugiay)

    first, second = queries.load(actor=world.binh, on=world.day)

    assert (first.unit, first.tasks, first.weight, first.soon, first.percent) == ("Cầu Giấy", 3, 9, 1, 100)
    assert [(one.name, one.weight) for one in first.officers] == [("Tạ Ngọc Lan", 8), ("", 1)]
    assert (second.unit, second.percent) == ("Đống Đa", 11)


def test_what_changed_since_a_day_is_told_newest_first_and_only_of_tasks_one_may_see(world):
    task = taken(world, world.caugiay, days_ago=10)
    services.note(actor=world.lan, task_id=task.pk, words="Đã gửi", at=world.at)

    since = queries.changed_since(actor=world.binh, day=world.day)
    assert [(one.step.did, one.step.words) for one in since] == [("ghi tiến độ", "Đã gửi")]
    assert len(queries.changed_since(actor=world.binh, day=world.day - timedelta(days=10))) == 3
    assert queries.changed_since(actor=world.hoa, day=world.day) == []


def test_what_is_in_hand_is_ones_own_and_ones_units_and_what_waits_for_ones_decision(world):
    taken(world, world.caugiay, title="Của đơn vị", days_ago=30, due=day(world, -2))
    assigned(world, world.dongda, title="Của đơn vị khác")
    services.hand_in(
        actor=world.dung, task_id=taken(world, world.dongda, title="Chờ nhận").pk, product="Xong", at=world.at
    )
    lan = queries.in_hand(actor=world.lan, on=world.day)
    binh = queries.in_hand(actor=world.binh, on=world.day)

    assert ([row.title for row in lan.rows], lan.overdue, lan.waiting) == (["Của đơn vị"], 1, 0)
    assert (binh.total, binh.waiting) == (0, 1)


def test_a_tasks_page_tells_how_far_it_is_and_what_may_be_done(world):
    task = taken(world, world.caugiay, coordinating=(world.dongda.pk,), days_ago=5)
    services.note(actor=world.lan, task_id=task.pk, words="Nửa đường", percent=50, at=world.at)

    mine = queries.task_page(actor=world.lan, task_id=task.pk, on=world.day)
    above = queries.task_page(actor=world.binh, task_id=task.pk, on=world.day)
    beside = queries.task_page(actor=world.dung, task_id=task.pk, on=world.day)

    assert mine.row.progress.label == "50%"
    assert (mine.may_work, mine.may_decide, above.may_work, above.may_decide) == (True, False, False, True)
    assert (beside.may_work, beside.may_note) == (False, True)
    assert [step.did for step in mine.story] == ["ghi tiến độ", "nhận việc", "giao"]


def test_a_bar_of_time_stops_when_the_result_is_handed_in(world):
    late = taken(world, world.caugiay, days_ago=30, due=day(world, -10))
    done = taken(world, world.dongda, days_ago=30, due=day(world, 30))
    services.hand_in(actor=world.dung, task_id=done.pk, product="Xong", at=world.at - timedelta(days=15))
    bars = {
        task.pk: queries.task_page(actor=world.binh, task_id=task.pk, on=world.day).row.bar for task in (late, done)
    }

    assert (bars[late.pk].due, bars[late.pk].today, bars[late.pk].is_over) == (80, 120, True)
    assert (bars[done.pk].due, bars[done.pk].today, bars[done.pk].is_over) == (120, 30, False)


@pytest.mark.parametrize("count", [10, 1_000])
def test_lists_cost_the_same_at_ten_and_at_a_thousand(world, queries_of, count):
    scenes.many(world, count, leads=(world.caugiay, world.dongda, world.bavi))

    assert queries_of(lambda: queries.listing(actor=world.binh, filters=Filters(), on=world.day)) <= 12
    assert queries_of(lambda: queries.counts_by_assigner(actor=world.binh, on=world.day)) <= 3
    assert queries_of(lambda: queries.load(actor=world.binh, on=world.day)) <= 2
    assert queries_of(lambda: queries.changed_since(actor=world.binh, day=world.day)) <= 2
    month = Period.parse("2020-09")
    assert queries_of(lambda: queries.programme(actor=world.binh, period=month, filters=Filters(), on=world.day)) <= 11
