"""Are signed figures still what was signed? Every sign-off against its seal, the one before it, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.apps.rollups.models import SignOff
from giaoban.base.ledger.models import Entry


def signing_faults() -> Iterator[str]:
    """What is wrong with sign-offs, in words: changed, cut out of its row of numbers, or gone."""
    told = Entry.objects.filter(verb="rollups.signed", subject_kind=SignOff._meta.label_lower)
    seals = {subject: facts["seal"] for subject, facts in told.values_list("subject_id", "facts")}
    chained = dict.fromkeys(SignOff.objects.values_list("as_of", flat=True), "")
    chained |= Entry.objects.filter(pk__in=list(chained)).values_list("id", "hash")
    before: dict[tuple[int, int], str] = {}
    rows = SignOff.objects.select_related("unit", "round__period", "round__form_version__form").order_by("number")
    for row in rows.iterator(chunk_size=500):
        key = row.round_id, row.unit_id
        name = f"{row.unit.code} {row.round.form_version.form.code} {row.round.period.code} lần {row.number}"
        if row.sealed() != row.seal:
            yield f"{name}: nội dung không còn đúng con dấu"
        elif seals.get(row.pk) != row.seal:
            yield f"{name}: con dấu không có trong sổ nhật ký"
        if chained[row.as_of] != row.as_of_hash:
            yield f"{name}: mục {row.as_of} của sổ nhật ký không phải mục đã ký theo"
        if before.get(key, "") != row.before:
            yield f"{name}: không nối tiếp lần ký trước"
        before[key] = row.seal
        seals.pop(row.pk, None)
    for missing in seals:
        yield f"lần ký số {missing} có trong sổ nhật ký mà không còn lưu"
