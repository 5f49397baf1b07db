"""A lifecycle as a table: verb -> (states it may start from, state it ends in)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from giaoban.core.refusal import Kind, Refusal


class WrongMoment(Refusal):
    """The verb exists, but not from the state things are in now."""

    kind: ClassVar[Kind] = Kind.CONFLICT
    says = "Không thể «{verb}» khi đang ở trạng thái «{state}»; việc này chỉ làm được khi {allowed}."


@dataclass(frozen=True)
class Moves:
    """The moves of one kind of thing.

    `table` gives for each verb the states it may start from and the state it ends in; the labels
    name verbs and states on screen. A verb the table lacks is a bug and raises KeyError.

    >>> reports = Moves(
    ...     table={"submit": (frozenset({"draft", "returned"}), "submitted"),
    ...            "accept": (frozenset({"submitted"}), "accepted")},
    ...     verb_labels={"submit": "Nộp báo cáo", "accept": "Nhận"},
    ...     state_labels={"draft": "đang soạn", "returned": "bị trả lại",
    ...                   "submitted": "đã nộp", "accepted": "đã nhận"})
    >>> reports.next_state("submit", "draft")
    'submitted'
    >>> reports.verbs_from("submitted")
    ('accept',)
    >>> reports.next_state("accept", "draft")
    Traceback (most recent call last):
    giaoban.core.moves.WrongMoment: Không thể «Nhận» khi đang ở trạng thái «đang soạn»; ... chỉ làm được khi «đã nộp».
    """

    table: Mapping[str, tuple[frozenset[str], str]]
    verb_labels: Mapping[str, str]
    state_labels: Mapping[str, str]

    def __post_init__(self) -> None:
        unlabelled = (self.table.keys() - self.verb_labels.keys()) | (self.states - self.state_labels.keys())
        if unlabelled:
            raise ValueError(f"no label for {sorted(unlabelled)}")
        if startless := [verb for verb, (froms, _) in self.table.items() if not froms]:
            raise ValueError(f"no state to start from for {startless}")

    @property
    def states(self) -> frozenset[str]:
        """Every state the table mentions."""
        return frozenset().union(*(froms | {to} for froms, to in self.table.values()))

    def next_state(self, verb: str, state: str) -> str:
        """The state the verb leads to; raises WrongMoment when it may not start from `state`."""
        froms, to = self.table[verb]
        if state not in froms:
            raise WrongMoment(verb=self.verb_labels[verb], state=self._named(state), allowed=self._listed(froms))
        return to

    def verbs_from(self, state: str) -> tuple[str, ...]:
        """The verbs that may start from `state`, in the table's order."""
        return tuple(verb for verb, (froms, _) in self.table.items() if state in froms)

    def _named(self, state: str) -> str:
        return self.state_labels.get(state, state)

    def _listed(self, states: Iterable[str]) -> str:
        in_order = [state for state in self.state_labels if state in set(states)]
        return ", ".join(f"«{self._named(state)}»" for state in in_order)
