"""What the data set refuses, and the extras it needs."""

from __future__ import annotations

from importlib.util import find_spec
from typing import ClassVar

from giaoban.core.refusal import Kind, Refusal


class NotInstalled(Refusal):
    says = "Máy này chưa cài {name}, cần cho bộ dữ liệu Parquet; hãy chạy: pip install -r requirements/{extra}.txt."


class FolderTaken(Refusal):
    kind: ClassVar[Kind] = Kind.CONFLICT
    says = "Thư mục «{folder}» đã có nội dung nên không ghi đè; hãy chọn thư mục mới hoặc dời thư mục này đi."


class FolderClosed(Refusal):
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    says = "Không ghi được bộ dữ liệu vào «{folder}» ({why}); hãy kiểm tra quyền và chỗ trống, hoặc chọn nơi khác."


class NotADataSet(Refusal):
    kind: ClassVar[Kind] = Kind.MISSING
    says = "Thư mục «{folder}» không phải bộ dữ liệu xuất trọn vẹn; hãy chạy giaoban export --parquet THƯ-MỤC."


class OtherVersion(Refusal):
    says = "Bộ dữ liệu «{folder}» thuộc phiên bản {found}, chương trình này đọc phiên bản {known}; hãy xuất lại."


class FileChanged(Refusal):
    kind: ClassVar[Kind] = Kind.CONFLICT
    says = "Tệp «{name}» của bộ dữ liệu bị mất hoặc không còn đúng như khi xuất; hãy xuất lại."


def need(*modules: str, extra: str) -> None:
    """Raise NotInstalled for the first of the modules that is not there; `extra` names the list that has it."""
    for name in modules:
        if find_spec(name) is None:
            raise NotInstalled(name=name, extra=extra)
