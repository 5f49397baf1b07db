"""Our roll-up in the comparison: every sum at every unit, from the mapped file and from the rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.compare_world import Ints, Proof, World
from benchmarks.measurement import Measurement


def ours(world: World) -> Iterator[Measurement]:
    """From the rows (tree, duty, file, sums) and from a file that stands there, nothing of it being at hand."""
    import django

    django.setup()
    from giaoban.apps.forms.models import Round
    from giaoban.apps.rollups import queries
    from giaoban.apps.rollups.queries import keeping
    from giaoban.apps.rollups.queries.live import picture
    from giaoban.apps.rollups.queries.working_out import everyone
    from giaoban.apps.units import queries as units

    round_ = Round.objects.get(pk=world.round_id)

    def sums() -> tuple[Ints, list[tuple[Ints, Ints]]]:
        with picture([round_]) as now:
            matrix = now.matrices[world.round_id]
            found = map(matrix.field, matrix.layout.columns)
            written_out = [(everyone(one.values), everyone(one.answered)) for one in found]
            return np.array(matrix.slots.tree.units), written_out

    def from_rows() -> tuple[Ints, list[tuple[Ints, Ints]]]:
        queries.forget()
        units.forget_trees()
        return sums()

    def from_file() -> tuple[Ints, list[tuple[Ints, Ints]]]:
        keeping.let_go()
        units.let_trees_go()
        return sums()

    rebuilt, answer = world.several(from_rows)
    Proof.write(world.path("answer"), *answer)
    del answer
    opened, answer = world.several(from_file)
    with world.proof("ours") as proof:
        for field, (totals, answered) in enumerate(answer[1]):
            proof.hold(field, answer[0], totals, answered)
    yield Measurement("rollup.ours_rebuild_s", "s", rebuilt)
    yield Measurement("rollup.ours_s", "s", opened)
