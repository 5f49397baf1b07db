"""A Word document says what somebody who looks at it reads."""

import pytest

from giaoban.files import docx_in
from giaoban.files.docx_styles import written
from giaoban.files.tests.word import cell, document, numbered, p, r, table


def told(body, **parts):
    return docx_in.paragraphs(data=document(body, **parts), name="a.docx")


def test_breaks_tabs_and_hyphens_are_what_they_look_like():
    inside = "<w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>d</w:t><w:cr/>"

    assert told(p(r("a", inside=inside))) == ("a\tb\nc-d\n",)


def test_links_fields_and_content_controls_give_their_words_and_field_codes_none():
    body = (
        p(
            f"<w:hyperlink>{r('liên kết ')}</w:hyperlink>",
            "<w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>",
            f"<w:fldSimple>{r('tháng 8')}</w:fldSimple>",
            f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' năm 2020')}</w:sdtContent></w:sdt>",
        )
        + f"<w:sdt><w:sdtContent>{p(r('Trong ô'))}</w:sdtContent></w:sdt>"
    )

    assert told(body) == ("liên kết tháng 8 năm 2020", "Trong ô")


def test_tracked_changes_are_read_as_accepted_and_moved_text_once():
    gone = "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    body = (
        p(r("Bầu "), gone, f"<w:ins>{r('39')}</w:ins>", r(" người"))
        + p(f"<w:moveFrom>{r('Đã chuyển')}</w:moveFrom>", properties="<w:rPr><w:moveFrom/></w:rPr>")
        + p(r("Giữa"))
        + p(f"<w:moveTo>{r('Đã chuyển')}</w:moveTo>")
        + p(r("Nối "), properties="<w:rPr><w:del/></w:rPr>")
        + p(r("liền"))
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell(p(r('x')))}{cell(p())}</w:tr>"
        + f"<w:tr>{cell(p(r('Xã')))}{cell(p(r('12')))}</w:tr></w:tbl>"
    )

    assert told(body) == ("Bầu 39 người", "Giữa", "Đã chuyển", "Nối liền", "Xã\t12")


def test_hidden_text_is_left_out():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>hiện</w:t></w:r>'

    assert told(p(hidden, shown)) == ("hiện",)


def test_notes_follow_in_the_order_of_their_marks_and_separators_stay_away():
    body = p(r("Đạt 90%", inside='<w:footnoteReference w:id="3"/>')) + p(
        r("Hết.", inside='<w:footnoteReference w:id="2"/><w:endnoteReference w:id="1"/>')
    )
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{p(r(text))}</w:footnote>'
        for number, text in ((0, "----"), (2, "Số của sở"), (3, "Đến 15-8"))
    )
    endnotes = f'<w:endnote w:id="1">{p(r("Cuối"))}</w:endnote>'

    assert told(body, footnotes=footnotes, endnotes=endnotes) == ("Đạt 90%", "Hết.", "Đến 15-8", "Số của sở", "Cuối")


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = f"<w:txbxContent>{p(r('Trong khung'))}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )

    assert told(p(r("Trước", inside=drawing)) + p(r("Sau"))) == ("Trước", "Trong khung", "Sau")


def test_a_table_in_a_cell_follows_its_row_and_a_frame_is_no_table():
    inner = table([cell(p(r("a"))), cell(p(r("b")))])
    outer = table([cell(p(r("Xã"), r(" Đông")), p(r("x"))), cell(p(r("12")), inner)])
    frame = table([cell(p(r("Dòng 1")), p(r("Dòng 2")))])

    assert told(outer + frame) == ("Xã Đông x\t12", "a\tb", "Dòng 1", "Dòng 2")


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2.%3)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>'
    "</w:num>"
)


def test_paragraphs_of_lists_bear_the_number_that_word_shows():
    body = "".join(
        [
            numbered("Kết quả"),
            numbered("Tổ chức", level=1),
            numbered("Cán bộ", level=1),
            numbered("nữ", level=2),
            numbered("Nhiệm vụ"),
            numbered("Một", level=1),
            numbered("Năm", number=3, level=1),
            numbered("gạch", number=2),
            p(r("không")),
        ]
    )

    assert told(body, numbering=NUMBERING) == (
        "I. Kết quả", "1. Tổ chức", "2. Cán bộ", "2.a) nữ", "II. Nhiệm vụ", "1. Một", "5. Năm", "- gạch", "không",
    )  # fmt: skip


def test_a_deleted_paragraph_is_not_counted_and_a_number_may_be_all_that_a_cell_holds():
    in_list = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    gone = "<w:del><w:r><w:delText>Cũ</w:delText></w:r></w:del>"
    body = (
        numbered("Một", level=1)
        + p(gone, properties=f"{in_list}<w:rPr><w:del/></w:rPr>")
        + numbered("Hai", level=1)
        + table([cell(p(properties=in_list)), cell(p(r("Xã")))])
    )

    assert told(body, numbering=NUMBERING) == ("1. Một", "2. Hai", "3.\tXã")


def test_a_style_may_number_its_paragraphs():
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )

    assert told(p(r("Kết quả"), properties='<w:pStyle w:val="B"/>'), styles=styles, numbering=NUMBERING) == (
        "I. Kết quả",
    )


@pytest.mark.parametrize(
    ("count", "form", "mark"),
    [
        (27, "upperLetter", "AA"),
        (1994, "lowerRoman", "mcmxciv"),
        (0, "lowerLetter", "0"),
        (10**8, "upperRoman", "100000000"),
    ],
)
def test_numbers_beyond_their_form_stay_numbers(count, form, mark):
    assert written(count, form=form) == mark


def test_runs_in_old_fonts_are_converted_run_by_run():
    body = p(
        r("céng hßa ", font=".VnTimeH"),
        r("®¶ng viªn ", font=".VnTime"),
        r("ña", font="VNI-Times"),
        r("û", font="VNI-Times"),
        r(" hà nội", font="Times New Roman"),
    )

    assert told(body) == ("CỘNG HÒA đảng viên đả hà nội",)


def test_an_old_font_may_come_from_a_style_and_its_soft_hyphen_is_a_letter():
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
    )
    inside = '<w:softHyphen/><w:t>íc</w:t><w:sym w:font=".VnTime" w:char="F0B8"/>'

    assert told(p(r("n", inside=inside)), styles=styles) == ("nướcá",)


def test_unicode_that_kept_the_name_of_an_old_font_is_left_alone():
    assert told(p(r("Đảng bộ là", font=".VnTime"), r(" hà", font=".VnTime"))) == ("Đảng bộ là hà",)


def test_symbols_become_letters_where_there_are_any():
    symbols = '<w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Wingdings" w:char="F0A7"/><w:sym w:char="zz"/>'

    assert told(p(r("x", inside=symbols))) == ("x≥•",)


def test_formulas_give_their_letters():
    assert told(p(r("a "), "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")) == ("a x=2",)


def test_the_part_with_the_text_is_found_by_what_it_is_for():
    data = document(p(r("Tên lạ")), main="word/document2.xml")

    assert docx_in.paragraphs(data=data, name="a.docx") == ("Tên lạ",)
