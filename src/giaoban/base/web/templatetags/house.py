"""Template words of the house, loaded in every template."""

from __future__ import annotations

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def write_key() -> SafeString:
    """A hidden idempotency key: the same form sent twice is done once."""
    return format_html('<input type="hidden" name="write_key" value="{}">', uuid.uuid4().hex)
