"""The read side of briefings: frozen rows for every page; a row is only ever of a briefing the actor may read."""

from giaoban.apps.briefings.queries.record import sealed_record

__all__ = ["sealed_record"]
