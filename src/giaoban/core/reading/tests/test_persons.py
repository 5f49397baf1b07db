"""Whom a text names, and with which posts. The sentences were written for these tests."""

import pytest

from giaoban.core.reading.blocks import blocks
from giaoban.core.reading.page import lay_out
from giaoban.core.reading.persons import persons


def found(text):
    page = lay_out(text)
    return [(fact.quote, *fact.titles) for fact in persons(page=page, rows=blocks(page))]


BEHIND = {
    "Đồng chí Trần Thị Hòa, Tỉnh ủy viên, Bí thư Huyện ủy Sông Lam chủ trì hội nghị.": [
        ("Trần Thị Hòa", "Tỉnh ủy viên", "Bí thư Huyện ủy Sông Lam")
    ],
    "Ông Đỗ Quang Tiến - Phó Giám đốc Sở Nội vụ cho biết kết quả.": [("Đỗ Quang Tiến", "Phó Giám đốc Sở Nội vụ")],
    "Bà Lý Thị Mỷ (Chủ tịch Hội Liên hiệp Phụ nữ huyện) trao đổi với các hội viên.": [
        ("Lý Thị Mỷ", "Chủ tịch Hội Liên hiệp Phụ nữ huyện")
    ],
    "đ/c Hoàng Văn Bắc - Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Tỉnh ủy; đ/c Vi Thị Nga - Phó Ban Dân vận Tỉnh ủy": [
        ("Hoàng Văn Bắc", "Ủy viên Ban Thường vụ", "Trưởng Ban Dân vận Tỉnh ủy"),
        ("Vi Thị Nga", "Phó Ban Dân vận Tỉnh ủy"),
    ],
    "Đồng chí Cao Xuân Lộc, Giám đốc Sở Văn hóa, Thể thao và Du lịch, báo cáo đề án.": [
        ("Cao Xuân Lộc", "Giám đốc Sở Văn hóa, Thể thao và Du lịch")
    ],
    "Ông Lê Hữu Phúc, nguyên Bí thư Tỉnh ủy, nguyên Chủ tịch HĐND tỉnh dự buổi gặp mặt.": [
        ("Lê Hữu Phúc", "nguyên Bí thư Tỉnh ủy", "nguyên Chủ tịch HĐND tỉnh")
    ],
    "Đồng chí Vũ Thị Lan (thứ ba từ trái sang), Trưởng phòng Tổ chức - Hành chính, nhận hoa.": [
        ("Vũ Thị Lan", "Trưởng phòng Tổ chức - Hành chính")
    ],
    "Chị Nông Thị Bích, Bí thư Chi bộ thôn 4, được bầu vào Ban Chấp hành.": [("Nông Thị Bích", "Bí thư Chi bộ thôn 4")],
    "Anh Phùng Tiến Dũng, đoàn viên; em Bùi Khánh Chi là học sinh.": [("Phùng Tiến Dũng",), ("Bùi Khánh Chi",)],
    "Đồng chí Ngô Đức Thọ, Giám đốc Sở Giáo dục và Đào tạo và bà Mai Thị Vân cùng dự.": [
        ("Ngô Đức Thọ", "Giám đốc Sở Giáo dục và Đào tạo"),
        ("Mai Thị Vân",),
    ],
    "Ông Trịnh Văn Sơn, Bí thư Đảng ủy, Chủ tịch HĐND phường và các đồng chí trong Ban Thường vụ": [
        ("Trịnh Văn Sơn", "Bí thư Đảng ủy", "Chủ tịch HĐND phường")
    ],
    "Thay mặt các học viên, chị Đặng Thùy Linh, Phó Chánh Văn phòng Thành ủy đọc lời hứa.": [
        ("Đặng Thùy Linh", "Phó Chánh Văn phòng Thành ủy")
    ],
    "Đồng chí Dương Văn Tình, Trưởng Ban chỉ đạo xã, đã ký kế hoạch.": [("Dương Văn Tình", "Trưởng Ban chỉ đạo xã")],
    "Đồng chí Phan Thế Hùng, Phó Bí thư Thường trực Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh tiếp công dân.": [
        ("Phan Thế Hùng", "Phó Bí thư Thường trực Tỉnh ủy", "Trưởng Đoàn đại biểu Quốc hội tỉnh")
    ],
    "Đồng chí Lưu Minh Tuấn, Ủy viên Trung ương Đảng khóa XIII, Bí thư Đảng ủy Khối.": [
        ("Lưu Minh Tuấn", "Ủy viên Trung ương Đảng khóa XIII", "Bí thư Đảng ủy Khối")
    ],
    "Bà Hà Thị Nga, Chủ tịch UBND TP. Yên Bái, cho rằng cần làm sớm.": [("Hà Thị Nga", "Chủ tịch UBND TP. Yên Bái")],
    "Đồng chí Bế Xuân Trường, Thượng tướng, nguyên Thứ trưởng Bộ Quốc phòng kể lại.": [
        ("Bế Xuân Trường", "Thượng tướng", "nguyên Thứ trưởng Bộ Quốc phòng")
    ],
}
BEFORE = {
    "Phó Chủ tịch Thường trực UBND tỉnh Nguyễn Hữu Trí nêu ba việc cần làm.": [
        ("Nguyễn Hữu Trí", "Phó Chủ tịch Thường trực UBND tỉnh")
    ],
    "Tới dự có Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy Hà Giang Đặng Quốc Khang.": [
        ("Đặng Quốc Khang", "Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy Hà Giang")
    ],
    "Bí thư Tỉnh ủy An Giang Trần Thanh Hải, Chủ tịch UBND tỉnh Lê Văn Phước và Trưởng Ban Tổ chức Võ Minh Đức": [
        ("Trần Thanh Hải", "Bí thư Tỉnh ủy An Giang"),
        ("Lê Văn Phước", "Chủ tịch UBND tỉnh"),
        ("Võ Minh Đức", "Trưởng Ban Tổ chức"),
    ],
    "Giám đốc Sở Tài chính Hà Nội Nguyễn Xuân Lưu giải trình thêm.": [
        ("Nguyễn Xuân Lưu", "Giám đốc Sở Tài chính Hà Nội")
    ],
    "đồng chí Trưởng ban Phạm Gia Túc kết luận": [("Phạm Gia Túc", "Trưởng ban")],
    "Tổng Bí thư Tô Lâm gửi lẵng hoa chúc mừng.": [("Tô Lâm", "Tổng Bí thư")],
    "Sáng nay, Thiếu tướng Đinh Văn Nơi, Giám đốc Công an tỉnh kiểm tra công tác ứng trực.": [
        ("Đinh Văn Nơi", "Thiếu tướng", "Giám đốc Công an tỉnh")
    ],
    "Chủ tịch UBND xã Lò Văn Phong trả lời cử tri.": [("Lò Văn Phong", "Chủ tịch UBND xã")],
    "Trưởng thôn Giàng A Sử dẫn đoàn đi thăm các hộ.": [("Giàng A Sử", "Trưởng thôn")],
    "Theo Cục trưởng Cục Thuế Bùi Quốc Khánh, số thu tăng khá.": [("Bùi Quốc Khánh", "Cục trưởng Cục Thuế")],
    "Giám đốc Sở Văn hóa, Thể thao và Du lịch Trần Thị Tuyết Mai nói.": [
        ("Trần Thị Tuyết Mai", "Giám đốc Sở Văn hóa, Thể thao và Du lịch")
    ],
    "Thừa ủy quyền của Chủ tịch UBND tỉnh, Giám đốc Sở Nội vụ Hoàng Mạnh Tiến trao Bằng khen.": [
        ("Hoàng Mạnh Tiến", "Giám đốc Sở Nội vụ")
    ],
    "Bộ trưởng Bộ Nội vụ, đồng chí Phạm Thị Hằng Nga phát biểu.": [("Phạm Thị Hằng Nga",)],
    "PGS, TS Lê Thị Thu Thủy, Phó Viện trưởng Viện Xây dựng Đảng, giảng chuyên đề.": [
        ("Lê Thị Thu Thủy", "PGS", "TS", "Phó Viện trưởng Viện Xây dựng Đảng")
    ],
    "nguyên Phó Chủ tịch nước Trương Mỹ Lan và nguyên Chủ tịch Quốc hội Vũ Văn Hiến cùng dự": [
        ("Trương Mỹ Lan", "nguyên Phó Chủ tịch nước"),
        ("Vũ Văn Hiến", "nguyên Chủ tịch Quốc hội"),
    ],
    "Đồng chí Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Đàm Văn Tú kết luận.": [
        ("Đàm Văn Tú", "Phó Bí thư Huyện ủy", "Chủ tịch UBND huyện")
    ],
    "đ/c Lô Thị Tươi UVBTV – PCT UBND huyện dự": [("Lô Thị Tươi", "UVBTV", "PCT UBND huyện")],
    "Giám đốc Công an tỉnh, Đại tá Nguyễn Sỹ Quý kiểm tra.": [("Nguyễn Sỹ Quý", "Giám đốc Công an tỉnh", "Đại tá")],
    "Phó Thủ tướng Lê Văn Khải, Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Trần Văn Sang dự": [
        ("Lê Văn Khải", "Phó Thủ tướng"),
        ("Trần Văn Sang", "Bộ trưởng", "Chủ nhiệm Văn phòng Chính phủ"),
    ],
    "Trưởng ban: Nguyễn Tiến Đạt": [("Nguyễn Tiến Đạt", "Trưởng ban")],
    "Bí thư Huyện ủy Mai Sơn, đồng chí Quàng Văn Lâm tiếp đoàn.": [("Quàng Văn Lâm",)],
    "Phó Trưởng Ban Quản lý các khu công nghiệp tỉnh Đoàn Minh Quân nói về tiến độ.": [
        ("Đoàn Minh Quân", "Phó Trưởng Ban Quản lý các khu công nghiệp tỉnh")
    ],
}
SHARED_POSTS = {
    "Có các đồng chí: Lê Văn Hậu, Bí thư Thành ủy; Tạ Thị Yên, Phó Bí thư; Kiều Công Minh, Chủ tịch UBND thành phố.": [
        ("Lê Văn Hậu", "Bí thư Thành ủy"),
        ("Tạ Thị Yên", "Phó Bí thư"),
        ("Kiều Công Minh", "Chủ tịch UBND thành phố"),
    ],
    "Chủ trì có các đồng chí Nguyễn Đình Khang, Bùi Thị Minh Hoài và Trần Cao Sang, Phó Trưởng Ban Tổ chức Tỉnh ủy.": [
        ("Nguyễn Đình Khang", "Phó Trưởng Ban Tổ chức Tỉnh ủy"),
        ("Bùi Thị Minh Hoài", "Phó Trưởng Ban Tổ chức Tỉnh ủy"),
        ("Trần Cao Sang", "Phó Trưởng Ban Tổ chức Tỉnh ủy"),
    ],
    "Có mặt các đồng chí Ủy viên Ban Thường vụ Huyện ủy: Hứa Văn Tài, Triệu Thị Múi, Ma Seo Củi.": [
        ("Hứa Văn Tài", "Ủy viên Ban Thường vụ Huyện ủy"),
        ("Triệu Thị Múi", "Ủy viên Ban Thường vụ Huyện ủy"),
        ("Ma Seo Củi", "Ủy viên Ban Thường vụ Huyện ủy"),
    ],
    "Các đồng chí Phó Bí thư Tỉnh ủy: Trần Văn Cường, Chủ tịch UBND tỉnh; Lâm Thị Thanh, Chủ tịch HĐND tỉnh": [
        ("Trần Văn Cường", "Phó Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh"),
        ("Lâm Thị Thanh", "Phó Bí thư Tỉnh ủy", "Chủ tịch HĐND tỉnh"),
    ],
    "Có mặt các đồng chí Phó Tư lệnh Quân khu: Thiếu tướng Trần Hữu Tài; Đại tá Lê Xuân Bắc.": [
        ("Trần Hữu Tài", "Phó Tư lệnh Quân khu", "Thiếu tướng"),
        ("Lê Xuân Bắc", "Phó Tư lệnh Quân khu", "Đại tá"),
    ],
    "Dự có các đồng chí là Ủy viên Ban Thường vụ: Vũ Duy Tân, Trưởng Ban Dân vận; Hoàng Văn Hải.": [
        ("Vũ Duy Tân", "Ủy viên Ban Thường vụ", "Trưởng Ban Dân vận"),
        ("Hoàng Văn Hải", "Ủy viên Ban Thường vụ"),
    ],
    "Hai đồng chí Đào Ngọc Thắng và Chu Thị Hạnh, Phó Vụ trưởng, điều hành thảo luận.": [
        ("Đào Ngọc Thắng", "Phó Vụ trưởng"),
        ("Chu Thị Hạnh", "Phó Vụ trưởng"),
    ],
    "Các Phó Chủ tịch UBND tỉnh: Nguyễn Quang Hưng, Lại Văn Hoàn cùng dự.": [
        ("Nguyễn Quang Hưng", "Phó Chủ tịch UBND tỉnh"),
        ("Lại Văn Hoàn", "Phó Chủ tịch UBND tỉnh"),
    ],
    "Cùng dự có các đồng chí trong Ban Thường vụ: Phạm Hồng Thái, Vương Đình Huy.": [
        ("Phạm Hồng Thái",),
        ("Vương Đình Huy",),
    ],
    "Ông Nguyễn Văn Tiến, bà Trần Thị Liên, Phó Chủ tịch UBND xã dự.": [
        ("Nguyễn Văn Tiến",),
        ("Trần Thị Liên", "Phó Chủ tịch UBND xã"),
    ],
}
NAMES = {
    "Đồng chí Giàng A Páo, Bí thư Đảng ủy xã": [("Giàng A Páo", "Bí thư Đảng ủy xã")],
    "bà Y Thanh Hà Niê Kđăm, Phó Chủ tịch HĐND tỉnh": [("Y Thanh Hà Niê Kđăm", "Phó Chủ tịch HĐND tỉnh")],
    "Đồng chí Ksor H'Bơ Khăp được tái cử.": [("Ksor H'Bơ Khăp",)],
    "đồng chí K'Brểu, Trưởng Ban Dân tộc tỉnh": [("K'Brểu", "Trưởng Ban Dân tộc tỉnh")],
    "Đồng chí Lò Thị Thuỷ phát biểu": [("Lò Thị Thủy",)],
    "Đồng chí Thạch Sô Phép, Phó Bí thư Tỉnh đoàn": [("Thạch Sô Phép", "Phó Bí thư Tỉnh đoàn")],
    "Ông A Lăng Mai báo cáo.": [("A Lăng Mai",)],
    "NSƯT Lê Khang biểu diễn; TS Hà Nam trình bày": [("Lê Khang", "NSƯT"), ("Hà Nam", "TS")],
    "bà Kha Thị Tím và ông Pờ Diệp Sàng": [("Kha Thị Tím",), ("Pờ Diệp Sàng",)],
    "Nguyễn Văn A, Trưởng phòng Tổng hợp": [("Nguyễn Văn A", "Trưởng phòng Tổng hợp")],
    "Ông Hồ Văn Rinh nhận quà.Đồng chí Mai Thị Hường, Phó Bí thư Đảng ủy trao": [
        ("Hồ Văn Rinh",),
        ("Mai Thị Hường", "Phó Bí thư Đảng ủy"),
    ],
    "Đồng chí Võ Thành Nhân chủ trì. Sau đó, đồng chí Nhân thăm trụ sở; bà Rịa Vũng Tàu là một vùng.": [
        ("Võ Thành Nhân",),
        ("Nhân",),
    ],
    "Đồng chí Hầu A Lềnh, Trưởng ban. Theo Hầu A Lềnh, việc này đã xong.": [
        ("Hầu A Lềnh", "Trưởng ban"),
        ("Hầu A Lềnh",),
    ],
}
NOBODY = (
    "dự án cầu Vũ Yên, hồ Trúc Bạch, đê Hữu Hồng, núi Bà Đen và khu phố Thái Bình",
    "đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh ở Thành phố Hồ Chí Minh",
    "Đoàn TNCS Hồ Chí Minh và Đội TNTP Hồ Chí Minh huyện Trần Văn Thời",
    "tuyến đường Lê Duẩn, phố Nguyễn Thị Minh Khai và ngã tư Trần Phú",
    "Trường THPT Nguyễn Trãi, phường Lê Hồng Phong, quận Ngô Quyền",
    "trao Giải thưởng Trần Văn Ơn, học bổng Vừ A Dính",
    "Bí thư Quận ủy Lê Chân báo cáo; Bí thư Huyện ủy Mai Châu tiếp thu",
    "Bí thư Đoàn Thanh niên và Trưởng Đoàn Kiểm tra của Tỉnh ủy",
    "Các xã Mai Lâm, Kim Nỗ, Vân Hà; huyện Kim Sơn; Công ty Hoàng Anh Gia Lai; thôn Lê Lợi",
    "Vườn Quốc gia Hoàng Liên, Hồ Gươm, Tết Tân Sửu, Bác Hồ, Trường Cao đẳng Y tế Phạm Ngọc Thạch",
    "Đảng bộ tỉnh Thái Bình, Hà Nam, Cao Bằng và Lâm Đồng",
    "KẾT LUẬN CỦA ĐỒNG CHÍ BÍ THƯ NGUYỄN HUỆ",
    "đồng chí Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy và đồng chí Trưởng Ban Tổ chức yêu cầu",
    "Học viện Chính trị quốc gia Hồ Chí Minh, Nhà hát Trần Hữu Trang, tàu Lý Thái Tổ",
    "Ban Tổ chức Trung ương, Ban Tuyên giáo Trung ương, Hội Nông dân, Hội Cựu chiến binh",
    "Ủy ban nhân dân thành phố Hải Phòng và Sở Kế hoạch và Đầu tư",
)
LINES = {
    "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n(đã ký)\n\nNguyễn Thị Kim Oanh\n": [("Nguyễn Thị Kim Oanh", "PHÓ BÍ THƯ")],
    "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nLê Văn Toán": [("Lê Văn Toán", "PHÓ TRƯỞNG BAN")],
    "Đ/c Phạm Thị Nhung, Phó Trưởng ban Thường trực Ban Tuyên\ngiáo Tỉnh ủy phát biểu": [
        ("Phạm Thị Nhung", "Phó Trưởng ban Thường trực Ban Tuyên giáo Tỉnh ủy")
    ],
    "- Trưởng đoàn: Đồng chí Hà Văn Khoát, Trưởng ban.\n- Thành viên: Đồng chí Hoàng Trung Dũng.": [
        ("Hà Văn Khoát", "Trưởng đoàn", "Trưởng ban"),
        ("Hoàng Trung Dũng",),
    ],
}


LEARNED = {
    "Dự có PGS.TS. Lê Văn Sơn, Viện trưởng; TS, BS Trần Thị Mai; ThS.BS Đỗ Huy Hoàng.": [
        ("Lê Văn Sơn", "PGS.TS.", "Viện trưởng"),
        ("Trần Thị Mai", "TS", "BS"),
        ("Đỗ Huy Hoàng", "ThS.BS"),
    ],
    "Bác sĩ chuyên khoa II Lâm Thị Ngà, Phó Giám đốc Bệnh viện Mắt nói.": [
        ("Lâm Thị Ngà", "Bác sĩ chuyên khoa II", "Phó Giám đốc Bệnh viện Mắt")
    ],
    "Giám đốc Trung tâm Y tế, BSCKII. Hồ Văn Lân và điều dưỡng Tạ Thị Thơm": [
        ("Hồ Văn Lân", "Giám đốc Trung tâm Y tế", "BSCKII."),
        ("Tạ Thị Thơm", "điều dưỡng"),
    ],
    "Khoa Nội (BS. Danh Khoa) đề nghị mua thêm giường.": [("Danh Khoa", "BS.")],
    "Ông Nguyễn Văn Tuấn, kỹ sư nông nghiệp; bà Lê Thị Hằng, giáo viên Trường Tiểu học Kim Đồng.": [
        ("Nguyễn Văn Tuấn", "kỹ sư nông nghiệp"),
        ("Lê Thị Hằng", "giáo viên Trường Tiểu học Kim Đồng"),
    ],
    "Đồng chí TS. Vũ Thị Thoa (chuyên viên) soạn thảo.": [("Vũ Thị Thoa", "TS.", "chuyên viên")],
    "Thượng tọa Thích Minh Tâm, trụ trì chùa Phước Sơn và già làng K' Lơm vận động bà con.": [
        ("Thích Minh Tâm", "Thượng tọa", "trụ trì chùa Phước Sơn"),
        ("K' Lơm", "già làng"),
    ],
    "Trung tướng, GS Phan Văn Lợi; liệt sĩ Lê Văn Chín": [("Phan Văn Lợi", "Trung tướng", "GS"), ("Lê Văn Chín",)],
}
OF_ALL = {
    "Các đồng chí: Đại tá Lê Văn Hùng, Thượng tá Phan Thanh Bình và Trung tá Võ Minh Tâm, các Phó Giám đốc Công an.": [
        ("Lê Văn Hùng", "Đại tá", "Phó Giám đốc Công an"),
        ("Phan Thanh Bình", "Thượng tá", "Phó Giám đốc Công an"),
        ("Võ Minh Tâm", "Trung tá", "Phó Giám đốc Công an"),
    ],
    "Đồng chí Trần Văn Hòa và đồng chí Lê Thị Bình, đều là Phó Chủ tịch UBND tỉnh, chủ trì.": [
        ("Trần Văn Hòa", "Phó Chủ tịch UBND tỉnh"),
        ("Lê Thị Bình", "Phó Chủ tịch UBND tỉnh"),
    ],
    "Hai Phó Chủ tịch UBND huyện Lê Văn Ba và Trần Thị Tư dự.": [
        ("Lê Văn Ba", "Phó Chủ tịch UBND huyện"),
        ("Trần Thị Tư", "Phó Chủ tịch UBND huyện"),
    ],
    "Các đồng chí Trần Đức Nghĩa, H' Mai Ayun và Y Tâm Êban, cùng là Phó Trưởng Ban Dân vận, dự.": [
        ("Trần Đức Nghĩa", "Phó Trưởng Ban Dân vận"),
        ("H' Mai Ayun", "Phó Trưởng Ban Dân vận"),
        ("Y Tâm Êban", "Phó Trưởng Ban Dân vận"),
    ],
    "Ông Lê Văn Ba, hiện là Giám đốc Sở Y tế, nói.": [("Lê Văn Ba", "Giám đốc Sở Y tế")],
}
GIVEN_NAMES = {
    "Đồng chí Nguyễn Văn Trưởng, Trưởng ban; đồng chí Lê Công Phó và ông Mai Văn Quyền dự.": [
        ("Nguyễn Văn Trưởng", "Trưởng ban"),
        ("Lê Công Phó",),
        ("Mai Văn Quyền",),
    ],
    "đồng chí Lê Thế Khang Trưởng Ban Tổ chức Tỉnh ủy yêu cầu": [("Lê Thế Khang", "Trưởng Ban Tổ chức Tỉnh ủy")],
    "Trình Ban Thường vụ xem xét; 7 đồng chí Đoàn Chủ tọa": [],
}
SIGNATURES = {
    "NGƯỜI LẬP BIỂU\tTRƯỞNG BAN\n\nLê Thị Hà\tTrần Văn Bảo": [
        ("Lê Thị Hà", "NGƯỜI LẬP BIỂU"),
        ("Trần Văn Bảo", "TRƯỞNG BAN"),
    ],
    "Cuộc họp kết thúc lúc 9 giờ.\n\nTHƯ KÝ\nLê Thị Hà\n\nCHỦ TRÌ\nTrần Văn Bảo": [
        ("Lê Thị Hà", "THƯ KÝ"),
        ("Trần Văn Bảo", "CHỦ TRÌ"),
    ],
    "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\n\nThượng tá Lê Văn Hà": [("Lê Văn Hà", "PHÓ GIÁM ĐỐC", "Thượng tá")],
    "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n4\n\nĐèo Thị Thanh Lam": [("Đèo Thị Thanh Lam", "CHỦ TỊCH")],
    "Điều 1. Thành lập Tổ chuyển đổi số gồm các ông, bà có tên sau:\n1. Ông Cà Văn Bình - Phó Chủ tịch UBND xã, Tổ "
    "trưởng;\n2. Bà Lò Thị Én - công chức Tư pháp, ủy viên.\nÔng Lò Văn Phúc, Bí thư Đoàn xã, Tổ trưởng dự.": [
        ("Cà Văn Bình", "Phó Chủ tịch UBND xã"),
        ("Lò Thị Én", "công chức Tư pháp"),
        ("Lò Văn Phúc", "Bí thư Đoàn xã", "Tổ trưởng"),
    ],
}


VERBS = (
    "nhấn nút khởi công", "cắt băng khánh thành", "đồng hành cùng dân", "vừa có văn bản", "chủ động nắm tình hình",
    "thừa nhận thiếu sót", "hỏi thăm gia đình", "trăn trở nhiều", "quả quyết", "tận tay trao quà", "chốt lại vấn đề",
    "tổng hợp ý kiến", "thống nhất cao", "tiết lộ", "vắng mặt", "đánh trống khai trường", "tiếp tục giải đáp",
)  # fmt: skip
POSTS = (
    "Bí thư Huyện ủy",
    "Chủ tịch UBND tỉnh Bắc Ninh",
    "Phó Trưởng phòng Lao động - Thương binh và Xã hội huyện Mai Sơn",
    "Chủ tịch Hội đồng quản trị Công ty cổ phần Cấp nước Hải Hà",
    "Giám đốc Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh",
    "Giám đốc Trung tâm Dịch vụ việc làm tỉnh",
    "Phó Giám đốc Ngân hàng Chính sách xã hội chi nhánh tỉnh",
    "Trưởng phòng Kiểm tra, giám sát",
    "Phó Vụ trưởng Vụ Tổ chức - Điều lệ",
    "Ủy viên Ban Thường vụ Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh",
    "Phó Chủ tịch UBND huyện phụ trách văn hóa - xã hội",
    "Chính trị viên phó Đồn Biên phòng Cửa khẩu quốc tế Cầu Treo",
    "Chủ tịch Hội Làm vườn và trang trại",
    "Vụ trưởng Vụ Cơ sở đảng, Ban Tổ chức Trung ương",
)


@pytest.mark.parametrize("post", POSTS)
def test_a_post_is_read_whole_before_and_behind_whatever_verb_follows(post):
    for verb in VERBS:
        assert found(f"Ông Trần Quốc Toàn, {post} {verb}.") == [("Trần Quốc Toàn", post)], verb
        assert found(f"Sáng nay, {post} Vi Quốc Toàn {verb}.") == [("Vi Quốc Toàn", post)], verb


@pytest.mark.parametrize(("text", "expected"), [*BEHIND.items()])
def test_posts_behind_a_name_are_read_up_to_where_the_sentence_goes_on(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*BEFORE.items()])
def test_posts_before_a_name_belong_to_it_when_nothing_stands_between(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*SHARED_POSTS.items()])
def test_a_post_over_several_names_belongs_to_each(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*NAMES.items()])
def test_names_of_all_peoples_of_the_country_are_known(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_named_after_people_is_nobody(text):
    assert found(text) == []


@pytest.mark.parametrize(("text", "expected"), [*LINES.items()])
def test_lines_of_signatures_lists_and_pages_are_read(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*LEARNED.items()])
def test_degrees_ranks_and_professions_are_titles(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*OF_ALL.items()])
def test_a_post_expressly_said_of_several_belongs_to_each(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*GIVEN_NAMES.items()])
def test_a_name_ends_where_a_post_begins_and_not_before(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [*SIGNATURES.items()])
def test_signatures_and_lists_of_appointments_are_read_as_they_are_meant(text, expected):
    assert found(text) == expected
