"""Who signs in to the demo. Every name is invented; all share one password that only the demo has."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "giao-ban-2020"  # a real installation never has a password by default


@dataclass(frozen=True)
class SignIn:
    """One account of the tour: the unit by code and in words, the roles and what they come to."""

    username: str
    name: str
    post: str
    unit: str
    where: str
    roles: tuple[str, ...]
    may: str


SIGN_INS = (
    SignIn("trunguong", "Doãn Việt Bách", "Vụ trưởng", "TW", "Trung ương",
           ("reviewer", "reader", "keeper"), "duyệt, xem, giữ cây và biểu mẫu"),
    SignIn("hanoi", "Nghiêm Thu Hạnh", "Trưởng phòng Tổ chức đảng", "01", "Hà Nội",
           ("reporter", "reviewer", "keeper"), "báo cáo, duyệt"),
    SignIn("caugiay", "Tạ Ngọc Liên", "Phó Trưởng ban Tổ chức Quận ủy", "01-05", "Quận Cầu Giấy",
           ("reporter", "reviewer"), "báo cáo, duyệt"),
    SignIn("dichvong", "Cao Hải Giang", "Phó Bí thư Đảng ủy", "01-05-001", "Phường Dịch Vọng",
           ("reporter", "reviewer"), "báo cáo, duyệt"),
    SignIn("chibo1", "Kiều Hồng Vy", "Bí thư chi bộ", "01-05-001-01", "Chi bộ tổ dân phố số 1",
           ("reporter",), "báo cáo"),
    SignIn("nghean", "Phùng Quang Nam", "Phó Trưởng ban Tổ chức", "40", "Nghệ An",
           ("reporter", "reviewer"), "báo cáo, duyệt"),
    SignIn("quandoi", "Tống Khánh Duy", "Trợ lý tổ chức", "QD", "Quân đội",
           ("reporter", "reviewer"), "báo cáo, duyệt"),
    SignIn("nguoixem", "La Gia Oanh", "Chuyên viên", "TW", "Trung ương",
           ("reader",), "chỉ xem"),
)  # fmt: skip
OF_2025 = ("trunguong", "hanoi", "caugiay", "nghean", "nguoixem")  # those of them there are in the world of July 2025
