"""The briefings of the demo world: four from their papers, and this week's, called for this afternoon.

When they were held, at how many sites, and how many results, lessons, directives and tasks by body they name is
published; every sentence is written for the demo, leads and deadlines are chosen where none was given. Two lie beyond
the demo's present: they stand among the papers, and hand nothing out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any

from giaoban.apps.briefings import papers, queries, rules
from giaoban.apps.briefings import services as briefings
from giaoban.apps.briefings.models import Briefing, Series
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks import services as tasks
from giaoban.apps.tasks.models import Task
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import service
from giaoban.core.periods import Period
from giaoban.site.demo import draw, founding, past, places, staff

CENTRE, HANOI = founding.TOP_CODE, "01"
CHAIR, HANOI_CHAIR = "Lãnh đạo Ban Tổ chức Trung ương", "Trưởng ban Tổ chức Thành ủy"
NORTH = (
    "01", "02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "22", "24", "25", "26", "27", "30",
    "31", "33", "34", "35", "36", "37",
)  # fmt: skip
THIS_WEEK = ("01", "40", "QD", "CA", "CQ", "DN", "22", "31", "38", "46", "48", "79")  # who speaks this afternoon
SILENT = ("01", "40", "QD")  # the tour's people have not answered yet
SOURCE = "hồ sơ giao ban, lời văn viết cho bản trình diễn"
_TALKS = "Ý kiến các điểm cầu"


@dataclass(frozen=True)
class Papers:
    """One briefing in its papers: series, when, what it covers, its sites by code, its text."""

    series: str
    held: datetime
    period: str
    title: str
    sites: tuple[str, ...]
    text: str
    chair: str


@dataclass(frozen=True)
class Scene:
    """Who acts, the units by code, and the series by name."""

    units: Mapping[str, Unit]
    actors: Mapping[str, Actor]
    series: Mapping[str, Series]


@service
def hold_all(*, units: Mapping[str, Unit], actors: Mapping[str, Actor], at: datetime) -> int:
    """Set up the series, bring the papers in, let Hà Nội hand out, and call this week's. Returns how many there are."""
    scene = Scene(units, actors, _series(units, actors, at))
    for one in _papers():
        actor = actors["hanoi" if one.series.endswith("Hà Nội") else "trunguong"]
        briefing = briefings.bring_in(
            actor=actor,
            series_id=scene.series[one.series].pk,
            past=_past(one, units),
            source=SOURCE,
            at=min(at, _later(one)),
        )
        if one.text == "halfyear":
            _hand_out(scene, briefing, _later(one))
    _this_week(scene, at)
    return Briefing.objects.count()


def _later(one: Papers) -> datetime:
    return one.held + timedelta(hours=3)


def _series(units: Mapping[str, Unit], actors: Mapping[str, Actor], at: datetime) -> dict[str, Series]:
    agenda = rules.USUAL_AGENDA
    week = (
        rules.PlannedItem(title="Tiến độ đại hội trong tuần", minutes=20, presenter="Vụ Tổ chức đảng"),
        rules.PlannedItem(title="Tiến độ các đề án trình Bộ Chính trị", minutes=15, presenter="Văn phòng"),
        rules.PlannedItem(title=_TALKS, kind=rules.ItemKind.DISCUSSION, minutes=30),
        rules.PlannedItem(title="Kết luận của chủ trì", kind=rules.ItemKind.CONCLUSION, minutes=15),
    )
    wanted: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
        ("trunguong", CENTRE, "Giao ban tuần", "week", {"weekday": 0, "agenda": week, "place": "Phòng họp tầng 2"}),
        ("trunguong", CENTRE, "Giao ban trực tuyến tháng", "month", {"day": 3, "is_online": True}),
        ("trunguong", CENTRE, "Giao ban trực tuyến quý", "quarter", {"day": 1, "is_online": True}),
        ("trunguong", CENTRE, "Giao ban khu vực miền Bắc", "half", {"day": 1, "is_online": True}),
        ("trunguong", CENTRE, "Tổng kết năm", "year", {"day": 5}),
        ("hanoi", HANOI, "Giao ban tuần Hà Nội", "week", {"weekday": 0}),
        ("hanoi", HANOI, "Sơ kết sáu tháng Hà Nội", "half", {"day": 1}),
    )
    return {
        name: briefings.define_series(
            actor=actors[who],
            unit=units[code],
            name=name,
            rhythm=rhythm,
            assigner="tuhn" if code == HANOI else "ldb",
            hour=time(14, 0),
            at=at - timedelta(days=30),
            **{"agenda": agenda, **more},
        )
        for who, code, name, rhythm, more in wanted
    }


def _papers() -> list[Papers]:
    all_committees = tuple(unit.code for unit in places.committees())
    districts = tuple(unit.code for unit in places.above_base() if unit.parent == HANOI)
    online = "Hội nghị giao ban trực tuyến"
    return [
        Papers("Giao ban trực tuyến tháng", _at(2020, 2, 3), "2020-01", f"{online} tháng 1-2020", all_committees,
               "month", CHAIR),
        Papers("Sơ kết sáu tháng Hà Nội", _at(2020, 7, 1), "2020-H1", "Sơ kết sáu tháng đầu năm 2020", districts,
               "halfyear", HANOI_CHAIR),
        Papers("Giao ban trực tuyến quý", _at(2020, 12, 30), "2020-Q4", f"{online} quý IV năm 2020", all_committees,
               "quarter", CHAIR),
        Papers("Giao ban khu vực miền Bắc", _at(2021, 6, 28), "2021-H1", f"{online} khu vực miền Bắc, sáu tháng 2021",
               tuple(NORTH), "north", CHAIR),
    ]  # fmt: skip


def _at(year: int, month: int, day: int) -> datetime:
    return past.morning(date(year, month, day), days_before=0).replace(hour=14)


# ---------------------------------------------------------------- a briefing in its papers


def _past(one: Papers, units: Mapping[str, Unit]) -> briefings.PastBriefing:
    plan = rules.Plan(
        title=one.title,
        starts_at=one.held,
        period=Period.parse(one.period),
        place="Hội trường" if one.chair == HANOI_CHAIR else "Trụ sở Ban Tổ chức Trung ương",
        is_online=len(one.sites) > 20 and one.chair == CHAIR,
        chair_post=one.chair,
    )
    read = _Reading(units)
    for line in _lines(one.text):
        read.line([cell.strip() for cell in line.split("|")])
    spoke = {speech.unit_id: speech.subject for speech in read.speeches}
    return briefings.PastBriefing(
        plan=plan,
        items=tuple(read.items),
        sites=tuple(_past_site(units[code], spoke) for code in one.sites),
        notes=tuple(read.notes),
        speeches=tuple(read.speeches),
        conclusions=tuple(replace(told, said=_dated(told.said, due, one.held)) for told, due in read.conclusions),
        points=tuple(read.points),
        sections=tuple(queries.as_json([section])[0] for section in read.sections),
    )


def _lines(name: str) -> list[str]:
    text = resources.files("giaoban.site.demo").joinpath(f"data/briefings/{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _past_site(unit: Unit, spoke: Mapping[int, str]) -> briefings.PastSite:
    head = f"{staff.fictitious_name(unit.code)}, Trưởng ban Tổ chức"
    if unit.pk not in spoke and draw.chance(unit.code, "substitute", percent=8):
        other = f"{staff.fictitious_name(unit.code + 'p')}, Phó Trưởng ban"
        return briefings.PastSite(unit_id=unit.pk, reply=rules.Reply.SUBSTITUTE, substitute=other)
    return briefings.PastSite(unit_id=unit.pk, head=head, asked_on=spoke.get(unit.pk, ""))


def _dated(said: rules.Concluded, due: str, held: datetime) -> rules.Concluded:
    return replace(said, due=task_rules.read_deadline(due, on=held.date()) if due else None)


class _Reading:
    """Reads the lines of a briefing's text in turn."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self._units = units
        self.items: list[briefings.PastItem] = []
        self.notes: list[briefings.PastNote] = []
        self.speeches: list[briefings.PastSpeech] = []
        self.conclusions: list[tuple[briefings.PastConclusion, str]] = []
        self.points: list[str] = []
        self.sections: list[queries.Section] = []

    def line(self, cells: Sequence[str]) -> None:
        mark, *rest = ("" if cell == "-" else cell for cell in cells)
        read = {"i": self._item, "n": self._note, "s": self._speech, "c": self._conclusion, "p": self._point}
        read.get(mark, self._pack)(mark, rest)

    @property
    def _now(self) -> int:
        return len(self.items) - 1

    def _item(self, _mark: str, rest: Sequence[str]) -> None:
        kind, minutes, spent, presenter, title = rest
        self.items.append(
            briefings.PastItem(title=title, kind=kind, minutes=int(minutes), spent=int(spent), presenter=presenter)
        )

    def _note(self, _mark: str, rest: Sequence[str]) -> None:
        self.notes.append(briefings.PastNote(item=self._now, after=int(rest[0]), words=rest[1]))

    def _speech(self, _mark: str, rest: Sequence[str]) -> None:
        after, code, seconds, subject = rest
        unit = self._units[code]
        self.speeches.append(
            briefings.PastSpeech(
                item=self._now, unit_id=unit.pk, after=int(after), seconds=int(seconds), subject=subject
            )
        )

    def _conclusion(self, _mark: str, rest: Sequence[str]) -> None:
        after, kind, lead, helping, due, topic, product, words = rest
        said = rules.Concluded(
            kind=kind,
            words=words,
            lead_unit_id=self._units[lead].pk if lead else None,
            coordinating=tuple(self._units[code].pk for code in helping.split()),
            product=product,
            topic=topic,
        )
        self.conclusions.append((briefings.PastConclusion(item=self._now, said=said, after=int(after)), due))

    def _point(self, _mark: str, rest: Sequence[str]) -> None:
        self.points.append(rest[0])

    def _pack(self, mark: str, rest: Sequence[str]) -> None:
        if mark == "k":
            code, title, note = rest
            self.sections.append(queries.Section(code=code, title=title, note=note))
            return
        now = self.sections[-1]
        told: dict[str, dict[str, Any]] = {
            "l": {"lead": (*now.lead, *rest)},
            "h": {"head": tuple(rest)},
            "r": {"rows": (*now.rows, tuple(queries.Cell(cell) for cell in rest))},
        }
        self.sections[-1] = replace(now, **told[mark])


# ---------------------------------------------------------------- what followed, and this week


def _hand_out(scene: Scene, briefing: Briefing, at: datetime) -> None:
    """Hà Nội's directives become tasks that evening; two have come somewhere since."""
    giver = scene.actors["hanoi"]
    made: list[Task] = []
    for number, conclusion in enumerate(briefing.conclusions.filter(kind="directive").order_by("ordinal")):
        made.append(
            briefings.make_task(actor=giver, conclusion_id=conclusion.pk, at=at + timedelta(minutes=5 * number))
        )
    morning = at + timedelta(days=1)
    for number, task in enumerate(made[:5]):
        worker = founding.reporter_at(task.lead_unit, day=giver.day, name=staff.fictitious_name(task.lead_unit.code))
        began = morning + timedelta(hours=number)
        tasks.take(actor=worker, task_id=task.pk, at=began)
        told = began + timedelta(days=20 + number)
        share = (60, 80, 25, 100, 40)[number]
        tasks.note(actor=worker, task_id=task.pk, words="Đã làm việc với từng đơn vị.", percent=share, at=told)
        if share == 100:
            tasks.hand_in(actor=worker, task_id=task.pk, product="Danh sách gửi kèm.", at=told + timedelta(hours=1))
            tasks.accept(actor=giver, task_id=task.pk, at=told + timedelta(days=1))


def _this_week(scene: Scene, at: datetime) -> None:
    """Called on Friday for this afternoon; the pack went out at eight this morning."""
    actor, units = scene.actors["trunguong"], scene.units
    friday = at - timedelta(days=3)
    series = scene.series["Giao ban tuần"]
    plan = rules.Plan(
        title="Giao ban tuần 17–23/8/2020",
        starts_at=at.replace(hour=14, minute=0),
        period=Period.parse("2020-W34"),
        place=series.place,
        is_online=True,
        chair_id=actor.id,
        secretaries=(scene.actors["nguoixem"].id,),
        sites=tuple(units[code].pk for code in THIS_WEEK),
        agenda=series.planned,
    )
    briefing = briefings.prepare(actor=actor, series_id=series.pk, plan=plan, at=friday)
    draft = task_rules.Evidence("du-thao-ket-luan.txt", "\n".join(_whole("week")).encode(), "text/plain")
    for title, what in (("Dự thảo ba kết luận", {"evidence": draft}), ("Số liệu tuần", {"section": "figures"})):
        briefings.attach(actor=actor, briefing_id=briefing.pk, title=title, at=friday, **what)
    sites = {site.unit.code: site for site in briefing.sites.select_related("unit")}
    asked = {
        sites["01"].pk: rules.AskedOf("Sáu đảng bộ cấp trên cơ sở chưa đại hội"),
        sites["40"].pk: rules.AskedOf("Chuẩn bị đại hội tỉnh trong tháng 10"),
        sites["QD"].pk: rules.AskedOf("Đại hội ba nội dung"),
    }
    briefings.ask_sites(actor=actor, briefing_id=briefing.pk, asked=asked, at=friday)
    letter = papers.letter(queries.preparation(actor=actor, briefing_id=briefing.pk), address="/briefings/")
    briefings.call(actor=actor, briefing_id=briefing.pk, letter=letter, at=friday + timedelta(hours=1))
    for number, code in enumerate(code for code in THIS_WEEK if code not in SILENT):
        _answer(units[code], sites[code].pk, number, friday + timedelta(hours=3, minutes=17 * number))
    sections = queries.as_json(queries.live_sections(actor=actor, briefing_id=briefing.pk, at=at))
    briefings.send_pack(actor=actor, briefing_id=briefing.pk, sections=sections, at=at)


def _whole(name: str) -> list[str]:
    text = resources.files("giaoban.site.demo").joinpath(f"data/briefings/{name}.txt").read_text(encoding="utf-8")
    return text.splitlines()


def _answer(unit: Unit, site_id: int, number: int, at: datetime) -> None:
    """Most come; one sends somebody else, one stays away."""
    actor = founding.reporter_at(unit, day=at.date(), name=staff.fictitious_name(unit.code))
    other = f"{staff.fictitious_name(unit.code + 'p')}, Phó Trưởng ban"
    answers: dict[int, dict[str, str]] = {
        3: {"reply": "substitute", "substitute": other},
        6: {"reply": "declined", "reason": "Trùng ngày khai mạc đại hội đảng bộ trực thuộc"},
    }
    given = answers.get(number, {"reply": "accepted"})
    briefings.reply(
        actor=actor,
        site_id=site_id,
        at=at,
        reply=given["reply"],
        substitute=given.get("substitute", ""),
        reason=given.get("reason", ""),
    )
