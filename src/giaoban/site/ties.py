"""Who is asked before the tree changes, and before a change is taken back: features that stand above units."""

from __future__ import annotations

from giaoban.apps.units.rules.plans import Ties

TIES: tuple[Ties, ...] = ()
