"""The words the reader goes by. Small letters, in the spelling of `text_vi.canonical`.

One table per question. Offices that write differently add a row here; no pattern elsewhere spells these words.
"""

from __future__ import annotations

NUMERALS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
ORDINALS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18,
}  # fmt: skip

# The years in which the national congresses opened: a term of the Party runs from one to the next.
CONGRESS_YEARS = {
    "vi": 1986, "vii": 1991, "viii": 1996, "ix": 2001, "x": 2006, "xi": 2011, "xii": 2016, "xiii": 2021, "xiv": 2026,
    "xv": 2031,
}  # fmt: skip

# Types of papers -> may a bare number stand after the type («Nghị quyết 15»)?
PAPER_TYPES = {
    "nghị quyết": True,
    "chỉ thị": True,
    "kết luận": True,
    "quy định": True,
    "quyết định": True,
    "hướng dẫn": True,
    "nghị định": True,
    "thông tư": True,
    "thông báo": True,
    "thông tri": True,
    "kế hoạch": True,
    "đề án": True,
    "công văn": True,
    "tờ trình": True,
    "báo cáo": False,
    "quy chế": False,
    "chương trình": True,
    "pháp lệnh": False,
    "luật": False,
    "công điện": True,
    "lệnh": False,
    "giấy mời": False,
    "phương án": False,
}

# Kind codes in symbols -> type, for a symbol that stands without its type. QĐ is read as the commoner of its two.
PAPER_CODES = {
    "nq": "nghị quyết", "ct": "chỉ thị", "kl": "kết luận", "qđ": "quyết định", "qc": "quy chế", "hd": "hướng dẫn",
    "kh": "kế hoạch", "tb": "thông báo", "bc": "báo cáo", "ctr": "chương trình", "ctrhđ": "chương trình",
    "đa": "đề án", "ttr": "tờ trình", "cv": "công văn", "tt": "thông tư", "nđ": "nghị định", "pa": "phương án",
    "ttg": "công văn", "cđ": "công điện",
}  # fmt: skip

# A number directly behind one of these names a thing and counts nothing.
STRONG_ORDINALS = (
    "khóa", "lần thứ", "thứ", "điều", "khoản", "chương", "phụ lục", "quốc lộ", "tỉnh lộ", "trung ương", "đại hội",
    "kỳ họp", "kỳ họp thứ", "phiên họp thứ", "covid", "giải pháp số", "biểu số", "mẫu số", "biểu mẫu", "mẫu", "trang",
    "hội nghị", "hội nghị lần thứ", "đường số", "lô", "tuyến số", "vành đai", "f", "zone", "top", "nghị định",
    "hội thi lần thứ", "hạng", "luật số", "đợt", "phiên thứ", "giai đoạn", "ca", "tập", "bài", "bài số", "hồ sơ số",
    "số nhà", "điểm cầu số", "ủy viên khóa", "nhiệm kỳ", "năm học", "tết", "năm mới", "mùa",
)  # fmt: skip

# These name a thing only when no noun of things follows the number («Tổ 5» against «cấp 120 thẻ»).
WEAK_ORDINALS = (
    "cấp", "lớp", "tổ", "điểm", "loại", "đường", "số", "mục", "phần", "quận", "phường", "thôn", "ấp", "khu", "khu phố",
    "tổ dân phố", "chi bộ", "vụ", "phòng", "ban", "cục", "đội", "nhóm", "khối", "tiểu ban", "bảng", "hình", "ô",
    "công ty", "trường", "trại", "tổng cục", "câu", "bậc", "nhóm số", "tổ số", "bước", "quân khu", "quân đoàn",
)  # fmt: skip

# ... and these are longer words that only end like one of them.
NOT_ORDINALS = (
    "trong số", "tổng số", "số lượng", "con số", "nhiệm vụ", "nghiệp vụ", "dịch vụ", "học tập", "thực tập", "tổ chức",
    "bài bản", "công tác", "nâng cấp", "cung cấp", "trợ cấp", "phụ cấp",
)  # fmt: skip

# Nouns of things that reports count; the first word or words of a unit.
COUNTABLE = (
    "đại hội", "đảng bộ", "chi bộ", "đảng ủy", "tổ chức", "đảng viên", "quần chúng", "đồng chí", "cán bộ", "người",
    "lượt", "trường hợp", "đơn vị", "cơ sở", "nội dung", "nhóm", "nhiệm vụ", "đề án", "văn bản", "kế hoạch", "lớp",
    "học viên", "đại biểu", "cuộc", "buổi", "hội nghị", "xã", "phường", "huyện", "quận", "tỉnh", "thành phố", "thị xã",
    "thị trấn", "cấp ủy", "ủy viên", "công chức", "viên chức", "điểm cầu", "điểm", "tập thể", "cá nhân",
    "giấy khen", "giấy",
    "bằng khen", "huy hiệu", "huân chương", "tổ", "ban", "phòng", "vụ", "đơn", "đơn thư", "thư", "tccsđ", "tcđ", "tcđv",
    "hồ sơ", "tin", "bài", "tác phẩm", "doanh nghiệp", "hộ", "thôn", "bản", "ấp", "khu", "khu phố", "tổ dân phố",
    "địa phương", "nghị quyết", "chỉ thị", "quyết định", "hướng dẫn", "báo cáo", "tờ trình", "công văn", "ý kiến",
    "lượt người", "đoàn", "đội", "mô hình", "công trình", "dự án", "chương trình", "chỉ tiêu", "giải pháp", "câu hỏi",
    "thẻ", "phiếu", "suất", "trạm", "trường", "giáo viên", "học sinh", "sinh viên", "bệnh nhân", "ca", "vụ việc",
    "vấn đề", "việc", "kiến nghị", "khiếu nại", "tố cáo", "chức danh", "lãnh đạo", "nhân sự", "công đoàn", "hội viên",
    "đoàn viên", "thành viên", "biên chế", "đầu mối", "cơ quan", "phó", "chi hội", "ngôi nhà", "căn nhà", "nhà", "lô",
    "quy định", "quy chế", "kết luận", "thông báo", "đảng", "nữ", "tiến sĩ", "thạc sĩ", "tỉnh ủy", "huyện ủy", "bộ",
    "ngành", "sở", "cục", "bước", "khâu", "tiêu chí", "mục tiêu", "tiểu ban", "điểm trường", "máy", "hệ thống",
    "thủ tục", "dịch vụ", "sản phẩm", "gương", "hạng mục", "km", "ha", "tấn", "kg", "m", "m2", "m3", "cấp", "bí thư",
    "số", "thanh niên", "phụ nữ", "nông dân", "cựu chiến binh", "lao động", "công nhân", "hợp tác xã", "tàu", "xe",
)  # fmt: skip

# A unit noun never begins with one of these; a number before it stands alone.
NOT_A_UNIT = frozenset(
    {
        "của", "và", "đến", "trong", "thì", "là", "với", "tại", "về", "từ", "được", "đã", "khóa", "năm", "tháng",
        "ngày", "giờ", "phút", "tuần", "quý", "so", "cho", "do", "bởi", "sang", "nên", "mà", "hay", "hoặc", "còn",
        "trên", "dưới", "tới", "để", "theo", "như", "đạt", "chiếm", "bằng", "có", "tăng", "giảm", "đang", "sẽ", "cần",
        "tuổi", "giây", "ngày,", "thuộc", "khi", "nhằm", "bao", "gồm", "cùng", "vào",
    }
)  # fmt: skip

# Where the noun phrase of a unit ends.
UNIT_STOPS = frozenset(
    {
        "đã", "được", "đạt", "có", "bị", "là", "để", "cho", "với", "do", "tại", "trên", "trong", "từ", "đến", "so",
        "chiếm", "bằng", "theo", "tham", "dự", "hoàn", "tiến", "tăng", "giảm", "năm", "tháng", "quý", "ngày", "và",
        "của", "đang", "sẽ", "cần", "phải", "không", "chưa", "còn", "vi", "nhằm", "khi", "vào", "bao", "gồm", "trước",
        "sau", "thì", "mà", "hiện", "như", "qua", "đều", "cùng", "nhất", "thành", "nộp", "gửi", "đảm", "bảo", "trở",
        "chuẩn", "kết", "ban", "xây", "triển", "thực", "xin", "bầu", "vượt", "ước", "xong",
    }
)  # fmt: skip
# ... unless the stop word begins one of these, which belong to a unit.
UNIT_GOES_ON = (
    "trong sạch", "còn lại", "có hoàn cảnh", "trên cơ sở", "kết quả", "thành viên", "dự thảo", "dự bị", "ban đầu",
    "dự án", "thành phố", "cho vay", "không chuyên", "kết luận", "kết nạp", "thực hiện quy", "xây dựng đảng",
)  # fmt: skip

DURATIONS = ("năm", "tháng", "ngày", "giờ", "phút", "tuần", "tuổi", "giây", "quý", "nhiệm kỳ", "thập kỷ", "thế kỷ", "h")

APPROXIMATIONS = (
    "gần", "trên", "hơn", "khoảng", "chừng", "xấp xỉ", "ước", "ước đạt", "tối đa", "tối thiểu", "ít nhất", "không quá",
    "trên dưới", "dưới",
)  # fmt: skip

MULTIPLIERS = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
CURRENCIES = {"đồng": "VND", "vnđ": "VND", "vnd": "VND", "usd": "USD", "đô la mỹ": "USD", "euro": "EUR"}

SCOPES = (
    "cả nước", "toàn quốc", "toàn tỉnh", "toàn thành phố", "toàn ngành", "toàn đảng bộ", "toàn huyện", "toàn thị xã",
    "toàn đảng", "toàn xã", "toàn khối", "toàn hệ thống", "toàn quân", "toàn cơ quan", "toàn quận", "toàn vùng",
)  # fmt: skip

BODIES = (
    "bộ chính trị", "ban bí thư", "ban chấp hành trung ương", "quốc hội", "ủy ban thường vụ quốc hội", "chính phủ",
    "thủ tướng chính phủ", "thủ tướng", "ban tổ chức trung ương", "ban tuyên giáo trung ương", "ban dân vận trung ương",
    "ủy ban kiểm tra trung ương", "văn phòng trung ương đảng", "văn phòng trung ương", "trung ương đảng", "trung ương",
    "ban thường vụ tỉnh ủy", "ban thường vụ thành ủy", "ban chấp hành đảng bộ tỉnh", "tỉnh ủy", "thành ủy", "huyện ủy",
    "quận ủy", "thị ủy", "đảng ủy khối", "đảng ủy", "hội đồng nhân dân", "ủy ban nhân dân", "hđnd", "ubnd", "bộ nội vụ",
    "bộ giáo dục và đào tạo", "bộ tài chính", "bộ y tế", "bộ", "đại hội", "ban chấp hành", "ban thường vụ",
)  # fmt: skip

SPEECH = ("đề nghị", "yêu cầu", "lưu ý", "chỉ đạo", "giao", "nhấn mạnh", "quán triệt", "phân công", "nhắc nhở")
IMPERATIVES = (
    "tập trung", "tiếp tục", "tăng cường", "đẩy mạnh", "chủ động", "phối hợp", "chuẩn bị", "thực hiện", "rà soát",
    "khẩn trương", "nâng cao", "triển khai", "hoàn thành", "hoàn thiện", "tổ chức", "tham mưu", "quan tâm", "chỉ đạo",
    "kịp thời", "đổi mới", "xây dựng", "kiện toàn", "sắp xếp", "làm tốt", "chú trọng", "thường xuyên", "nghiêm túc",
    "phát huy", "tích cực", "bảo đảm", "đảm bảo", "cảnh giác", "quán triệt", "nắm chắc", "bám sát", "gửi", "báo cáo",
    "kiểm tra", "theo dõi", "đôn đốc", "hướng dẫn", "giải quyết", "ban hành", "xác định", "phấn đấu", "giao",
    "lựa chọn",
)  # fmt: skip
