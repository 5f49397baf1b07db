"""What people were reminded of by letter, and who does not want to be."""

from __future__ import annotations

from django.db import models

from giaoban.apps.people.models import Account
from giaoban.apps.tasks.models.work import Task


class Reminder(models.Model):
    """Lần nhắc việc: a mark of a task that one person was told of by letter; never told again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=40)  # «due-7», «late-2», «asked-71-0»: rules.reminding
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lần nhắc việc"
        constraints = [models.UniqueConstraint("account", "task", "mark", name="each_mark_is_told_once")]

    def __str__(self) -> str:
        return f"{self.account_id} / {self.task_id} / {self.mark}"


class ReminderChoice(models.Model):
    """Cách nhắc việc: whether a person wants letters; who never said gets them."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    wants_letters = models.BooleanField(default=True)

    class Meta:
        verbose_name = "cách nhắc việc"

    def __str__(self) -> str:
        return f"{self.account_id}: {self.wants_letters}"
