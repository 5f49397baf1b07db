"""Template words for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django import template
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

register = template.Library()


@cache
def _labels() -> Mapping[str, str]:
    labels: Mapping[str, str] = import_string(settings.VERB_LABELS)
    return labels


@register.filter
def verb_label(verb: str) -> str:
    """What a ledger verb is called on screen: «nộp báo cáo»; the verb itself when nobody named it."""
    label = _labels().get(verb)
    return gettext(label) if label else verb
