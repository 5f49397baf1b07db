"""The `giaoban` command."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """Giaoban: báo cáo, tổng hợp, giao ban."""
