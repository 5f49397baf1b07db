"""Sound and picture of a meeting, held by others: what a provider must do, and the one that is an address."""

from giaoban.base.media.provider import Door, Provider, provider

__all__ = ["Door", "Provider", "provider"]
