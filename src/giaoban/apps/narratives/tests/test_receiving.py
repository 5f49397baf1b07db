"""Every kind of file that is read arrives, is kept as what it is and gives its figures."""

from __future__ import annotations

import pytest

from giaoban.apps.narratives import services
from giaoban.apps.narratives.models import Narrative
from giaoban.core.refusal import Refusal
from giaoban.files import prose_in
from giaoban.files.tests.made import page, pdf
from giaoban.files.tests.word import document, p, r

TEXT = "Đại hội triệu tập 250 đại biểu; có mặt 248 đại biểu được triệu tập. Đại hội đã bầu 39 cấp ủy viên."


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.docx", document(p(r(TEXT))), prose_in.DOCX),
        ("a.pdf", pdf(TEXT), prose_in.PDF),
        ("a.html", page(f"<p>{TEXT}</p>").encode(), prose_in.HTML),
        ("a.txt", TEXT.encode("utf-16"), prose_in.PLAIN),
        ("a.txt", "§¹i héi ®· bÇu 39 cÊp uû viªn; triÖu tËp 250 ®¹i biÓu.".encode("latin-1"), prose_in.PLAIN),
    ],
    ids=["word", "pdf", "page", "text", "tcvn3"],
)
def test_a_file_is_kept_as_what_it_is_and_gives_its_figures(world, name, data, media_type):
    report = world.report(world.caugiay)

    narrative = services.receive(actor=world.lan, report_id=report.pk, data=data, name=name, at=world.at)

    assert narrative.file.media_type == media_type
    assert narrative.proposals.filter(field="elected", value=39).exists()


def test_a_kind_that_cannot_be_read_is_refused_by_name_and_nothing_is_kept(world):
    report = world.report(world.caugiay)

    with pytest.raises(Refusal, match=r"«a\.xlsx»"):
        services.receive(actor=world.lan, report_id=report.pk, data=b"PK\x03\x04...", name="a.xlsx", at=world.at)

    assert not Narrative.objects.exists()
