"""PDFs made by hand and by typst, and a saved web page: the scene of the tests."""

from functools import cache

import typst

PARAGRAPH = (
    "Đến hết ngày 23-8-2020, toàn tỉnh Đông Hải đã tổ chức 192/212 đại hội đảng bộ cơ sở, đạt 90,57%; "
    "các cấp ủy kiểm tra 45 tổ chức đảng, khiển trách 3 tổ chức và 8 đảng viên."
)


@cache
def pdf(markup):
    """A page set by typst in its own typeface, which draws all of Vietnamese."""
    return typst.compile(markup.encode(), font_paths=[], ignore_system_fonts=True, format="pdf")


def raw_pdf(*objects):
    """A PDF of these objects, the first being its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, inside in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + rows + tail


def stream(data, entries=b""):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def laughing_pdf(levels):
    """Forms that draw the form below ten times: three kilobytes that ask for 10**levels drawings."""
    font = b"/Font<</F 5 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s/XObject<</X %d 0 R>>>>>>"
    forms = [
        stream(
            b"/X Do " * 10 if level else b"BT /F 12 Tf 10 10 Td (a) Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<%s/XObject<</X %d 0 R>>>>" % (font, 5 + level),
        )
        for level in range(levels)
    ]
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page % (font, 5 + levels),
        stream(b"/X Do"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *forms,
    )


def page(body, *, head='<meta charset="utf-8">'):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


SITE = page(
    "<header><nav><ul><li><a href='/'>Trang chủ</a></li><li><a href='/t'>Thời sự</a></li></ul></nav></header>"
    "<main><article><h1>Tỉnh ủy Đông Hải giao ban tháng 8</h1><div class='meta'>07:00' 25/8/2020</div>"
    f"<p class='sapo'>Sáng 24-8, Ban Tổ chức Tỉnh ủy Đông Hải giao ban công tác tháng 8-2020.</p><p>{PARAGRAPH}</p>"
    "<h2>Kết quả kiểm tra</h2><p>Ủy ban kiểm tra các cấp đã xem xét, kết luận 5 vụ việc trong kỳ báo cáo này.</p>"
    "<table><tr><th>Đơn vị</th><th>Chỉ tiêu</th></tr><tr><td>Xã Đông</td><td>12</td></tr></table>"
    "<ol><li>Tập trung chỉ đạo đại hội điểm ở các huyện còn lại trong tháng 9.</li><li>Kiểm tra cơ sở.</li></ol>"
    "</article></main><aside><h3>Tin liên quan</h3><ul><li><a href='/1'>Khai mạc hội nghị thường kỳ</a></li></ul>"
    "</aside><footer><p>Bản quyền thuộc Báo Đông Hải. Điện thoại: 0123 456 789</p></footer>",
    head='<meta charset="utf-8"><title>Tỉnh ủy Đông Hải giao ban tháng 8 | Báo Đông Hải</title>',
)
