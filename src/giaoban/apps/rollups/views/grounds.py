"""What an earlier figure is the figure of, in words: whose sum, by which share, or why it cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.queries import Ground, MeasureValue, Past, Source
from giaoban.apps.rollups.rules import COUNTING, Counted
from giaoban.apps.units.rules.plans import written_share
from giaoban.base.web.figures import MILLION
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.numbers import write_ratio, write_whole


def compared(measure: Measure, value: MeasureValue) -> str:
    """What a change is since: «so với tổng của Hà Giang, Tuyên Quang trước 1-7-2025».

    Of the unit itself nothing is said, unless there were more or fewer units to be counted then. Empty where there is
    no figure that could be compared.
    """
    past = value.past
    if past is None or value.live.part is None:
        return ""
    if past.ground.hindrance:
        return not_comparable(past.ground)
    remarks = "; ".join(_remarks(measure, value.live, past))
    if past.ground.is_itself:
        return remarks
    said = gettext("so với {whom}").format(whom=before(past.ground))
    return f"{said} ({remarks})" if remarks else said


def before(ground: Ground) -> str:
    """Of what a figure was: «tổng của Hà Giang, Tuyên Quang trước 1-7-2025»."""
    whom = of_whom(ground)
    if ground.until_day is None:
        return whom
    return gettext("{whom} trước {day}").format(whom=whom, day=write_day(ground.until_day))


def _remarks(measure: Measure, live: Counted, past: Past) -> Iterator[str]:
    """By which shares it was reckoned, of how many units, and how many had answered: missing is not zero."""
    then, ground = past.value, past.ground
    if ground.is_by_share:
        yield gettext("ước tính theo tỷ lệ đã nêu")
    if measure.rule in COUNTING and then.part is not None and then.whole is not None and then.whole != live.whole:
        yield gettext("khi ấy trên tổng số {whole}").format(whole=write_whole(then.whole))
    if not ground.is_itself and then.answered < then.expected:
        told = write_ratio(then.answered, then.expected)
        yield gettext("khi ấy {told} đơn vị đã báo cáo").format(told=told)


def since(ground: Ground) -> str:
    """The same as a remark about a stretch of a trend: «Trước 1-7-2025: tổng của Hà Giang, Tuyên Quang»."""
    if ground.is_itself:
        said = gettext("chính đơn vị này")
    elif ground.hindrance:
        said = not_comparable(ground)
    else:
        said = of_whom(ground)
        if ground.is_by_share:
            said = f"{said} ({gettext('ước tính theo tỷ lệ đã nêu')})"
    if ground.until_day is None:
        return said[:1].upper() + said[1:]
    return gettext("Trước {day}: {said}").format(day=write_day(ground.until_day), said=said)


def not_comparable(ground: Ground) -> str:
    """«không so sánh được: …», with the reason."""
    return gettext("không so sánh được: {reason}").format(reason=_reason(ground))


def of_whom(ground: Ground) -> str:
    """Units in words, the first of them by name."""
    words = _and_others([_named(one) for one in ground.sources], ground.made_of)
    return gettext("tổng của {names}").format(names=words) if ground.made_of > 1 else words


def _named(one: Source) -> str:
    if one.share != 1:
        share = written_share(round(one.share * MILLION))
        return gettext("{share} của {unit}").format(share=share, unit=one.unit.label)
    if not one.is_subtree:
        return gettext("riêng {unit}").format(unit=one.unit.label)
    if not one.without:
        return one.unit.label
    lacking = _and_others([each.label for each in one.without], one.lacking)
    return gettext("{unit} (không kể {names})").format(unit=one.unit.label, names=lacking)


def _and_others(names: Sequence[str], count: int) -> str:
    """«A, B và 3 đơn vị khác», of `count` units altogether."""
    words, left = ", ".join(names), count - len(names)
    if not left:
        return words
    return gettext("{names} và {count} đơn vị khác").format(names=words, count=write_whole(left))


def _reason(ground: Ground) -> str:
    day = write_day(ground.until_day) if ground.until_day else ""
    match ground.hindrance:
        case "new":
            return gettext("đơn vị mới thành lập ngày {day}").format(day=day)
        case "gone":
            return gettext("đơn vị không còn trong cây tổ chức của kỳ này")
        case "counted":
            return gettext("số đếm đơn vị không chia theo tỷ lệ được ({whom} trước {day})").format(
                whom=of_whom(ground), day=day
            )
        case "broken":
            return gettext("đơn vị được đếm đã thay đổi thành phần ngày {day}").format(day=day)
    return _unstated(ground)


def _unstated(ground: Ground) -> str:
    first, left = ground.handover, ground.handed_over - 1
    if first is None:
        return ""
    said = gettext("{unit} giao một phần cho {other} ngày {day} mà không nêu tỷ lệ").format(
        unit=first.predecessor.label, other=first.successor.label, day=write_day(first.day)
    )
    return gettext("{said}, và {count} lần giao khác").format(said=said, count=write_whole(left)) if left else said
