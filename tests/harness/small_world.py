"""`python -m tests.harness.small_world`: fill this installation's database with the small world, for browser tests.

Everyone in it signs in with PASSWORD.
"""

from __future__ import annotations

import django
from django.core.management import call_command

PASSWORD = "mot-mat-khau-de-thu"


def fill() -> None:
    from giaoban.base.ledger.guards import writing
    from giaoban.site.demo.small import build_small

    call_command("migrate", verbosity=0)
    world = build_small()
    with writing():
        for account in world.accounts.values():
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])


if __name__ == "__main__":
    django.setup()
    fill()
