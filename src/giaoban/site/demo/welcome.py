"""What is printed when the demo opens: where, who signs in how, and four steps to take."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from giaoban.site.demo.accounts import OF_2025, PASSWORD, SIGN_INS

TOUR = (
    ("trunguong", "Mở «Tổng hợp»: bốn con số đầu bảng, bản đồ 67 đảng bộ, đơn vị nào đang kéo lùi."),
    ("trunguong", "Bấm vào 1.192/1.312 để hỏi «Vì sao con số này?» và thấy câu đã công bố nó."),
    ("caugiay", "Báo cáo tuần bị trả lại: đọc lý do, sửa, nộp lại bằng Ctrl+Enter."),
    ("hanoi", "Nhận báo cáo vừa nộp trên «Bàn làm việc» rồi xem tổng của cả nước đổi theo."),
)
TOUR_2025 = (
    (
        "trunguong",
        "Mở «Tổng hợp»: 3.321 đảng bộ xã, phường, đặc khu; đổi sang tuần cuối tháng 6 thì là 707 đảng bộ huyện.",
    ),
    ("trunguong", "«Hệ thống» › «Đơn vị» › «Phương án sắp xếp»: một phương án, hơn bốn nghìn thay đổi, trước và sau."),
    ("hanoi", "Hà Nội trước có 30 quận, huyện, nay có 126 xã, phường; xu hướng đi qua ngày 1-7."),
    ("caugiay", "Quận Cầu Giấy đã kết thúc: báo cáo cũ vẫn đọc được."),
)


def greet(console: Console, *, address: str | None, place: Path, scale: str = "office") -> None:
    """Print the welcome; without an address the world is only built."""
    accounts = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("Đăng nhập", "Người", "Nơi làm việc", "Được làm"):
        accounts.add_column(heading, no_wrap=heading == "Đăng nhập")
    is_2025 = scale == "2025"
    for one in SIGN_INS:
        if is_2025 and one.username not in OF_2025:
            continue
        accounts.add_row(Text(one.username, style="bold cyan"), f"{one.name}\n[dim]{one.post}[/]", one.where, one.may)
    tour = Table.grid(padding=(0, 1))
    for number, (who, step) in enumerate(TOUR_2025 if is_2025 else TOUR, 1):
        tour.add_row(Text(f"{number}.", style="bold"), Text(who, style="cyan"), step)
    where = Text.assemble(
        ("Địa chỉ  ", "dim"),
        (address or f"đã dựng ở {place}; mở: giaoban demo{' --year 2025' if is_2025 else ''}", "bold underline"),
    )
    word = Text.assemble(("Mật khẩu chung  ", "dim"), (PASSWORD, "bold"), ("  (chỉ của bản thử nghiệm)", "dim"))
    today = "21-7-2025" if is_2025 else "24-8-2020"
    when = Text(f"Bây giờ là thứ Hai, {today}, tám giờ sáng.", style="dim")
    console.print(
        Panel(
            Group(where, word, when, Text(), accounts, Text(), Text("Bốn bước xem thử", style="bold"), tour),
            title="[bold red]Giaoban[/] · thế giới thử nghiệm",
            title_align="left",
            border_style="red",
            padding=(1, 2),
        )
    )
