"""The life of a report, as a table, and its refusals."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Trạng thái: in whose hands the report is."""

    DRAFT = "draft", "đang soạn"
    SUBMITTED = "submitted", "đã nộp"
    RETURNED = "returned", "bị trả lại"
    ACCEPTED = "accepted", "đã nhận"


IN_HAND = (State.DRAFT, State.RETURNED)  # the reporter may write
COUNTED = (State.SUBMITTED, State.ACCEPTED)  # live totals
OFFICIAL = (State.ACCEPTED,)
