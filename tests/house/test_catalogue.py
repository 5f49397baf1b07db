"""The English catalogue: all that the screen can say, said in English, and nothing else."""

import gettext
import io
import re

import pytest
from babel.messages.mofile import write_mo

from tests.house.messages import Message, catalogue, collected, said, unsaid

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
QUOTED = re.compile(r"«[^»]*»|\d+/\d{4}/\S+")  # words of data, and the numbers of decrees


@pytest.fixture(scope="module")
def english():
    return catalogue()


@pytest.fixture(scope="module")
def on_screen():
    return collected()


def kept(english):
    """Its messages, without the header."""
    return [one for one in english if one.id]


def key(one):
    return Message((one.id,) if isinstance(one.id, str) else tuple(one.id), one.context)


def test_every_message_of_the_screen_stands_in_the_catalogue(english, on_screen):
    known = {key(one) for one in kept(english)}
    missing = [f"{message.id} ({files[0]})" for message, files in on_screen.items() if message not in known]
    assert not missing, "run scripts/messages, then say in English:\n" + "\n".join(missing)


def test_every_message_of_the_catalogue_says_something(english):
    assert not unsaid(english), "\n".join(unsaid(english))


def test_the_catalogue_keeps_nothing_the_screen_no_longer_says(english, on_screen):
    stale = [str(one.id) for one in kept(english) if key(one) not in on_screen]
    assert not stale, "run scripts/messages to drop:\n" + "\n".join(stale)


def test_english_fills_in_the_values_that_vietnamese_fills_in(english):
    differing = [
        f"{vietnamese}\n  {told}"
        for one in kept(english)
        for vietnamese in key(one).forms[:1]
        for told in said(one)
        if sorted(set(PLACEHOLDER.findall(vietnamese))) != sorted(set(PLACEHOLDER.findall(told)))
    ]
    assert not differing, "\n".join(differing)


def test_english_ends_as_vietnamese_ends(english):
    """A sentence stays a sentence, a label a label."""
    differing = [
        f"{key(one).forms[0]}\n  {told}"
        for one in kept(english)
        for told in said(one)
        if key(one).forms[0].endswith(".") != told.endswith(".") and not key(one).forms[0].endswith("…")
    ]
    assert not differing, "\n".join(differing)


def test_english_holds_vietnamese_letters_only_in_quotes(english):
    left = [told for one in kept(english) for told in said(one) if VIETNAMESE.search(QUOTED.sub("", told))]
    assert not left, "\n".join(left)


def test_the_compiled_catalogue_answers_with_what_was_written(english):
    file = io.BytesIO()
    write_mo(file, english)
    file.seek(0)
    compiled = gettext.GNUTranslations(file)
    wrong = [
        one.id
        for one in kept(english)
        if isinstance(one.id, str)
        and (compiled.pgettext(one.context, one.id) if one.context else compiled.gettext(one.id)) != one.string
    ]
    assert not wrong
    assert compiled.ngettext("%(shown)s báo cáo", "%(shown)s báo cáo", 1) == "%(shown)s report"
    assert compiled.ngettext("%(shown)s báo cáo", "%(shown)s báo cáo", 2) == "%(shown)s reports"


@pytest.mark.parametrize(
    "message",
    [
        Message(("Bàn làm việc",)),  # {% translate %}
        Message(("Dòng nhật ký %(id)s",)),  # {% blocktranslate %}
        Message(("%(shown)s báo cáo", "%(shown)s báo cáo")),  # {% plural %}
        Message(("nhận",), "key"),  # {% translate … context %}
        Message(("Tiến độ theo kỳ",)),  # _("…") in another tag
        Message(("Đã nộp báo cáo.",)),  # gettext in Python
        Message(("Hệ thống",)),  # gettext_lazy as _
        Message(("Yêu cầu này không thực hiện được.",)),  # a refusal
        Message(("Thiếu mã đơn vị; hãy điền mã.",)),  # a fault
        Message(("«{label}»: «{typed}» quá lớn; hãy kiểm tra lại số chữ số.",)),  # a refusal put after its field
        Message(("đang soạn",)),  # choices of a model
        Message(("Rút lại",)),  # verbs of core.moves
        Message(("nộp báo cáo",)),  # verbs of the ledger
        Message(("Số nguyên",)),  # a table of labels
    ],
    ids=str,
)
def test_what_is_said_in_every_way_is_collected(message, on_screen):
    assert message in on_screen
