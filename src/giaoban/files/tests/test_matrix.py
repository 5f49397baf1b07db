"""One mapped file: what it keeps, what it refuses, and what becomes of it when writers die."""

import multiprocessing
import os
import random
import signal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.files.matrix import NOWHERE, Mapped, Mark, Shelf, Unusable, header
from giaoban.files.tests.matrices import COLUMNS, KEY, UNITS, Follower, Ledger, is_whole, seal

SHAPE = (COLUMNS, UNITS)
KILLS = 120
fork = multiprocessing.get_context("fork")


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "rollups")


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger")


@pytest.fixture
def follower(shelf, ledger):
    return Follower(shelf, ledger)


def total(ledger):
    return sum(ledger.oracle().values())


# ---------------------------------------------------------------- one process


ENTRIES = st.lists(st.tuples(st.integers(0, UNITS - 1), st.integers(0, 10**15)), max_size=12)
STEPS = st.lists(st.tuples(st.sampled_from(["follow", "two", "again", "reopen", "read"]), ENTRIES), max_size=12)


@settings(max_examples=60)
@given(steps=STEPS)
def test_however_often_and_by_whomever_the_ledger_is_followed_totals_are_those_of_the_rows(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("shelf")
    ledger = Ledger(folder / "ledger")
    followers = [Follower(Shelf(folder / "rollups"), ledger) for _ in range(2)]
    for step, entries in steps:
        ledger.append(entries)
        if step == "two":
            followers[1].follow()
        if step == "again":  # what was brought in is brought in once more
            for slot, value in ledger.oracle().items():
                followers[0].put(slot, value)
        if step == "reopen":
            followers[0] = Follower(followers[0].shelf, ledger)
            assert followers[0].built == 0
        if step == "read":
            assert set(followers[0].read().tolist()) == {total(ledger)}
        followers[0].follow()
    assert set(followers[1].read().tolist()) == {total(ledger)}
    assert is_whole(followers[0].matrix)


def test_a_private_copy_changes_nothing_for_others(follower, shelf, ledger):
    ledger.append([(3, 7)])
    follower.follow()
    with shelf.reading():
        copy = Mapped.copy(shelf.path("round-1"), key=KEY, shape=SHAPE)
        copy.write(Mark(2, seal(2)), lambda: bool(copy.cells.values.fill(9)) or True)

    assert copy.cells.values.sum() == 9 * COLUMNS * UNITS
    assert set(follower.read().tolist()) == {7}
    assert follower.status().sequence.number == 1


def test_a_file_that_was_replaced_is_noticed(follower, shelf):
    path = shelf.path("round-1")
    assert follower.mapped.is_in_place(path)

    Mapped.build(path, key=KEY, shape=SHAPE, fill=lambda mapped: NOWHERE)
    assert not follower.mapped.is_in_place(path)

    with shelf.writing():
        shelf.remove("round-1")
    assert not follower.mapped.is_in_place(path)


def test_building_that_fails_leaves_what_was_there(follower, shelf, ledger):
    ledger.append([(1, 5)])
    follower.follow()

    def fill(mapped):
        mapped.cells.values.fill(1)
        raise ValueError("a row that cannot be read")

    with pytest.raises(ValueError, match="cannot be read"):
        Mapped.build(shelf.path("round-1"), key=KEY, shape=SHAPE, fill=fill)

    assert set(Follower(shelf, ledger).read().tolist()) == {5}
    assert not list(shelf.folder.glob("*.part"))


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("length", [0, 7, 100, header.SIZE, header.SIZE + 1, -1])
def test_a_file_that_was_cut_is_refused(follower, shelf, ledger, length):
    path = shelf.path("round-1")
    os.truncate(path, length if length >= 0 else path.stat().st_size - 1)

    with pytest.raises(Unusable):
        Mapped.open(path, key=KEY, shape=SHAPE)
    assert Follower(shelf, ledger).built == 1


def test_another_key_another_shape_and_no_file_at_all_are_refused(follower, shelf):
    path = shelf.path("round-1")

    for key, shape, name in ((b"x" * 32, SHAPE, path), (KEY, (UNITS, COLUMNS), path), (KEY, SHAPE, shelf.path("no"))):
        with pytest.raises(Unusable):
            Mapped.open(name, key=key, shape=shape)
        with pytest.raises(Unusable):
            Mapped.copy(name, key=key, shape=shape)


@settings(max_examples=80)
@given(page=st.binary(min_size=0, max_size=300), at=st.integers(0, 120))
def test_a_first_page_of_any_bytes_is_refused_or_told_as_it_stands(tmp_path_factory, page, at):
    """What it tells of the ledger is held against the ledger by who reads it; here nothing breaks."""
    path = tmp_path_factory.mktemp("shelf") / "round-1.matrix"
    Mapped.build(path, key=KEY, shape=SHAPE, fill=lambda mapped: Mark(5, seal(5)))
    with path.open("r+b") as file:
        file.seek(at)
        file.write(page)

    try:
        status = Mapped.open(path, key=KEY, shape=SHAPE).status()
    except Unusable:
        return
    assert status.claims


# ---------------------------------------------------------------- the machine starts anew


def test_after_a_start_of_the_machine_the_sequence_goes_back_to_what_was_on_disk(follower, shelf, ledger, monkeypatch):
    ledger.append([(1, 5), (2, 6)])
    follower.follow(most=1)
    follower.mapped.sync()
    follower.mapped.note_durable(follower.status().sequence)
    follower.follow()
    follower.mapped.cells.values[:, 2] = 0  # the page with this report had not been written back when the power went

    monkeypatch.setattr(header, "this_boot", lambda: b"another start")
    with pytest.raises(Unusable):
        Mapped.copy(shelf.path("round-1"), key=KEY, shape=SHAPE)
    after = Follower(shelf, ledger)

    assert after.built == 0
    assert after.status().is_dirty
    assert {mark.number for mark in after.status().claims} == {1, 2}
    assert set(after.read().tolist()) == {11}


# ---------------------------------------------------------------- writers die


def _dies_at(shelf, ledger, step):
    """Follow the ledger and die at the n-th thing done while the shelf is held."""
    follower = Follower(shelf, ledger)
    done = iter(range(step))

    class Dying(header.Header):
        def _put(self):
            if next(done, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        def put_mark(self, place, mark):
            self._put()
            super().put_mark(place, mark)
            self._put()

    follower.mapped._header = Dying(follower.mapped._page)
    whole = follower.put

    def put_half(slot, value):
        follower.mapped.cells.values[: COLUMNS // 2, slot] = value
        follower.mapped._header._put()
        whole(slot, value)

    follower.put = put_half
    follower.follow()


@pytest.mark.parametrize("step", range(8))
def test_wherever_a_writer_dies_the_next_reader_repairs_first(follower, shelf, ledger, step):
    ledger.append([(1, 5), (2, 6), (3, 7)])
    follower.follow()
    ledger.append([(2, 60), (3, 0), (4, 80)])

    child = fork.Process(target=_dies_at, args=(shelf, ledger, step))
    child.start()
    child.join()

    assert child.exitcode == (-signal.SIGKILL if step < 7 else 0)
    assert set(follower.read().tolist()) == {5 + 60 + 80}
    assert is_whole(follower.matrix)


def _follows(shelf, ledger, told):
    follower = Follower(shelf, ledger)
    while True:
        follower.follow(most=1)
        os.write(told, b".")


def test_killed_at_any_moment_a_writer_leaves_no_half_report_and_no_wrong_total(follower, shelf, ledger):
    chance = random.Random(20200824)
    for _ in range(KILLS):
        ledger.append([(chance.randrange(UNITS), chance.randrange(10**12)) for _ in range(30)])
        heard, told = os.pipe()
        child = fork.Process(target=_follows, args=(shelf, ledger, told))
        child.start()
        os.close(told)  # so that a child that dies by itself is heard, too
        for _ in range(chance.randrange(1, 25)):
            assert os.read(heard, 1)
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        os.close(heard)
        if chance.random() < 0.5:  # otherwise the next writer finds what is left
            assert set(follower.read().tolist()) == {total(ledger)}
            assert is_whole(follower.matrix)

    assert set(follower.read().tolist()) == {total(ledger)}
    assert is_whole(follower.matrix)
    assert follower.built == 1


def _reads(shelf, ledger, wanted, torn):
    follower = Follower(shelf, ledger)
    while not wanted.is_set():
        with shelf.reading():
            status = follower.mapped.status()
            if not status.is_dirty and not is_whole(follower.matrix):
                torn.value += 1


def test_readers_beside_two_writers_see_whole_reports_only(follower, shelf, ledger):
    chance, wanted, torn = random.Random(1), fork.Event(), fork.Value("i", 0)
    reader = fork.Process(target=_reads, args=(shelf, ledger, wanted, torn))
    reader.start()
    other = Follower(shelf, ledger)
    for _ in range(150):
        ledger.append([(chance.randrange(UNITS), chance.randrange(10**12)) for _ in range(5)])
        chance.choice([follower, other]).follow(most=3)
    wanted.set()
    reader.join()

    assert (reader.exitcode, torn.value) == (0, 0)
    assert set(other.read().tolist()) == {total(ledger)}


# ---------------------------------------------------------------- the shelf


def test_the_shelf_is_bounded_and_what_was_not_asked_for_longest_goes(tmp_path):
    shelf = Shelf(tmp_path / "rollups", most_files=2)
    for age, name in enumerate(["a", "b", "c", "d"]):
        with shelf.building(name):
            Mapped.build(shelf.path(name), key=KEY, shape=SHAPE, fill=lambda mapped: NOWHERE)
        os.utime(shelf.path(name), (age, age))
    shelf.touch("a")

    with shelf.writing():
        assert sorted(shelf.tidy(keep=["b"])) == ["c"]
    assert shelf.names() == ["a", "b", "d"]  # two, and what was to be kept

    shelf = Shelf(tmp_path / "rollups", most_bytes=1)
    with shelf.writing():
        shelf.tidy(keep=["b"])
    assert shelf.names() == ["b"]


def test_what_a_dead_builder_left_is_swept_away_and_what_a_living_one_writes_is_not(follower, shelf):
    dead, living = (shelf.path(name).with_suffix(".part") for name in ("round-8", "round-9"))
    dead.touch(), living.touch()

    with shelf.building("round-9"), shelf.writing():
        shelf.tidy()

    assert (dead.exists(), living.exists()) == (False, True)


def test_nobody_reads_while_somebody_has_the_shelf_alone(shelf):
    def read(done):
        with shelf.reading():
            done.set()

    done = fork.Event()
    with shelf.writing():
        reader = fork.Process(target=read, args=(done,))
        reader.start()
        assert not done.is_set()
    reader.join()
    assert done.is_set()
