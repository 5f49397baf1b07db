"""Report forms and their versions, who owes them, for which periods and by when."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from typing import Self

import orjson
from django.db import models
from django.db.models import F, Q

from giaoban.apps.forms import access
from giaoban.apps.units.models import Level, Unit
from giaoban.base.access import AllowedQuerySet
from giaoban.base.web.language import language, named
from giaoban.core import periods
from giaoban.core.formlang import FormSpec


class FormQuerySet(AllowedQuerySet["Form"]):
    scope = staticmethod(access.scope)


class Form(models.Model):
    """Biểu mẫu: what is asked, whatever version of it is in force."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period_kind = models.CharField(max_length=12)  # core.periods kind
    calendar = models.CharField(max_length=10, default="calendar")
    schedule = models.JSONField()  # core.periods.Schedule: cut-off and a step for each level

    objects = FormQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu mẫu"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return named(self.name, self.name_en)


class FormVersion(models.Model):
    """Phiên bản biểu mẫu: fields, formulas and checks. A published version never changes."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    data = models.JSONField()  # core.formlang.FormSpec as JSON
    revision = models.PositiveIntegerField(default=1)  # optimistic lock while it is a draft
    published_at = models.DateTimeField(null=True)  # null: a draft

    class Meta:
        verbose_name = "phiên bản biểu mẫu"
        constraints = [
            models.UniqueConstraint("form", "number", name="one_number_per_form_version"),
            models.UniqueConstraint("form", condition=Q(published_at=None), name="one_draft_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"

    @cached_property
    def spec(self) -> FormSpec:
        return _read(orjson.dumps(self.data))


@lru_cache(maxsize=128)
def _read(written: bytes) -> FormSpec:
    """Every report that is handed in asks for its form, and a form is many times longer to read than a report."""
    return FormSpec.parse(orjson.loads(written))


class Duty(models.Model):
    """Nghĩa vụ báo cáo: units on this level owe this form over the days [from, until)."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="duties")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    class Meta:
        verbose_name = "nghĩa vụ báo cáo"
        constraints = [models.UniqueConstraint("form", "level", "from_day", name="one_duty_per_level_and_first_day")]

    def __str__(self) -> str:
        return f"{self.form_id} @ {self.level_id}"


class DutyException(models.Model):
    """Ngoại lệ: a unit that owes although its level does not, or does not although its level does."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="exceptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owes = models.BooleanField()
    reason = models.CharField(max_length=300)
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    class Meta:
        verbose_name = "ngoại lệ nghĩa vụ"
        constraints = [models.UniqueConstraint("form", "unit", "from_day", name="one_exception_per_unit_and_first_day")]

    def __str__(self) -> str:
        return f"{self.form_id} {'+' if self.owes else '-'}{self.unit_id}"


class Period(models.Model):
    """Kỳ: a stretch of days reports speak about, with the calendar it is counted in."""

    code = models.CharField(max_length=40, unique=True)  # core.periods.Period.code
    kind = models.CharField(max_length=12)
    from_day = models.DateField(db_index=True)
    until_day = models.DateField()  # the day after the last

    class Meta:
        verbose_name = "kỳ"
        constraints = [models.CheckConstraint(condition=Q(until_day__gt=F("from_day")), name="period_runs_forward")]

    def __str__(self) -> str:
        return self.code

    @cached_property
    def value(self) -> periods.Period:
        return periods.Period.parse(self.code)

    @property
    def label(self) -> str:
        """What it is called in the reader's language: «Tuần 17–23/8/2020»."""
        return self.value.label(language())


class RoundQuerySet(models.QuerySet["Round"]):
    def of(self, form_code: str) -> Self:
        return self.filter(form_version__form__code=form_code)


class Round(models.Model):
    """Lượt thu báo cáo: one version of a form asked for one period, on the tree of one day, with its deadlines."""

    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="rounds")
    period = models.ForeignKey(Period, models.PROTECT, related_name="rounds")
    day = models.DateField()  # the tree and the duty of this day hold: the period's last day
    cut_off_at = models.DateTimeField()
    deadlines = models.JSONField()  # level code -> ISO moment; cascades upward
    is_made_up = models.BooleanField(default=False)  # demo: figures of this round are invented

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt thu báo cáo"
        constraints = [models.UniqueConstraint("form_version", "period", name="one_round_per_version_and_period")]

    def __str__(self) -> str:
        return f"{self.form_version_id} / {self.period_id}"

    def is_on(self, day: date) -> bool:
        return self.period.from_day <= day < self.period.until_day
