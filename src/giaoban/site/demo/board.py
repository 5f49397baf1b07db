"""The measures of the demo board: four headlines and what stands below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.forms.models import Form
from giaoban.apps.rollups import services as rollups
from giaoban.apps.rollups.models import Measure
from giaoban.apps.units.models import Level, Unit
from giaoban.base.access import Actor


@dataclass(frozen=True)
class Wanted:
    """One measure; `scope` and `level` are codes."""

    code: str
    name: str
    name_en: str
    form: str
    rule: str
    field: str
    noun: str
    definition: str
    base_field: str = ""
    level: str = ""
    scope: str = ""
    due_day: date | None = None


MEASURES = (
    Wanted(
        "dai-hoi-cap-tren-co-so",
        "Đại hội đảng bộ cấp trên cơ sở",
        "Congresses above base level",
        "DH-TCS",
        "share",
        "held",
        "đại hội đảng bộ cấp trên cơ sở",
        "Số đảng bộ cấp trên trực tiếp cơ sở đã tổ chức đại hội trên tổng số đảng bộ phải tổ chức.",
        due_day=date(2020, 8, 31),
    ),
    Wanted(
        "hoan-thanh-truc-thuoc",
        "Đảng bộ trực thuộc Trung ương đã xong cấp trên cơ sở",
        "Committees with every congress held",
        "DH-TCS",
        "complete",
        "held",
        "đảng bộ trực thuộc Trung ương đã hoàn thành 100% việc tổ chức đại hội cấp trên cơ sở",
        "Số đảng bộ trực thuộc Trung ương có toàn bộ đảng bộ cấp trên cơ sở đã tổ chức đại hội.",
        level="tt",
        due_day=date(2020, 8, 31),
    ),
    Wanted(
        "gop-y-du-thao",
        "Dự thảo văn kiện và phương án nhân sự đã được góp ý",
        "Drafts commented on",
        "KQ-TUAN",
        "share",
        "drafts_commented",
        "dự thảo văn kiện và phương án nhân sự của đảng bộ trực thuộc Trung ương",
        "Số đảng bộ trực thuộc Trung ương đã được góp ý dự thảo văn kiện và phương án nhân sự đại hội.",
        due_day=date(2020, 9, 30),
    ),
    Wanted(
        "dai-hoi-co-so-ha-noi",
        "Đại hội tổ chức cơ sở đảng, Hà Nội",
        "Base congresses, Hà Nội",
        "DH-CS",
        "share",
        "held",
        "TCCSĐ tổ chức đại hội",
        "Số tổ chức cơ sở đảng của Hà Nội đã tổ chức đại hội trên tổng số tổ chức cơ sở đảng.",
        scope="01",
        due_day=date(2020, 6, 30),
    ),
    Wanted(
        "dai-hoi-chi-bo-ha-noi",
        "Đại hội chi bộ, Hà Nội",
        "Cell congresses, Hà Nội",
        "DH-CB",
        "share",
        "held",
        "chi bộ đã tổ chức đại hội",
        "Số chi bộ của Hà Nội đã tổ chức đại hội trên tổng số chi bộ.",
        scope="01",
    ),
    Wanted(
        "dai-hoi-diem-ha-noi",
        "Đại hội điểm cấp cơ sở, Hà Nội",
        "Model congresses, Hà Nội",
        "DH-CS",
        "ratio",
        "model_held",
        "đảng bộ, chi bộ cơ sở tổ chức đại hội điểm",
        "Số tổ chức cơ sở đảng đã tổ chức đại hội điểm trên số được chọn.",
        base_field="is_model",
        scope="01",
    ),
    Wanted(
        "dai-hoi-tren-co-so-ha-noi",
        "Đại hội cấp trên cơ sở, Hà Nội",
        "Congresses above base, Hà Nội",
        "DH-TCS-N",
        "share",
        "held",
        "đảng bộ cấp trên cơ sở tổ chức đại hội",
        "Số đảng bộ cấp trên cơ sở của Hà Nội đã tổ chức đại hội, theo báo cáo nhanh.",
        scope="01",
    ),
    Wanted(
        "luot-nhan-su",
        "Lượt nhân sự đã thẩm định",
        "Personnel vettings",
        "KQ-THANG",
        "sum",
        "personnel_vetted",
        "lượt nhân sự diện Trung ương quản lý",
        "Tổng số lượt nhân sự đã được thẩm định trong tháng.",
    ),
    Wanted(
        "tham-dinh-tieu-chuan",
        "Trường hợp đã thẩm định tiêu chuẩn chính trị",
        "Political-standard checks",
        "KQ-THANG",
        "sum",
        "standards_checked",
        "trường hợp diện Trung ương quản lý",
        "Tổng số trường hợp đã được thẩm định tiêu chuẩn chính trị trong tháng.",
    ),
)


def define(
    *,
    actor: Actor,
    forms: Mapping[str, Form],
    units: Mapping[str, Unit],
    at: datetime,
    measures: Sequence[Wanted] = MEASURES,
) -> dict[str, Measure]:
    """Define every measure, in the order of the board; by code."""
    levels = {level.code: level for level in Level.objects.all()}
    return {
        wanted.code: rollups.define_measure(
            actor=actor,
            code=wanted.code,
            name=wanted.name,
            name_en=wanted.name_en,
            definition=wanted.definition,
            form=forms[wanted.form],
            rule=wanted.rule,
            field=wanted.field,
            base_field=wanted.base_field,
            noun=wanted.noun,
            rank=rank,
            level=levels.get(wanted.level),
            scope=units.get(wanted.scope),
            due_day=wanted.due_day,
            at=at,
        )
        for rank, wanted in enumerate(measures, 1)
    }
