"""What the page of the system and `giaoban check` ask about jobs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from giaoban.base.access import Actor
from giaoban.base.jobs import access, declaring, following, timetable
from giaoban.base.jobs.models import Follower, Job, Schedule, Worker
from giaoban.base.jobs.rules import State
from giaoban.base.jobs.running import LOST
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import head
from giaoban.core.refusal import NotFound
from giaoban.core.text_vi.dates import write_day

SHOWN = 50
PATIENCE = timedelta(minutes=15)  # what waits longer is a fault
STUBBORN = 5  # attempts of a follower after which it is a fault


@dataclass(frozen=True)
class Row:
    """A job as the page writes it. Its arguments are not shown: they may be somebody's letter."""

    id: int
    label: str
    actor_name: str
    state: str
    run_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    trouble: str


@dataclass(frozen=True)
class Timetabled:
    """A schedule: when its job was last due and when it is next; None before a worker has seen it."""

    label: str
    last_at: datetime | None
    next_at: datetime


@dataclass(frozen=True)
class Following:
    """A follower, and how many entries of the ledger it has not looked at."""

    label: str
    cursor: int | None
    behind: int


@dataclass(frozen=True)
class Overview:
    """All there is to know about jobs at a moment."""

    failed: tuple[Row, ...]
    running: tuple[Row, ...]
    waiting: tuple[Row, ...]
    done: tuple[Row, ...]
    counts: dict[str, int]
    schedules: tuple[Timetabled, ...]
    followers: tuple[Following, ...]
    workers: tuple[str, ...]  # those alive


def label_of(name: str) -> str:
    """What a job is called on screen; its name when this version does not know it."""
    kind = declaring.KINDS.get(name)
    return str(kind.label) if kind else name


def _rows(actor: Actor, state: State, *order: str, most: int = SHOWN) -> tuple[Row, ...]:
    jobs = Job.objects.allowed(actor, access.KEEP).filter(state=state).order_by(*order)[:most]
    return tuple(
        Row(
            id=job.pk,
            label=label_of(job.name),
            actor_name=job.actor_name,
            state=job.state,
            run_at=job.run_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            attempts=job.attempts,
            trouble=job.trouble,
        )
        for job in jobs
    )


def overview(*, actor: Actor, at: datetime) -> Overview:
    """Jobs, schedules, followers and workers. Raises NotFound for all but keepers of the house."""
    if not access.keeps_house(actor):
        raise NotFound()
    declaring.discover()
    counted = Job.objects.allowed(actor, access.KEEP).values("state").annotate(jobs=Count("id"))
    return Overview(
        failed=_rows(actor, State.FAILED, "-finished_at"),
        running=_rows(actor, State.RUNNING, "started_at"),
        waiting=_rows(actor, State.WAITING, "run_at", "id"),
        done=_rows(actor, State.DONE, "-finished_at", most=10),
        counts={one["state"]: one["jobs"] for one in counted},
        schedules=_schedules(at),
        followers=_followers(),
        workers=tuple(Worker.objects.filter(beat_at__range=(at - LOST, at + LOST)).values_list("name", flat=True)),
    )


def _schedules(at: datetime) -> tuple[Timetabled, ...]:
    last = dict(Schedule.objects.values_list("name", "last_due"))
    return tuple(
        Timetabled(label_of(name), last.get(name), rhythm.next(at, timetable.zone()))
        for name, rhythm in sorted(declaring.SCHEDULES.items())
    )


def _followers() -> tuple[Following, ...]:
    cursors, now = dict(Follower.objects.values_list("name", "cursor")), head()
    return tuple(
        Following(label_of(name), cursors.get(name), max(now - cursors[name], 0) if name in cursors else 0)
        for name in sorted(declaring.FOLLOWERS)
    )


def faults(*, at: datetime) -> Iterator[str]:
    """Each thing that should have been done and was not, as a sentence for `giaoban check`."""
    declaring.discover()
    since = at - PATIENCE
    for job in Job.objects.filter(state=State.WAITING, run_at__lt=since).order_by("run_at")[:SHOWN]:
        yield f"việc {job.pk} «{label_of(job.name)}» chờ từ {_moment(job.run_at)}; hãy chạy giaoban work"
    for job in Job.objects.filter(state=State.FAILED).order_by("id")[:SHOWN]:
        yield f"việc {job.pk} «{label_of(job.name)}» không xong: {job.trouble}"
    for name, last_due in Schedule.objects.order_by("name").values_list("name", "last_due"):
        rhythm = declaring.SCHEDULES.get(name)
        if rhythm and last_due < rhythm.last(since, timetable.zone()):
            yield f"lịch chạy «{label_of(name)}» lẽ ra đã chạy; hãy chạy giaoban work"
    yield from _deaf(since)


def _moment(at: datetime) -> str:
    there = at.astimezone(timetable.zone())
    return f"{there:%H:%M} ngày {write_day(there.date())}"


def _deaf(since: datetime) -> Iterator[str]:
    for name, cursor in Follower.objects.order_by("name").values_list("name", "cursor"):
        kind = declaring.FOLLOWERS.get(name)
        if kind is None:
            continue
        unheard = Entry.objects.after(cursor).filter(verb__startswith=kind.prefix, at__lt=since).first()
        stuck = Job.objects.unfinished().filter(key=following.key_of(name), attempts__gte=STUBBORN).first()
        if stuck is not None and stuck.trouble:
            yield f"«{label_of(name)}» dừng ở mục sổ nhật ký {cursor}: {stuck.trouble}"
        elif unheard is not None:
            yield f"«{label_of(name)}» chưa đọc mục sổ nhật ký {unheard.pk}; hãy chạy giaoban work"
