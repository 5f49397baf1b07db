"""A superior's text becomes draft tasks, and a person decides on each."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta

import docx
import pytest
from django.urls import reverse

from giaoban.apps.narratives.models import DraftTask, Instruction
from giaoban.apps.narratives.queries import drafts as queries
from giaoban.apps.narratives.queries.drafts import DraftFilters
from giaoban.apps.narratives.rules import NoText, TextTooLong
from giaoban.apps.narratives.rules import drafts as rules
from giaoban.apps.narratives.rules.drafts import Correction
from giaoban.apps.narratives.services import instructions as services
from giaoban.apps.tasks.models import Assigner, Task
from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.models import Entry
from giaoban.core.refusal import NotFound, Refusal

TEXT = (
    "THÀNH ỦY HÀ NỘI\nSố 88-TB/TU\nHà Nội, ngày 21 tháng 8 năm 2020\n\nTHÔNG BÁO\n"
    "Kết luận của Thường trực Thành ủy về tiến độ đại hội\n\n"
    "Thường trực Thành ủy yêu cầu các cấp ủy thực hiện những nhiệm vụ sau:\n"
    "1. Quận ủy Cầu Giấy rà soát hồ sơ nhân sự, báo cáo Ban Tổ chức trước ngày 31-8-2020.\n"
    "2. Các ban đảng tuyên truyền kết quả đại hội từ nay đến hết tháng 9-2020.\n"
    "3. Văn phòng tổng hợp ý kiến góp ý vào dự thảo văn kiện.\n"
)


@pytest.fixture
def received(world):
    """The notice as Cầu Giấy's officer received it."""
    return receive(world)


def receive(world, text=TEXT, actor=None, unit=None, **more):
    return services.receive_instruction(
        actor=actor or world.lan, unit_id=(unit or world.caugiay).pk, name="dán", text=text, at=world.at, **more
    )


def drafts(instruction):
    return list(instruction.drafts.order_by("ordinal"))


def test_each_item_is_one_draft_with_the_day_and_how_it_was_written(received):
    first, second, third = drafts(received)

    assert first.words == "Quận ủy Cầu Giấy rà soát hồ sơ nhân sự, báo cáo Ban Tổ chức trước ngày 31-8-2020."
    assert (first.deadline, first.is_strict, first.precision) == (date(2020, 8, 31), True, "day")
    assert (second.deadline, second.precision) == (date(2020, 9, 30), "month")
    assert second.deadline_words == "từ nay đến hết tháng 9-2020"
    assert (third.deadline, third.deadline_words) == (None, "")
    assert received.text[first.start : first.end].startswith("1. Quận ủy")
    assert {one.state for one in drafts(received)} == {"open"}


def test_an_instruction_is_known_by_what_it_calls_itself(received):
    assert (received.symbol, received.issued_day) == ("88-TB/TU", date(2020, 8, 21))
    assert received.body == "THÀNH ỦY HÀ NỘI"
    assert Entry.objects.get(verb="narratives.instruction_received").facts["drafts"] == 3


def test_a_word_file_is_kept_and_read(world):
    paper = docx.Document()
    for line in TEXT.splitlines():
        paper.add_paragraph(line)
    data = io.BytesIO()
    paper.save(data)

    instruction = services.receive_instruction(
        actor=world.lan, unit_id=world.caugiay.pk, name="tb-88.docx", data=data.getvalue(), at=world.at
    )

    assert instruction.file is not None
    assert instruction.drafts.count() == 3


def test_a_draft_is_kept_as_it_was_read(world, received):
    first = drafts(received)[0]

    services.keep_draft(actor=world.lan, draft_id=first.pk, at=world.at)

    first.refresh_from_db()
    assert first.state == DraftTask.State.KEPT
    assert Entry.objects.get(verb="narratives.draft_kept").facts["deadline"] == "2020-08-31"
    assert not Entry.objects.filter(verb="narratives.draft_corrected").exists()


def test_a_draft_kept_with_other_words_and_day_is_corrected_first(world, received):
    first = drafts(received)[0]
    given = Correction("Rà soát hồ sơ  nhân sự.", date(2020, 8, 28))

    services.keep_draft(actor=world.lan, draft_id=first.pk, correction=given, at=world.at)

    first.refresh_from_db()
    assert (first.words, first.deadline, first.is_strict) == ("Rà soát hồ sơ nhân sự.", date(2020, 8, 28), False)
    assert first.deadline_words == "trước ngày 31-8-2020"
    verbs = Entry.objects.filter(verb__startswith="narratives.draft_").order_by("id")
    assert [one.verb for one in verbs] == ["narratives.draft_corrected", "narratives.draft_kept"]


def test_a_corrected_draft_still_waits(world, received):
    third = drafts(received)[2]

    services.correct_draft(
        actor=world.lan, draft_id=third.pk, correction=Correction("Tổng hợp ý kiến.", date(2020, 9, 5)), at=world.at
    )

    third.refresh_from_db()
    assert (third.state, third.deadline, third.precision) == ("open", date(2020, 9, 5), "day")


def test_all_open_drafts_are_kept_at_once(world, received):
    _first, second, third = drafts(received)
    services.dismiss_draft(actor=world.lan, draft_id=second.pk, at=world.at)

    count = services.keep_open_drafts(
        actor=world.lan,
        instruction_id=received.pk,
        corrections={third.pk: Correction(third.words, date(2020, 9, 1))},
        at=world.at,
    )

    assert count == 2
    assert [one.state for one in drafts(received)] == ["kept", "dismissed", "kept"]
    assert drafts(received)[2].deadline == date(2020, 9, 1)


def test_when_one_of_all_is_refused_none_is_kept(world, received):
    third = drafts(received)[2]

    with pytest.raises(rules.NoWords):
        services.keep_open_drafts(
            actor=world.lan, instruction_id=received.pk, corrections={third.pk: Correction(" ", None)}, at=world.at
        )

    assert {one.state for one in drafts(received)} == {"open"}
    assert not Entry.objects.filter(verb="narratives.draft_kept").exists()


@pytest.mark.parametrize("verb", [services.keep_draft, services.dismiss_draft])
def test_a_draft_is_decided_once(world, received, verb):
    first = drafts(received)[0]
    services.dismiss_draft(actor=world.lan, draft_id=first.pk, at=world.at)

    with pytest.raises(rules.DraftDecided):
        verb(actor=world.lan, draft_id=first.pk, at=world.at)
    with pytest.raises(rules.DraftDecided):
        services.correct_draft(actor=world.lan, draft_id=first.pk, correction=Correction("Khác.", None), at=world.at)


def test_nothing_is_left_to_keep_twice(world, received):
    services.keep_open_drafts(actor=world.lan, instruction_id=received.pk, at=world.at)

    with pytest.raises(rules.DraftDecided):
        services.keep_open_drafts(actor=world.lan, instruction_id=received.pk, at=world.at)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (Correction(" \n", None), rules.NoWords),
        (Correction("a" * (rules.MAX_WORDS + 1), None), rules.WordsTooLong),
        (Correction("Rà soát.", date(2020, 8, 20)), rules.DueBeforeIssued),
    ],
    ids=["no words", "too many words", "due before it was issued"],
)
def test_a_correction_that_makes_no_task_is_refused_and_nothing_changes(world, received, given, refusal):
    first = drafts(received)[0]

    with pytest.raises(refusal):
        services.keep_draft(actor=world.lan, draft_id=first.pk, correction=given, at=world.at)

    assert drafts(received)[0].words == first.words
    assert drafts(received)[0].state == "open"


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_instruction_is_refused(world, text):
    with pytest.raises(NoText):
        receive(world, text=text)

    assert not Instruction.objects.exists()


def test_a_text_beyond_reading_is_refused(world):
    with pytest.raises(TextTooLong):
        receive(world, text="a" * 2_000_001)


def test_bytes_that_are_no_text_are_refused_by_name_and_nothing_is_kept(world):
    with pytest.raises(Refusal, match=r"anh\.docx"):
        services.receive_instruction(
            actor=world.lan, unit_id=world.caugiay.pk, name="anh.docx", data=b"\x89PNG\r\n", at=world.at
        )

    assert not Instruction.objects.exists()


def test_an_instruction_is_received_by_the_officers_of_the_unit_alone(world):
    assert receive(world, actor=world.an, unit=world.centre).unit == world.centre
    for actor, unit in ((world.dung, world.caugiay), (world.binh, world.caugiay), (world.thu, world.centre)):
        with pytest.raises(rules.NotYourUnit):
            receive(world, actor=actor, unit=unit)


def test_a_superior_reads_the_drafts_and_decides_nothing(world, received):
    first = drafts(received)[0]

    assert not queries.instruction_page(actor=world.binh, instruction_id=received.pk, on=world.day).may_decide
    with pytest.raises(NotFound):
        services.keep_draft(actor=world.binh, draft_id=first.pk, at=world.at)
    with pytest.raises(NotFound):
        queries.instruction_page(actor=world.dung, instruction_id=received.pk, on=world.day)


def test_kept_drafts_stand_by_deadline_with_what_is_late_and_what_is_near(world, received):
    services.keep_open_drafts(actor=world.lan, instruction_id=received.pk, at=world.at)

    rows = queries.kept_drafts(actor=world.binh, on=date(2020, 8, 31))

    assert [one.deadline for one in rows] == [date(2020, 8, 31), date(2020, 9, 30), None]
    assert [one.urgency for one in rows] == ["overdue", "", ""]
    assert queries.kept_drafts(actor=world.lan, on=date(2020, 8, 24))[0].urgency == "soon"
    assert queries.kept_drafts(actor=world.dung, on=world.day) == []


@pytest.mark.parametrize("days", range(-3, 12))
def test_the_counts_of_the_list_are_those_of_its_marks(world, received, days):
    services.keep_open_drafts(actor=world.lan, instruction_id=received.pk, at=world.at)
    on = date(2020, 8, 24) + timedelta(days=days)

    found = queries.draft_list(actor=world.lan, on=on, filters=DraftFilters())

    marks = [one.urgency for one in found.rows]
    assert (found.overdue, found.soon) == (marks.count("overdue"), marks.count("soon"))


def test_kept_drafts_are_filtered_by_unit_and_instruction(world, received):
    other = receive(world, actor=world.an, unit=world.centre)
    services.keep_open_drafts(actor=world.lan, instruction_id=received.pk, at=world.at)
    services.keep_open_drafts(actor=world.an, instruction_id=other.pk, at=world.at)

    def total(**filters):
        return queries.draft_list(actor=world.an, on=world.day, filters=DraftFilters(**filters)).total

    assert (total(), total(unit="01-CG"), total(instruction=other.pk), total(unit="40")) == (6, 3, 3, 0)


@pytest.fixture
def signed_in(client, world, at):
    client.force_login(world.accounts["lan"])
    return client


def send(client, name, *args, **data):
    return client.post(reverse(f"narratives:{name}", args=args), {"write_key": uuid.uuid4().hex, **data})


def test_a_pasted_instruction_stands_with_what_it_asks_for_marked(world, signed_in):
    answer = send(signed_in, "take_in", unit=world.caugiay.pk, text=TEXT)
    page = signed_in.get(answer["Location"]).content.decode()

    assert page.count('<mark class="fact fact--proposed"') == 3
    assert "Giữ tất cả" in page
    assert "đến hết tháng 9-2020" in page


def test_a_refused_correction_keeps_what_was_typed(world, signed_in, received):
    first, second, _ = drafts(received)
    typed = {f"words-{first.pk}": "Rà soát ngay.", f"day-{first.pk}": "31-13-2020", f"words-{second.pk}": "Việc khác."}

    answer = send(signed_in, "keep", first.pk, **typed)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'value="31-13-2020"' in page
    assert "Rà soát ngay." in page
    assert "Việc khác." in page
    assert drafts(received)[0].state == "open"


def test_a_refused_text_stays_in_its_box(world, signed_in):
    answer = send(signed_in, "take_in", unit=world.dongda.pk, text="Đề nghị các chi bộ họp.")

    assert answer.status_code == 422
    assert "Đề nghị các chi bộ họp." in answer.content.decode()


def test_the_lists_cost_the_same_at_ten_and_at_a_thousand_drafts(world, signed_in, received, queries):
    addresses = [reverse("narratives:drafts"), reverse("narratives:instructions")]
    for address in addresses:
        signed_in.get(address)
    more(received, 4, 10)
    for address in addresses:
        with queries(8):
            signed_in.get(address)
    more(received, 11, 1_000)
    for address in addresses:
        with queries(8):
            signed_in.get(address)


def test_a_kept_draft_becomes_a_task_by_the_form_filled_in_from_it(world, received, client, at):
    kept = services.keep_draft(actor=world.lan, draft_id=drafts(received)[0].pk, at=world.at)
    client.force_login(world.accounts["binh"])

    form = client.get(reverse("narratives:hand_over", args=[kept.pk]), follow=True)
    boxes = {**form.context["given"], "assigner": _body().code, "origin": form.context["origin"]}
    client.post(reverse("tasks:new"), {**boxes, "write_key": uuid.uuid4().hex})
    task = Task.objects.get(origin=f"narratives.draft:{kept.pk}")

    assert (task.title, task.lead_unit, task.due_day) == (kept.words, world.caugiay, date(2020, 8, 30))
    assert (task.source_symbol, task.source_day) == ("88-TB/TU", date(2020, 8, 21))
    (row,) = queries.draft_list(actor=world.binh, on=world.at.date(), filters=DraftFilters()).rows
    assert (row.task_id, row.may_assign) == (task.pk, False)
    assert client.get(reverse("narratives:hand_over", args=[kept.pk])).status_code == 404


def test_an_origin_that_was_not_signed_here_is_no_origin(world, received, client, at):
    client.force_login(world.accounts["binh"])
    boxes = {"title": "Việc", "lead": world.caugiay.code, "due": "31-8-2020", "assigner": _body().code, "product": "x",
             "source_kind": "other", "source_label": "Họp", "weight": "3", "kind": "task"}  # fmt: skip
    client.post(reverse("tasks:new"), {**boxes, "origin": "narratives.draft:1:forged", "write_key": uuid.uuid4().hex})

    assert Task.objects.get().origin == ""


def test_only_who_hands_out_work_at_the_unit_is_offered_to(world, received):
    services.keep_draft(actor=world.lan, draft_id=drafts(received)[0].pk, at=world.at)
    (row,) = queries.draft_list(actor=world.thu, on=world.at.date(), filters=DraftFilters()).rows

    assert not row.may_assign
    with pytest.raises(NotFound):
        queries.form_of_task(actor=world.thu, draft_id=row.id, on=world.at.date())


def _body():
    with writing():
        return Assigner.objects.create(code="tu", name="Thành ủy Hà Nội")


def more(instruction, first, last):
    """Kept drafts of an instruction."""
    with writing():
        DraftTask.objects.bulk_create(
            DraftTask(
                instruction=instruction,
                ordinal=number,
                start=0,
                end=1,
                words="Việc.",
                role="directive",
                state="kept",
                deadline=date(2020, 9, 1),
            )
            for number in range(first, last + 1)
        )


def test_letters_that_no_database_keeps_are_left_out(world, signed_in):
    answer = send(signed_in, "take_in", unit=world.caugiay.pk, text="Đề nghị các chi bộ\0 gửi danh sách.")
    draft = DraftTask.objects.get()

    send(signed_in, "correct", draft.pk, **{f"words-{draft.pk}": "Gửi\0 danh sách."})

    assert answer.status_code == 302
    assert DraftTask.objects.get().words == "Gửi danh sách."
    assert signed_in.get(reverse("narratives:papers"), {"q": "35\0", "kind": "\0"}).status_code == 200
