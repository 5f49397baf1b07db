"""In development and tests: rows are written by services alone, and templates ask nothing."""

import pytest
from django.db import transaction

from giaoban.base.ledger import guards
from giaoban.base.ledger.tests.conftest import StoredFile, row, store

pytestmark = pytest.mark.django_db


def test_a_write_outside_a_service_is_refused(stored):
    with guards.no_stray_writes(), pytest.raises(guards.WriteOutsideService), transaction.atomic():
        row("a")

    assert stored() == []


def test_a_service_may_write_where_stray_writes_are_refused(stored):
    with guards.no_stray_writes():
        store("a")

    assert stored() == ["a"]


def test_the_permission_to_write_ends_with_the_service(stored):
    with guards.no_stray_writes():
        store("a")
        with pytest.raises(guards.WriteOutsideService), transaction.atomic():
            StoredFile.objects.update(size=9)


def test_the_suite_itself_stands_under_the_guard(stored):
    with pytest.raises(guards.WriteOutsideService), transaction.atomic():
        row("a")


def test_a_query_while_a_template_renders_is_refused():
    with guards.no_queries(), pytest.raises(guards.QueryWhileRendering):
        StoredFile.objects.count()


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "units_unit" ("name") VALUES (%s)', "units_unit"),
        ("INSERT OR IGNORE INTO units_unit VALUES (1)", "units_unit"),
        ('  update "units_unit" SET "name" = %s', "units_unit"),
        ('DELETE FROM "units_unit"', "units_unit"),
        ('TRUNCATE "units_unit"', "units_unit"),
        ('SELECT "name" FROM "units_unit" FOR UPDATE', None),
        ('INSERT INTO "django_session" VALUES (1)', None),
        ("SAVEPOINT x", None),
    ],
)
def test_a_statement_tells_which_business_table_it_writes(sql, table):
    assert guards.written_table(sql) == table
