import pytest

from giaoban.core.moves import Moves, WrongMoment
from giaoban.core.refusal import Kind

TASKS = Moves(
    table={
        "start": (frozenset({"assigned"}), "running"),
        "finish": (frozenset({"assigned", "running"}), "finished"),
        "reopen": (frozenset({"finished"}), "running"),
    },
    verb_labels={"start": "Bắt đầu", "finish": "Hoàn thành", "reopen": "Mở lại"},
    state_labels={"assigned": "đã giao", "running": "đang thực hiện", "finished": "đã xong"},
)


def test_a_verb_leads_to_its_state():
    assert TASKS.next_state("finish", "assigned") == "finished"


def test_the_wrong_moment_is_a_conflict_that_names_verb_state_and_way_out():
    with pytest.raises(WrongMoment) as refused:
        TASKS.next_state("finish", "finished")
    assert refused.value.kind is Kind.CONFLICT
    assert str(refused.value) == (
        "Không thể «Hoàn thành» khi đang ở trạng thái «đã xong»; việc này chỉ làm được khi «đã giao», «đang thực hiện»."
    )


def test_an_unknown_verb_is_a_bug():
    with pytest.raises(KeyError):
        TASKS.next_state("burn", "running")


def test_a_page_learns_which_verbs_to_offer_in_the_order_of_the_table():
    assert TASKS.verbs_from("assigned") == ("start", "finish")
    assert TASKS.verbs_from("unheard of") == ()


def test_every_verb_offered_succeeds_and_every_other_is_refused():
    for state in TASKS.states:
        for verb in TASKS.table:
            if verb in TASKS.verbs_from(state):
                assert TASKS.next_state(verb, state) in TASKS.states
            else:
                with pytest.raises(WrongMoment):
                    TASKS.next_state(verb, state)


@pytest.mark.parametrize(
    ("verb_labels", "state_labels"),
    [({}, {"a": "A", "b": "B"}), ({"go": "Đi"}, {"a": "A"})],
)
def test_a_table_with_a_nameless_verb_or_state_is_not_built(verb_labels, state_labels):
    with pytest.raises(ValueError, match="no label"):
        Moves(table={"go": (frozenset({"a"}), "b")}, verb_labels=verb_labels, state_labels=state_labels)


def test_a_verb_that_can_never_start_is_not_built():
    with pytest.raises(ValueError, match="start from"):
        Moves(table={"go": (frozenset(), "b")}, verb_labels={"go": "Đi"}, state_labels={"b": "B"})
