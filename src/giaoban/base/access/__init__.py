"""Who acts, what they reach, and the one way to rows: permission is a WHERE clause."""

from giaoban.base.access.actor import Actor, Place, Reach
from giaoban.base.access.queryset import AllowedQuerySet

__all__ = ["Actor", "AllowedQuerySet", "Place", "Reach"]
