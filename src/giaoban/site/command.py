"""The `giaoban` command: one door to its sub-commands, one place where a no is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from giaoban.core.refusal import Refusal

REFUSED = 2  # exit status of every no; 1 is for a check that found something wrong
COMMANDS = {  # name -> module:attribute; imported when asked for, so that each command starts quickly
    "demo": "giaoban.site.commands.demo:demo",
    "serve": "giaoban.site.commands.serve:serve",
    "work": "giaoban.site.commands.work:work",
    "seed": "giaoban.site.commands.seed:seed",
    "read": "giaoban.site.reading.command:read",
    "import-units": "giaoban.site.commands.import_units:import_units",
    "index-papers": "giaoban.site.commands.index_papers:index_papers",
    "export": "giaoban.site.commands.export:export",
    "totals": "giaoban.site.commands.totals:totals",
    "check": "giaoban.site.commands.check:check",
    "rollup": "giaoban.site.commands.rollup:rollup",
    "verify": "giaoban.site.commands.verify:verify",
}


class Door(click.Group):
    """A group that loads a sub-command when it is asked for, and tells every refusal in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def main(self, args: Sequence[str] | None = None, *rest: Any, **settings: Any) -> Any:
        """Run, and exit 2 with one line on standard error for any refusal or bad input."""
        try:
            return super().main(args, *rest, **(settings | {"standalone_mode": False}))
        except click.Abort:
            _leave("Đã dừng theo yêu cầu.", status=130)
        except click.ClickException as error:
            _leave(usage_sentence(error))
        except _refusals() as refusal:
            _leave(str(refusal))


def _refusals() -> tuple[type[Exception], ...]:
    """What is a no: ours, and settings Django cannot use. Who works without Django does not pay for its import here."""
    if "django.core.exceptions" not in sys.modules:
        return (Refusal,)
    from django.core.exceptions import ImproperlyConfigured

    return (Refusal, ImproperlyConfigured)


def usage_sentence(error: click.ClickException) -> str:
    """What is wrong with how the command was called, in Vietnamese.

    >>> usage_sentence(click.NoSuchOption("--fast"))
    'Không có tùy chọn «--fast»; hãy xem giaoban --help.'
    """
    called = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "giaoban"
    match error:
        case click.NoSuchOption():
            return f"Không có tùy chọn «{error.option_name}»; hãy xem {called} --help."
        case click.MissingParameter():
            return f"Thiếu {_parameter(error)}; hãy xem {called} --help."
        case click.BadParameter():
            return (
                f"Giá trị của {_parameter(error)} không dùng được ({error.message.rstrip('.')}); hãy sửa rồi gọi lại."
            )
        case click.UsageError() if isinstance(error.ctx, click.Context) and error.ctx.command.name == "main":
            return f"Không có lệnh này trong giaoban ({error.message.rstrip('.')}); hãy xem giaoban --help."
    return f"Lệnh gọi chưa đúng ({error.format_message().rstrip('.')}); hãy xem {called} --help."


def _parameter(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return f"«{error.param.opts[-1]}»"
    if error.param is not None:
        return f"«{error.param.human_readable_name.upper()}»"
    return "tham số"


def _leave(sentence: str, *, status: int = REFUSED) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(status)


@click.group(cls=Door)
def main() -> None:
    """Giaoban: báo cáo, tổng hợp, giao ban."""
