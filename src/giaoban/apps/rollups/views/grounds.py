"""What an earlier figure is the figure of, in words: whose sum, by which share, or why it cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from giaoban.apps.rollups.queries import Ground, MeasureValue, Past, Source
from giaoban.apps.units.rules.plans import written_share
from giaoban.base.web.figures import MILLION
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.numbers import write_ratio, write_whole

MOST_NAMED = 4


def compared(value: MeasureValue) -> str:
    """What a change is since: «so với tổng của Hà Giang, Tuyên Quang trước 1-7-2025».

    Empty for the unit itself, and where there is no figure that could be compared.
    """
    past = value.past
    if past is None or past.ground.is_itself or value.live.part is None:
        return ""
    if past.ground.hindrance:
        return not_comparable(past.ground)
    said = gettext("so với {whom}").format(whom=before(past.ground))
    remarks = "; ".join(_remarks(past))
    return f"{said} ({remarks})" if remarks else said


def before(ground: Ground) -> str:
    """Of what a figure was: «tổng của Hà Giang, Tuyên Quang trước 1-7-2025»."""
    whom = of_whom(ground.sources)
    if ground.until_day is None:
        return whom
    return gettext("{whom} trước {day}").format(whom=whom, day=write_day(ground.until_day))


def _remarks(past: Past) -> Iterator[str]:
    """By which shares it was reckoned, and how many of the units of then have answered: missing is not zero."""
    if past.ground.is_by_share:
        yield gettext("ước tính theo tỷ lệ đã nêu")
    if past.value.answered < past.value.expected:
        told = write_ratio(past.value.answered, past.value.expected)
        yield gettext("khi ấy {told} đơn vị đã báo cáo").format(told=told)


def since(ground: Ground) -> str:
    """The same as a remark about a stretch of a trend: «Trước 1-7-2025: tổng của Hà Giang, Tuyên Quang»."""
    if ground.is_itself:
        said = gettext("chính đơn vị này")
    elif ground.hindrance:
        said = not_comparable(ground)
    else:
        said = of_whom(ground.sources)
        if ground.is_by_share:
            said = f"{said} ({gettext('ước tính theo tỷ lệ đã nêu')})"
    if ground.until_day is None:
        return said[:1].upper() + said[1:]
    return gettext("Trước {day}: {said}").format(day=write_day(ground.until_day), said=said)


def not_comparable(ground: Ground) -> str:
    """«không so sánh được: …», with the reason."""
    return gettext("không so sánh được: {reason}").format(reason=_reason(ground))


def of_whom(sources: Sequence[Source]) -> str:
    """Units in words, the first of them by name; those that are there whole before those of a share."""
    named = [_named(one) for one in sorted(sources, key=lambda one: one.share != 1)[:MOST_NAMED]]
    left = len(sources) - len(named)
    words = ", ".join(named)
    if left:
        words = gettext("{names} và {count} đơn vị khác").format(names=words, count=write_whole(left))
    return gettext("tổng của {names}").format(names=words) if len(sources) > 1 else words


def _named(one: Source) -> str:
    if one.share != 1:
        share = written_share(round(one.share * MILLION))
        return gettext("{share} của {unit}").format(share=share, unit=one.unit.label)
    if not one.is_subtree:
        return gettext("riêng {unit}").format(unit=one.unit.label)
    if not one.without:
        return one.unit.label
    lacking = ", ".join(each.label for each in one.without[:MOST_NAMED])
    if len(one.without) > MOST_NAMED:
        lacking = gettext("{names} và {count} đơn vị khác").format(
            names=lacking, count=write_whole(len(one.without) - MOST_NAMED)
        )
    return gettext("{unit} (không kể {names})").format(unit=one.unit.label, names=lacking)


def _reason(ground: Ground) -> str:
    day = write_day(ground.until_day) if ground.until_day else ""
    match ground.hindrance:
        case "new":
            return gettext("đơn vị mới thành lập ngày {day}").format(day=day)
        case "gone":
            return gettext("đơn vị không còn trong cây tổ chức của kỳ này")
        case "counted":
            return gettext("số đếm đơn vị không chia theo tỷ lệ được ({whom} trước {day})").format(
                whom=of_whom(ground.sources), day=day
            )
        case "broken":
            return gettext("đơn vị được đếm đã thay đổi thành phần ngày {day}").format(day=day)
    first = ground.handovers[0]
    said = gettext("{unit} giao một phần cho {other} ngày {day} mà không nêu tỷ lệ").format(
        unit=first.predecessor.label, other=first.successor.label, day=write_day(first.day)
    )
    left = len(ground.handovers) - 1
    return gettext("{said}, và {count} lần giao khác").format(said=said, count=write_whole(left)) if left else said
