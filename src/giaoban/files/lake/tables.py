"""The tables of the data set: their columns, and by what they are partitioned. See decision 0016."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pyarrow as pa

FORMAT: Final = "giaoban.dataset"
VERSION: Final = 1  # of names and meanings; a table or a column more is no new version
MANIFEST: Final = "manifest.json"

_WORD = pa.dictionary(pa.int32(), pa.string())
_DAY, _TEXT, _INT, _FLAG = pa.date32(), pa.string(), pa.int64(), pa.bool_()


def _required(**columns: pa.DataType) -> list[pa.Field]:
    return [pa.field(name, kind, nullable=False) for name, kind in columns.items()]


ROUND: Final = ("form", "period")
TREE: Final = ("day",)

PARTITIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "facts": ROUND,
    "reports": ROUND,
    "duty": ROUND,
    "trees": TREE,
    "closure": TREE,
    "periods": (),
    "fields": (),
    "forms": (),
    "levels": (),
    "units": (),
    "successions": (),
}

SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "facts": pa.schema(
        _required(report=_INT, unit=_INT, field=_WORD, part=_WORD, value=_INT, state=_WORD, is_nothing=_FLAG,
                  as_of=_INT)
    ),
    "reports": pa.schema(_required(report=_INT, unit=_INT, state=_WORD, is_nothing=_FLAG, as_of=_INT)),
    "duty": pa.schema(_required(unit=_INT)),
    "trees": pa.schema(
        [*_required(unit=_INT), pa.field("parent", _INT), *_required(level=_WORD, position=_INT, size=_INT, depth=_INT)]
    ),
    "closure": pa.schema(_required(unit=_INT, ancestor=_INT, distance=_INT)),
    "periods": pa.schema(
        _required(round=_INT, form=_TEXT, period=_TEXT, kind=_TEXT, version=_INT, from_day=_DAY, until_day=_DAY,
                  day=_DAY, tree_day=_TEXT, is_made_up=_FLAG)
    ),
    "fields": pa.schema(
        _required(form=_TEXT, version=_INT, position=_INT, field=_TEXT, part=_TEXT, kind=_TEXT, measure=_TEXT,
                  places=_INT, label=_TEXT)
    ),
    "forms": pa.schema(_required(form=_TEXT, name=_TEXT)),
    "levels": pa.schema(_required(level=_TEXT, name=_TEXT, rank=_INT)),
    "units": pa.schema(
        [*_required(unit=_INT, code=_TEXT, name=_TEXT), pa.field("from_day", _DAY), pa.field("until_day", _DAY),
         *_required(is_made_up=_FLAG)]
    ),
    "successions": pa.schema(
        [*_required(predecessor=_INT, successor=_INT, day=_DAY, kind=_TEXT), pa.field("share_ppm", _INT)]
    ),
}  # fmt: skip
