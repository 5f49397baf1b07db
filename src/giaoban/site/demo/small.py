"""A small organisation that is quick to build: the scene of most tests.

A centre with three committees below it; six committees above base, two base organisations, three cells; people;
the weekly congress form with last week's reports accepted and this week's round open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Form, Round
from giaoban.apps.people import queries
from giaoban.apps.people import services as people
from giaoban.apps.people.models import Account
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.units import services as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.base.access import Actor
from giaoban.core.periods import Period, PeriodKind
from giaoban.site.demo import formbook, founding

AT = datetime(2020, 8, 24, 9, 0, tzinfo=ZoneInfo(settings.TIME_ZONE))  # Monday morning, before the briefing
FOUNDED = date(2015, 10, 1)
THIS_WEEK, LAST_WEEK = date(2020, 8, 23), date(2020, 8, 16)

_UNITS = (  # code, parent, level, name, short name, tile
    ("01", "", "tt", "Đảng bộ thành phố Hà Nội", "Hà Nội", (3, 4)),
    ("40", "", "tt", "Đảng bộ tỉnh Nghệ An", "Nghệ An", (2, 7)),
    ("QD", "", "tt", "Đảng bộ Quân đội", "Quân đội", None),
    ("01-CG", "01", "tren-co-so", "Đảng bộ quận Cầu Giấy", "Cầu Giấy", None),
    ("01-DD", "01", "tren-co-so", "Đảng bộ quận Đống Đa", "Đống Đa", None),
    ("01-BV", "01", "tren-co-so", "Đảng bộ huyện Ba Vì", "Ba Vì", None),
    ("40-VI", "40", "tren-co-so", "Đảng bộ thành phố Vinh", "Vinh", None),
    ("40-ND", "40", "tren-co-so", "Đảng bộ huyện Nam Đàn", "Nam Đàn", None),
    ("QD-01", "QD", "tren-co-so", "Đảng bộ Sư đoàn A", "Sư đoàn A", None),
    ("01-CG-DV", "01-CG", "co-so", "Đảng bộ phường Dịch Vọng", "Dịch Vọng", None),
    ("01-CG-NT", "01-CG", "co-so", "Đảng bộ phường Nghĩa Tân", "Nghĩa Tân", None),
    ("01-CG-DV-1", "01-CG-DV", "chi-bo", "Chi bộ tổ dân phố số 1", "", None),
    ("01-CG-DV-2", "01-CG-DV", "chi-bo", "Chi bộ tổ dân phố số 2", "", None),
    ("01-CG-DV-3", "01-CG-DV", "chi-bo", "Chi bộ tổ dân phố số 3", "", None),
)
_PEOPLE = (  # username, name, post, unit, roles
    ("an", "Đỗ Hải An", "Vụ trưởng", "TW", "reviewer keeper"),
    ("thu", "Lý Minh Thu", "Chuyên viên", "TW", "reader"),
    ("binh", "Quách Thanh Bình", "Trưởng phòng", "01", "reporter reviewer keeper"),
    ("hoa", "Hồ Thị Hòa", "Phó Trưởng ban", "40", "reporter reviewer"),
    ("quan", "Lương Đức Quân", "Trợ lý tổ chức", "QD", "reporter reviewer"),
    ("lan", "Tạ Ngọc Lan", "Phó Trưởng ban Tổ chức", "01-CG", "reporter reviewer"),
    ("dung", "Vi Tiến Dũng", "Chuyên viên", "01-DD", "reporter"),
    ("minh", "Cao Văn Minh", "Phó Bí thư", "01-CG-DV", "reporter reviewer"),
    ("tuan", "Kiều Anh Tuấn", "Bí thư chi bộ", "01-CG-DV-1", "reporter"),
)


@dataclass(frozen=True, kw_only=True)
class World:
    """The scene: units and people by name, the open round and the one before.

    `an`, `thu` at the centre (an reviews and keeps, thu only reads); `binh` Hà Nội; `hoa` Nghệ An; `quan` the army;
    `lan` Cầu Giấy; `dung` Đống Đa; `minh` Dịch Vọng; `tuan` its first cell. `accounts` has them by username for
    `client.force_login`. `round` is this week's, open and empty; `round_before` last week's, everything accepted;
    `weekly_round` this week's of the form the three committees owe.
    """

    at: datetime
    system: Actor
    centre: Unit
    hanoi: Unit
    nghean: Unit
    quandoi: Unit
    caugiay: Unit
    dongda: Unit
    bavi: Unit
    vinh: Unit
    namdan: Unit
    sudoan: Unit
    dichvong: Unit
    nghiatan: Unit
    cells: tuple[Unit, ...]
    an: Actor
    thu: Actor
    binh: Actor
    hoa: Actor
    quan: Actor
    lan: Actor
    dung: Actor
    minh: Actor
    tuan: Actor
    accounts: dict[str, Account]
    form: Form
    weekly_form: Form
    round: Round
    round_before: Round
    weekly_round: Round

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def committees(self) -> tuple[Unit, ...]:
        """The six units that owe the congress form."""
        return (self.caugiay, self.dongda, self.bavi, self.vinh, self.namdan, self.sudoan)

    def actor_at(self, unit: Unit) -> Actor:
        """The reporter of any unit, whether or not a person holds that office."""
        return founding.reporter_at(unit, day=self.day, name=f"người báo cáo {unit.label}")

    def report(self, unit: Unit, *, round: Round | None = None) -> Report:
        """The unit's report in a round (this week's when none is named): a draft without figures at first."""
        asked = round or self.round
        return reports.open_report(actor=self.actor_at(unit), round_id=asked.pk, unit_id=unit.pk, at=self.at)

    def filled(self, unit: Unit, *, round: Round | None = None, held: bool = True, **figures: Any) -> Report:
        """A draft with whole figures; named ones stand instead of the usual."""
        report = self.report(unit, round=round)
        return reports.fill(
            actor=self.actor_at(unit),
            report_id=report.pk,
            revision=report.revision,
            figures=usual_figures(held=held) | figures,
            at=self.at,
        )

    def submitted(self, unit: Unit, *, round: Round | None = None, held: bool = True, **figures: Any) -> Report:
        """A report handed to the unit above."""
        report = self.filled(unit, round=round, held=held, **figures)
        return reports.submit(actor=self.actor_at(unit), report_id=report.pk, at=self.at)

    def accepted(self, unit: Unit, *, round: Round | None = None, held: bool = True, **figures: Any) -> Report:
        """A report received by the unit above: it counts in official totals."""
        report = self.submitted(unit, round=round, held=held, **figures)
        return reports.accept(actor=self.system, report_id=report.pk, at=self.at)


def usual_figures(*, held: bool) -> dict[str, Any]:
    """Whole figures for the congress form, as typed: computed fields are left to the form."""
    if not held:
        return {"held": False}
    return {
        "held": True,
        "held_day": "2020-08-11",
        "contents": "four",
        "summoned": 250,
        "attended": 248,
        "to_elect": 39,
        "elected": 39,
        "women": 9,
        "under_40": 5,
    }


def build_small(*, at: datetime = AT) -> World:
    """Build the scene through services, in an empty database."""
    begun = at - timedelta(days=300)
    founded = founding.found(name=founding.TOP_NAME, from_day=FOUNDED, at=begun)
    unit = _tree(founded.actor, today=at.date(), at=begun)
    accounts = _accounts(founded.actor, unit, at=begun)
    form = formbook.bring_in(actor=founded.actor, code="DH-TCS", owner=unit["TW"], at=begun)
    weekly_form = formbook.bring_in(actor=founded.actor, code="KQ-TUAN", owner=unit["TW"], at=begun)
    actors = {username: queries.actor_of(account, at.date()) for username, account in accounts.items()}
    return World(
        at=at,
        system=founded.actor,
        centre=unit["TW"],
        hanoi=unit["01"],
        nghean=unit["40"],
        quandoi=unit["QD"],
        caugiay=unit["01-CG"],
        dongda=unit["01-DD"],
        bavi=unit["01-BV"],
        vinh=unit["40-VI"],
        namdan=unit["40-ND"],
        sudoan=unit["QD-01"],
        dichvong=unit["01-CG-DV"],
        nghiatan=unit["01-CG-NT"],
        cells=tuple(unit[f"01-CG-DV-{number}"] for number in (1, 2, 3)),
        **actors,
        accounts=accounts,
        form=form,
        weekly_form=weekly_form,
        round=_open(founded.actor, form, THIS_WEEK, at),
        round_before=_last_week(founded.actor, form, unit, at),
        weekly_round=_open(founded.actor, weekly_form, THIS_WEEK, at),
    )


def _tree(actor: Actor, *, today: date, at: datetime) -> dict[str, Unit]:
    planned = [
        NewUnit(code=code, parent=parent, level=level, name=name, short_name=short, tile=tile, from_day=FOUNDED)
        for code, parent, level, name, short, tile in _UNITS
    ]
    units.bring_in(actor=actor, below=founding.TOP_CODE, units=planned, source="bối cảnh nhỏ", today=today, at=at)
    return {one.code: one for one in Unit.objects.all()}


def _accounts(actor: Actor, unit: dict[str, Unit], *, at: datetime) -> dict[str, Account]:
    opened = {}
    for username, name, post, code, roles in _PEOPLE:
        account = people.open_account(
            actor=actor, username=username, name=name, post=post, password="", at=at, place=unit[code].path
        )
        for role in roles.split():
            people.give_office(actor=actor, account=account, unit=unit[code], role=role, from_day=at.date(), at=at)
        opened[username] = account
    return opened


def _open(actor: Actor, form: Form, last_day: date, at: datetime) -> Round:
    period = Period.containing(last_day, PeriodKind.WEEK)
    return forms.open_round(actor=actor, form_id=form.pk, period=period, at=at - timedelta(days=4))


def _last_week(actor: Actor, form: Form, unit: dict[str, Unit], at: datetime) -> Round:
    """Last week: everybody's report accepted; Ba Vì and Nam Đàn had not held their congress yet."""
    round_ = _open(actor, form, LAST_WEEK, at - timedelta(days=7))
    told = datetime.fromisoformat(round_.deadlines["tren-co-so"]) - timedelta(hours=2)
    reports.bring_in(
        actor=actor,
        round_=round_,
        reports=[
            reports.PastReport(
                unit_id=unit[code].pk,
                path=unit[code].path,
                figures=usual_figures(held=code not in {"01-BV", "40-ND"}),
                submitted_at=told,
                accepted_at=told + timedelta(hours=1),
            )
            for code, _, level, *_ in _UNITS
            if level == "tren-co-so"
        ],
        source="bối cảnh nhỏ",
        at=told + timedelta(hours=1),
    )
    return round_
