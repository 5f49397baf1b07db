"""`giaoban seed`: begin a real installation: levels, the top unit and the first keeper."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime

import click

from giaoban.core.refusal import Kind, Refusal
from giaoban.site.commands import start


class NoPassword(Refusal):
    says = "Chưa có mật khẩu cho tài khoản {username}; hãy đặt GIAOBAN_PASSWORD hoặc chạy trên màn hình để được hỏi."


class WeakPassword(Refusal):
    says = "Mật khẩu chưa dùng được: {why} Hãy chọn mật khẩu khác."


class AlreadySeeded(Refusal):
    kind = Kind.CONFLICT
    says = "Cài đặt này đã có tổ chức «{name}»; không lập lại."


@click.command("seed", short_help="Lập cài đặt mới: các cấp, đơn vị cao nhất, tài khoản giữ hệ thống.")
@click.option("--name", required=True, help="Tên đơn vị cao nhất, thí dụ «Đảng bộ tỉnh …».")
@click.option("--username", default="quantri", show_default=True, help="Tên đăng nhập của người giữ hệ thống.")
@click.option("--person", default="Người giữ hệ thống", show_default=True, help="Họ tên người giữ hệ thống.")
@click.option("--from-day", type=click.DateTime(["%Y-%m-%d"]), help="Ngày đơn vị bắt đầu; mặc định 01-01 năm nay.")
def seed(*, name: str, username: str, person: str, from_day: datetime | None) -> None:
    """Lập cài đặt mới. Mật khẩu lấy từ GIAOBAN_PASSWORD hoặc hỏi trên màn hình; không bao giờ có sẵn."""
    start.database()
    from django.core.management import call_command
    from django.db import transaction

    from giaoban.apps.people import services as people
    from giaoban.apps.units.models import Placement
    from giaoban.base.web import clock
    from giaoban.site.demo import founding

    call_command("migrate", verbosity=0)
    there = Placement.objects.select_related("unit").filter(parent=None).first()
    if there is not None:
        raise AlreadySeeded(name=there.unit.name)
    password = _password(username)
    at = clock.now()
    begins = from_day.date() if from_day is not None else date(at.year, 1, 1)
    with transaction.atomic():
        founded = founding.found(name=name, from_day=begins, at=at)
        account = people.open_account(
            actor=founded.actor,
            username=username,
            name=person,
            post="",
            password=password,
            at=at,
            place=founded.top.path,
        )
        for role in ("keeper", "reviewer", "reader"):
            people.give_office(
                actor=founded.actor, account=account, unit=founded.top, role=role, from_day=begins, at=at
            )
    click.echo(f"Đã lập «{name}»; đăng nhập bằng {username}. Tiếp theo: giaoban import-units TỆP, rồi giaoban serve.")


def _password(username: str) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    given = os.environ.get("GIAOBAN_PASSWORD", "")
    if not given and sys.stdin.isatty():
        given = click.prompt(f"Mật khẩu cho {username}", hide_input=True, confirmation_prompt="Nhập lại mật khẩu")
    if not given:
        raise NoPassword(username=username)
    try:
        validate_password(given)
    except ValidationError as weak:
        raise WeakPassword(why=" ".join(weak.messages)) from weak
    return given
