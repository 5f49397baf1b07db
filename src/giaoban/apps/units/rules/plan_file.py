"""A table of changes that somebody typed into a file: every cell that cannot be read, by row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from giaoban.apps.units.rules import plans
from giaoban.apps.units.rules.plans import COLUMN_NAMES, ChangeKind, OpenReports, TypedChange, read_share
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.sheets import Row
from giaoban.core.text_vi.folding import fold

NEEDED = ("kind", "code")
_HEADINGS = {  # folded heading -> column
    "thay doi": "kind",
    "loai thay doi": "kind",
    "kind": "kind",
    "ma": "code",
    "ma don vi": "code",
    "don vi": "code",
    "code": "code",
    "don vi kia": "other",
    "ma don vi kia": "other",
    "vao": "other",
    "cap tren": "other",
    "ke thua": "other",
    "other": "other",
    "cap": "level",
    "level": "level",
    "ten moi": "name",
    "ten": "name",
    "name": "name",
    "ten ngan": "short_name",
    "short_name": "short_name",
    "ty le": "share",
    "share": "share",
    "bao cao dang do": "reports",
    "bao cao": "reports",
    "reports": "reports",
}
_KINDS = {fold(str(kind.label)): kind.value for kind in ChangeKind} | {kind.value: kind.value for kind in ChangeKind}
_KINDS |= {  # other words for the same
    "sap nhap": ChangeKind.MERGE.value,
    "nhap": ChangeKind.MERGE.value,
    "chia": ChangeKind.SPLIT.value,
    "tach": ChangeKind.SPLIT.value,
    "chuyen": ChangeKind.MOVE.value,
    "thanh lap moi": ChangeKind.FOUND.value,
    "ket thuc": ChangeKind.CLOSE.value,
}
_REPORTS = {fold(str(one.label)): one.value for one in OpenReports} | {one.value: one.value for one in OpenReports}
_REPORTS |= {"": "", "lam tiep": OpenReports.CARRY.value, "chot": OpenReports.FINAL.value}


@dataclass(frozen=True)
class PlanFile:
    """What the file says, and every cell of it that could not be read; load it only when `faults` is empty."""

    changes: tuple[TypedChange, ...]
    faults: tuple[Fault, ...]


def read(*, rows: Sequence[Row]) -> PlanFile:
    """Read a table of changes, one in each row: thay đổi, mã, đơn vị kia, cấp, tên mới, tên ngắn, tỷ lệ, báo cáo
    đang dở. Only the first two columns must be there; the kind of change decides which cells are looked at.
    """
    if not rows:
        return PlanFile((), (Fault("dòng 1", "Tệp không có thay đổi nào; hãy kiểm tra lại tệp."),))
    columns: dict[str, str] = {}
    for heading in rows[0].cells:
        column = _HEADINGS.get(" ".join(fold(heading).split()))
        if column in columns and column:
            says = "Hai cột «{one}» và «{other}» cùng một nghĩa; hãy bỏ một cột."
            return PlanFile((), (Fault("dòng 1", says, {"one": columns[column], "other": heading}),))
        if column:
            columns[column] = heading
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        says = "Thiếu cột «{column}»; hãy thêm cột này vào dòng tiêu đề."
        return PlanFile((), tuple(Fault("dòng 1", says, {"column": COLUMN_NAMES[column]}) for column in missing))
    faults: list[Fault] = []
    changes = [_read(row, columns, number, faults) for number, row in enumerate(rows, start=1)]
    return PlanFile(tuple(changes), tuple(faults) or tuple(plans.own_faults(changes)))


def _read(row: Row, columns: Mapping[str, str], number: int, faults: list[Fault]) -> TypedChange:
    cell = {column: row.cells.get(columns.get(column, ""), "") for column in COLUMN_NAMES}
    change = TypedChange(
        kind=_KINDS.get(_plain(cell["kind"]), ""),
        code=cell["code"],
        other=cell["other"],
        level=cell["level"],
        name=cell["name"],
        short_name=cell["short_name"],
        reports=_REPORTS.get(_plain(cell["reports"]), ""),
        number=number,
        line=row.line,
    )
    if not change.kind:
        says = "«{typed}» không phải một loại thay đổi; hãy dùng một trong các loại: {kinds}."
        values: dict[str, object] = {"typed": cell["kind"][:40], "kinds": ", ".join(map(str, ChangeKind.labels))}
        faults.append(Fault(change.at("kind"), says, values))
    if _plain(cell["reports"]) not in _REPORTS:
        says = "«{typed}» không rõ nghĩa; hãy ghi «làm tiếp» hoặc «chốt», hay để trống ô."
        faults.append(Fault(change.at("reports"), says, {"typed": cell["reports"][:40]}))
    try:
        share = read_share(cell["share"])
    except Refusal as refusal:
        faults.append(Fault(change.at("share"), refusal.says, refusal.values))
        return change
    return replace(change, share_ppm=share)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
