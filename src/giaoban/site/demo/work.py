"""The tasks of the demo world, July to December 2020: who assigned what to whom, and how far it has come.

How many the Politburo and the Central Committee assign, and how many of these are on personnel, are published counts;
what is asked for is written for the demo. Everything happens in the order of time, through the verbs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources

from giaoban.apps.tasks import rules
from giaoban.apps.tasks import services as tasks
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import service
from giaoban.core.text_vi.dates import read_day
from giaoban.site.demo import draw, founding, past, staff

YEAR = 2020
ASSIGNERS = (  # code, Vietnamese, English, whose account hands out on its behalf
    ("bchtw", "Ban Chấp hành Trung ương", "The Central Committee", "trunguong"),
    ("bct", "Bộ Chính trị", "The Politburo", "trunguong"),
    ("bbt", "Ban Bí thư", "The Secretariat", "trunguong"),
    ("ldb", "Lãnh đạo Ban", "The commission's leaders", "trunguong"),
    ("tuhn", "Ban Thường vụ Thành ủy Hà Nội", "The standing committee of Hà Nội", "hanoi"),
    ("tuna", "Ban Thường vụ Tỉnh ủy Nghệ An", "The standing committee of Nghệ An", "nghean"),
    ("cuct", "Cấp ủy cấp trên", "A superior committee", "trunguong"),
)
TOPICS = (
    ("nhan-su", "công tác nhân sự", "personnel"),
    ("dai-hoi", "đại hội đảng bộ các cấp", "congresses"),
    ("van-kien", "văn kiện", "congress documents"),
    ("to-chuc", "tổ chức bộ máy", "organisation"),
    ("dang-vien", "công tác đảng viên", "party members"),
    ("dao-tao", "đào tạo, bồi dưỡng", "training"),
)
_TOLD = (
    "Đã gửi lấy ý kiến các đơn vị liên quan.",
    "Đã có dự thảo lần một, đang tiếp thu ý kiến.",
    "Đang tổng hợp số liệu các đơn vị gửi về.",
    "Đã họp tổ biên tập, thống nhất đề cương.",
    "Còn chờ hai đơn vị chưa gửi văn bản trả lời.",
)
_HANDED = ("Gửi sản phẩm kèm tờ trình, đề nghị xem xét.", "Sản phẩm đã hoàn thành theo yêu cầu, gửi kèm bản giấy.")
_RETURNED = "Số liệu ở phụ lục chưa khớp với báo cáo tuần; đề nghị đối chiếu lại."
_MORE_TIME = "Một số đơn vị gửi ý kiến chậm do phải họp trực tuyến; cần thêm thời gian tổng hợp."


@dataclass(frozen=True)
class Work:
    """One line of the list of tasks."""

    code: str
    whole: str
    assigner: str
    topic: str
    kind: str
    lead: str
    helping: tuple[str, ...]
    given: date
    due: str
    weight: int
    fate: str
    fate_day: date | None
    officer: str
    title: str
    product: str
    source: rules.Source


@dataclass(frozen=True)
class Event:
    """Something that happens to a task at a moment."""

    at: datetime
    code: str
    do: Callable[[int], object]  # told the task's number


def plan() -> list[Work]:
    """The list of tasks as it is kept."""
    text = resources.files("giaoban.site.demo").joinpath("data/tasks.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [_work([cell.strip() for cell in line.split("|")]) for line in lines]


def _work(cells: list[str]) -> Work:
    code, whole, assigner, topic, kind, lead, helping, given, due, weight, fate, officer, title, product, source = (
        "" if cell == "-" else cell for cell in cells
    )
    what, _, told = fate.partition(" ")
    return Work(
        code=code,
        whole=whole,
        assigner=assigner,
        topic=topic,
        kind=kind,
        lead=lead,
        helping=tuple(helping.split()),
        given=_day(given),
        due=due,
        weight=int(weight),
        fate=what,
        fate_day=_day(told) if told else None,
        officer=officer,
        title=title,
        product=product,
        source=_source(source),
    )


def _day(written: str) -> date:
    return read_day(f"{written}-{YEAR}")


def _source(written: str) -> rules.Source:
    """«kind: label; symbol; day»."""
    kind, _, rest = written.partition(": ")
    label, symbol, day = (*rest.split("; "), "", "")[:3]
    return rules.Source(
        kind=kind or rules.SourceKind.OTHER, label=label, symbol=symbol, day=read_day(day) if day else None
    )


@service
def hand_out(*, actor: Actor, units: Mapping[str, Unit], actors: Mapping[str, Actor], at: datetime) -> int:
    """Write the lists, hand everything out and let it come as far as it has by `at`. Returns how many tasks."""
    for rank, (code, name, name_en, _) in enumerate(ASSIGNERS):
        tasks.name_assigner(actor=actor, code=code, name=name, name_en=name_en, rank=rank, at=_begins())
    for rank, (code, name, name_en) in enumerate(TOPICS):
        tasks.name_topic(actor=actor, code=code, name=name, name_en=name_en, rank=rank, at=_begins())
    works = {work.code: work for work in plan()}
    office = _Office(units=units, actors=actors, works=works)
    events = [event for work in works.values() for event in office.events(work)]
    for event in sorted(events, key=lambda one: (one.at, one.code)):
        event.do(office.numbers.get(event.code, 0))
    assert max(event.at for event in events) <= at
    return len(works)


def _begins() -> datetime:
    return past.morning(date(YEAR, 7, 1), days_before=1)


def _in_office_hours(moment: datetime, *, after: datetime, before: datetime) -> datetime:
    """Two in the afternoon of that day, where that lies between."""
    afternoon = past.morning(moment.date(), days_before=0) + timedelta(hours=6)
    return afternoon if after < afternoon < before else moment


class _Office:
    """Who does what: the numbers of the tasks are known once they are handed out."""

    def __init__(self, units: Mapping[str, Unit], actors: Mapping[str, Actor], works: Mapping[str, Work]) -> None:
        self._units, self._actors, self._works = units, actors, works
        self._on_behalf = {code: username for code, _, _, username in ASSIGNERS}
        self.numbers: dict[str, int] = {}

    def events(self, work: Work) -> list[Event]:
        """Everything that happens to one task."""
        given = past.morning(work.given, days_before=0) - timedelta(minutes=30)
        found = [Event(given, work.code, lambda _: self._assign(work, given))]
        if work.fate == "new":
            return found
        taken = given + timedelta(days=1, hours=draw.number(work.code, "taken", low=1, high=8))
        found.append(Event(taken, work.code, lambda task: self._take(work, task, taken)))
        return found + self._fate(work, taken)

    def _fate(self, work: Work, taken: datetime) -> list[Event]:
        if work.fate_day is None:
            return []
        at = past.morning(work.fate_day, days_before=0) + timedelta(hours=draw.number(work.code, low=1, high=8))
        half = _in_office_hours(taken + (at - taken) / 2, after=taken, before=at)
        share = (
            int(work.fate.rstrip("%"))
            if work.fate.endswith("%")
            else draw.number(work.code, "half", low=6, high=8) * 10
        )
        found = [Event(half, work.code, lambda task: self._note(work, task, share // 2, half))]
        if work.fate.endswith("%"):
            return [*found, Event(at, work.code, lambda task: self._note(work, task, share, at))]
        return [*found, Event(at, work.code, lambda task: self._end(work, task, at))]

    def _assign(self, work: Work, at: datetime) -> None:
        lead = self._units[work.lead]
        signs_in = self._actors.get(work.officer)
        name, _, post = work.officer.partition(", ")
        asked = rules.Assignment(
            title=work.title,
            lead_unit_id=lead.pk,
            due=rules.read_deadline(work.due, on=at.date()),
            assigner=work.assigner,
            product=work.product,
            kind=work.kind,
            topic=work.topic,
            source=work.source,
            officer_id=signs_in.id if signs_in else None,
            officer_name="" if signs_in else name,
            post="" if signs_in else post,
            coordinating=tuple(self._units[code].pk for code in work.helping),
            weight=work.weight,
        )
        if work.whole:
            whole = self.numbers[work.whole]
            task = tasks.break_down(actor=self._giver(work), task_id=whole, part=asked, at=at)
        else:
            task = tasks.assign(actor=self._giver(work), task=asked, at=at)
        self.numbers[work.code] = task.pk

    def _giver(self, work: Work) -> Actor:
        """Who hands it out and decides on it: whoever acts for the body, for a part whoever decides at its whole."""
        if work.whole:
            return self._actors[self._works[work.whole].lead]
        return self._actors[self._on_behalf[work.assigner]]

    def _worker(self, work: Work) -> Actor:
        """Who works on it: the unit's account in the tour, or its reporter of whom the tour does not speak."""
        signs_in = self._actors.get(work.officer) or self._actors.get(work.lead)
        if signs_in is not None and work.lead != founding.TOP_CODE:
            return signs_in
        name = work.officer.partition(", ")[0]
        known = self._actors.get(name)
        name = known.name if known else name or staff.fictitious_name(work.lead)
        return founding.reporter_at(self._units[work.lead], day=self._giver(work).day, name=name)

    def _take(self, work: Work, task: int, at: datetime) -> None:
        tasks.take(actor=self._worker(work), task_id=task, at=at)

    def _note(self, work: Work, task: int, percent: int, at: datetime) -> None:
        words = draw.one_of(_TOLD, work.code, percent)
        tasks.note(actor=self._worker(work), task_id=task, words=words, percent=percent, at=at)

    def _end(self, work: Work, task: int, at: datetime) -> None:
        giver = self._giver(work)
        match work.fate:
            case "withdrawn":
                tasks.withdraw(actor=giver, task_id=task, reason="Gộp vào nhiệm vụ của quý IV/2020.", at=at)
            case "asked" | "longer":
                self._more_time(work, task, at)
            case fate:
                self._hand_in(work, task, at)
                if fate == "returned":
                    tasks.send_back(actor=giver, task_id=task, reason=_RETURNED, at=at + timedelta(hours=2))
                if fate in ("done", "closed"):
                    tasks.accept(actor=giver, task_id=task, at=at + timedelta(hours=3))
                if fate == "closed":
                    tasks.close(actor=giver, task_id=task, at=at + timedelta(hours=4))

    def _hand_in(self, work: Work, task: int, at: datetime) -> None:
        product = draw.one_of(_HANDED, work.code, "handed")
        tasks.hand_in(actor=self._worker(work), task_id=task, product=product, at=at)

    def _more_time(self, work: Work, task: int, at: datetime) -> None:
        words = "đến hết tháng 10-2020" if work.fate == "longer" else "15-9-2020"
        due = rules.read_deadline(words, on=at.date())
        asked = tasks.ask_extension(actor=self._worker(work), task_id=task, due=due, reason=_MORE_TIME, at=at)
        if work.fate == "longer":
            later = at + timedelta(hours=3)
            decision = "Đồng ý; báo cáo tiến độ vào cuối tháng 9."
            tasks.grant_extension(actor=self._giver(work), extension_id=asked.pk, decision=decision, at=later)
