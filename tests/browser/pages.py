"""The pages that are looked at: by the tests at each width, and by `make shots`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

DEMO = ("giaoban", "demo", "--no-serve")
WIDTHS = {360: 740, 1024: 768, 1600: 900}  # a telephone, a laptop, a desk and the wall
NAMES = (
    "sign-in",
    "sign-out",
    "desk",
    "desk-reviewer",
    "desk-reader",
    "reports",
    "queue",
    "owing",
    "form",
    "report",
    "report-received",
    "history",
    "narrative",
    "papers",
    "paper",
    "drafts",
    "drafts-none",
    "instructions",
    "instruction",
    "board",
    "board-unit",
    "wall",
    "figure",
    "units",
    "signed",
    "signing",
    "signed-paper",
    "matrix",
    "unit",
    "search",
    "import",
    "plans",
    "plan",
    "plan-hanoi",
    "plan-new",
    "forms",
    "form-of-the-form",
    "designer",
    "system",
    "people",
    "person-new",
    "people-of-unit",
    "form-new",
    "form-schedule",
    "ledger",
    "ledger-entry",
    "tasks",
    "tasks-unit",
    "task",
    "task-deciding",
    "task-new",
    "tasks-week",
    "tasks-week-editing",
    "reminders",
    "tasks-programme",
    "tasks-timeline",
    "tasks-changed",
    "tasks-load",
    "tasks-lists",
    "tasks-of-report",
    "briefings",
    "briefing",
    "briefing-quarter",
    "briefing-new",
    "briefing-plan",
    "briefing-series",
    "invitation",
    "pack",
    "pack-north",
    "minutes",
    "notice",
    "room",
    "room-closed",
    "briefing-wall",
    "briefing-tasks",
    "jobs",
    "not-there",
)
_WEEK, _WEEK_BEFORE = "2020-W34", "2020-W33"
_MEASURE = "dai-hoi-cap-tren-co-so"

_REPORT = """
    select r.id from reports_report r join units_unit u on u.id = r.unit_id join forms_formversion v
    on v.id = r.form_version_id join forms_form f on f.id = v.form_id join forms_round o on o.id = r.round_id
    join forms_period p on p.id = r.period_id
    where f.code = 'DH-TCS' and p.code = '{week}' and {where} order by u.code limit 1
"""

_TASK = """
    select t.id from tasks_task t join units_unit u on u.id = t.lead_unit_id
    where u.code = '{code}' and t.state = '{state}' order by t.id limit 1
"""

_UNIT = "(select id from units_unit where code = '{}')"
_BRIEFING = "select id from briefings_briefing where period_code = '{period}'"


@dataclass(frozen=True)
class Shown:
    """One page of the demo: its name, who looks (empty: nobody signed in), where, and the answer's status."""

    name: str
    who: str
    address: str
    status: int = 200


def pages(folder: Path) -> Iterator[Shown]:
    """Every page worth looking at, in the demo world kept in `folder`."""
    mine = one(folder, _REPORT.format(week=_WEEK, where="u.code = '01-05'"))
    waiting = one(folder, _REPORT.format(week=_WEEK, where="r.state = 'submitted' and u.code like '01-%'"))
    received = one(folder, _REPORT.format(week=_WEEK, where="r.state = 'accepted' and u.code like '01-%'"))
    cited = one(folder, "select id from narratives_citedpaper where number = '35' and day is not null")
    instruction = one(folder, "select id from narratives_instruction where symbol = '1462-TB/VPTU'")
    entry = one(folder, "select max(id) from ledger_entry where verb = 'reports.sent_back'")
    yield Shown("sign-in", "", "/sign-in/")
    yield Shown("sign-out", "nguoixem", "/sign-out/")
    yield Shown("desk", "caugiay", "/")
    yield Shown("desk-reviewer", "hanoi", "/")
    yield Shown("desk-reader", "nguoixem", "/")
    yield Shown("reports", "hanoi", "/reports/?scope=all")
    yield Shown("queue", "hanoi", "/review/")
    yield Shown("owing", "trunguong", "/owing/")
    yield Shown("form", "caugiay", f"/reports/{mine}/")
    yield Shown("report", "hanoi", f"/reports/{waiting}/")
    yield Shown("report-received", "hanoi", f"/reports/{received}/")
    yield Shown("history", "caugiay", f"/reports/{mine}/history/")
    yield Shown("narrative", "caugiay", f"/narratives/{mine}/")
    yield Shown("papers", "trunguong", "/narratives/papers/")
    yield Shown("paper", "trunguong", f"/narratives/papers/{cited}/")
    yield Shown("drafts", "hanoi", "/narratives/drafts/")
    yield Shown("drafts-none", "quandoi", "/narratives/drafts/")
    yield Shown("instructions", "caugiay", "/narratives/instructions/")
    yield Shown("instruction", "caugiay", f"/narratives/instructions/{instruction}/")
    yield Shown("board", "trunguong", "/rollups/")
    yield Shown("board-unit", "hanoi", "/rollups/?unit=01")
    yield Shown("wall", "trunguong", "/rollups/?wall=1")
    yield Shown("figure", "trunguong", f"/rollups/figure/{_MEASURE}/{_WEEK}/TW/")
    yield Shown("units", "trunguong", f"/rollups/units/{_MEASURE}/{_WEEK}/TW/?group=missing")
    yield Shown("signed", "trunguong", f"/rollups/signed/DH-TCS/{_WEEK_BEFORE}/TW/")
    yield Shown("signing", "hanoi", f"/rollups/signed/DH-TCS/{_WEEK}/01/")
    yield Shown("signed-paper", "nghean", f"/rollups/signed/DH-TCS/{_WEEK_BEFORE}/40/2/")
    yield Shown("matrix", "hanoi", "/rollups/completeness/?form=DH-TCS&unit=01")
    yield Shown("unit", "trunguong", "/units/01/")
    yield Shown("search", "trunguong", "/units/?q=cau+giay")
    yield Shown("import", "trunguong", "/units/import/")
    nation, city = (
        one(folder, f"select id from units_plan where unit_id = {_UNIT.format(code)}") for code in ("TW", "01")
    )
    yield Shown("plans", "trunguong", "/units/plans/")
    yield Shown("plan", "trunguong", f"/units/plans/{nation}/")
    yield Shown("plan-hanoi", "hanoi", f"/units/plans/{city}/")
    yield Shown("plan-new", "hanoi", "/units/plans/new/")
    yield Shown("forms", "trunguong", "/forms/")
    yield Shown("form-of-the-form", "trunguong", "/forms/DH-TCS/")
    yield Shown("designer", "trunguong", "/forms/DH-TCS/design/")
    yield Shown("system", "trunguong", "/system/")
    yield Shown("people", "trunguong", "/people/")
    yield Shown("person-new", "trunguong", "/people/new/")
    yield Shown("people-of-unit", "trunguong", "/people/at/01-05/")
    yield Shown("form-new", "trunguong", "/forms/new/")
    yield Shown("form-schedule", "trunguong", "/forms/DH-TCS/schedule/")
    yield Shown("ledger", "trunguong", "/system/ledger/")
    yield Shown("ledger-entry", "trunguong", f"/system/ledger/{entry}/")
    working = one(folder, _TASK.format(code="01-05", state="ongoing"))
    handed = one(folder, _TASK.format(code="QD", state="handed_in"))
    yield Shown("tasks", "trunguong", "/tasks/")
    yield Shown("tasks-unit", "caugiay", "/tasks/?scope=ours")
    yield Shown("task", "caugiay", f"/tasks/{working}/")
    yield Shown("task-deciding", "trunguong", f"/tasks/{handed}/")
    yield Shown("task-new", "hanoi", "/tasks/new/")
    event = one(
        folder, "select id from tasks_calendarevent where origin = '' and cancelled_at is null order by id limit 1"
    )
    yield Shown("tasks-week", "trunguong", "/tasks/week/?unit=TW&week=2020-W35")
    yield Shown("tasks-week-editing", "trunguong", f"/tasks/week/?unit=TW&week=2020-W34&edit={event}")
    yield Shown("reminders", "caugiay", "/tasks/reminders/")
    yield Shown("tasks-programme", "hanoi", "/tasks/programme/?period=2020-08")
    yield Shown("tasks-timeline", "trunguong", "/tasks/timeline/")
    yield Shown("tasks-changed", "hanoi", "/tasks/changed/")
    yield Shown("tasks-load", "hanoi", "/tasks/load/")
    yield Shown("tasks-lists", "trunguong", "/tasks/lists/")
    yield Shown("tasks-of-report", "caugiay", f"/tasks/of-report/{mine}/")
    week, half, quarter, north = (
        one(folder, _BRIEFING.format(period=period)) for period in (_WEEK, "2020-H1", "2020-Q4", "2021-H1")
    )
    weekly = one(folder, "select series_id from briefings_briefing where period_code = '2020-W34'")
    yield Shown("briefings", "trunguong", "/briefings/")
    yield Shown("briefing", "trunguong", f"/briefings/{week}/")
    yield Shown("briefing-quarter", "nghean", f"/briefings/{quarter}/")
    yield Shown("briefing-new", "trunguong", f"/briefings/new/?series={weekly}")
    yield Shown("briefing-plan", "trunguong", f"/briefings/{week}/plan/")
    yield Shown("briefing-series", "hanoi", "/briefings/series/new/")
    yield Shown("invitation", "hanoi", f"/briefings/{week}/invitation/")
    yield Shown("pack", "trunguong", f"/briefings/{week}/pack/")
    yield Shown("pack-north", "hanoi", f"/briefings/{north}/pack/")
    yield Shown("minutes", "hanoi", f"/briefings/{half}/minutes/")
    yield Shown("notice", "trunguong", f"/briefings/{quarter}/notice/")
    yield Shown("room", "trunguong", f"/briefings/{week}/room/")
    yield Shown("room-closed", "nghean", f"/briefings/{quarter}/room/")
    yield Shown("briefing-wall", "nghean", f"/briefings/{quarter}/wall/?moment=17")
    yield Shown("briefing-tasks", "hanoi", f"/briefings/{half}/tasks/")
    yield Shown("jobs", "trunguong", "/system/jobs/")
    yield Shown("not-there", "nguoixem", "/reports/999999/", 404)


def one(folder: Path, question: str) -> int:
    """The first value of the first row."""
    with closing(sqlite3.connect(f"file:{folder / 'giaoban.sqlite3'}?mode=ro", uri=True)) as kept:
        return int(kept.execute(question).fetchone()[0])
