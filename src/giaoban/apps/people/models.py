"""People: who may sign in, and which offices they hold from day to day."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from giaoban.apps.people import access
from giaoban.apps.people.rules import Role
from giaoban.apps.units.models import Unit
from giaoban.base.access import AllowedQuerySet


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """Tài khoản: a person who may sign in. No more of the person than the work needs."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)  # «Phó Trưởng ban»
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="vi")
    last_login = None  # the web server knows; a column would be written at every sign-in

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = AccountManager()

    class Meta:
        verbose_name = "tài khoản"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: rows are reached by `allowed()` alone."""
        return False


class OfficeQuerySet(AllowedQuerySet["Office"]):
    scope = staticmethod(access.scope)

    def on(self, day: date) -> Self:
        """Offices held on one day."""
        return self.filter(Q(until_day__isnull=True) | Q(until_day__gt=day), from_day__lte=day)


class Office(models.Model):
    """Chức trách: a role an account holds at a unit over the days [from, until)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="offices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices")
    role = models.CharField(max_length=10, choices=Role)
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "chức trách"
        constraints = [
            models.UniqueConstraint(
                "account", "unit", "role", "from_day", name="one_office_per_role_unit_and_first_day"
            ),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gt=F("from_day")), name="office_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} @ {self.unit_id}"
