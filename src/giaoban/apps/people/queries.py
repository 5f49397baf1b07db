"""Who someone is on a day, who holds which office, and why a unit is seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.translation import gettext

from giaoban.apps.people import access, rules
from giaoban.apps.people.models import Account, Office
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Succession
from giaoban.apps.units.rules.plans import Tie
from giaoban.base.access import Actor, Place
from giaoban.base.access.why import Reason, why
from giaoban.core.refusal import NotFound
from giaoban.core.text_vi.folding import fold

_NAMED = 3  # people named in a notice; the rest is counted


def actor_of(account: Account, day: date) -> Actor:
    """The account as an Actor: every office held that day at a unit with a path. One query.

    Who reports for a unit reports also for those that were merged into it: what they left undone is theirs now.
    """
    places: defaultdict[str, list[Place]] = defaultdict(list)
    held = Office.objects.on(day).filter(account=account).exclude(unit__path="").annotate(merged=_merged(day))
    rows = held.values_list("role", "unit_id", "unit__path", "merged__predecessor_id", "merged__predecessor__path")
    for role, unit_id, path, merged_id, merged_path in rows:
        place = Place(unit_id=unit_id, path=path)
        if place not in places[role]:
            places[role].append(place)
        if merged_id and role == rules.Role.REPORTER:
            places[role].append(Place(unit_id=merged_id, path=merged_path))
    return Actor(
        kind="person",
        id=account.pk,
        name=account.name,
        day=day,
        places=MappingProxyType({role: tuple(found) for role, found in places.items()}),
    )


def _merged(day: date) -> FilteredRelation:
    """The successions by which other units were merged into an office's unit up to a day."""
    is_merger = Q(unit__preceded_by__kind=Succession.Kind.MERGE, unit__preceded_by__day__lte=day)
    return FilteredRelation("unit__preceded_by", condition=is_merger)


def ties_before(*, units: Set[int], ended: Set[int], heirs: Mapping[int, int], day: date) -> Sequence[Tie]:
    """Who still holds an office at a unit that ends: told, so that offices are given at its successor."""
    held = Office.objects.on(day).filter(unit_id__in=ended)
    count = held.values("account").distinct().count()
    if not count:
        return []
    names = list(held.order_by("account__name").values_list("account__name", flat=True).distinct()[:_NAMED])
    says = "{count} người còn giữ chức trách ở đơn vị sẽ kết thúc ({names}); hãy giao chức trách ở đơn vị kế thừa."
    return [Tie(0, says, {"count": count, "names": ", ".join(names) + ("…" if count > _NAMED else "")})]


def ties_since(*, units: Set[int], since: date) -> Sequence[Tie]:
    """Nothing: an office at a unit that a plan founded is found by the database itself, others stay as they are."""
    return []


@dataclass(frozen=True)
class OfficeRow:
    """An office as pages write it: who, at which unit, for what, over which days. No private data."""

    id: int
    account_id: int
    username: str
    name: str
    post: str
    role: str
    unit_code: str
    unit: str
    from_day: date
    until_day: date | None
    is_unit_there: bool = True  # not yet, where a plan founds the unit on a later day

    @property
    def last_day(self) -> date | None:
        """The last day itself, as people say it."""
        return self.until_day and self.until_day - timedelta(days=1)

    @property
    def role_label(self) -> str:
        return gettext(str(rules.Role(self.role).label))


OFFICE_PAGE = 100


@dataclass(frozen=True)
class OfficeList:
    """One page of the offices below a keeper."""

    rows: Sequence[OfficeRow]
    total: int

    @property
    def pages(self) -> int:
        return -(-self.total // OFFICE_PAGE)


def _rows(offices: QuerySet[Office]) -> list[OfficeRow]:
    return [
        OfficeRow(
            id=one.pk,
            account_id=one.account_id,
            username=one.account.username,
            name=one.account.name,
            post=one.account.post,
            role=one.role,
            unit_code=one.unit.code,
            unit=one.unit.label,
            from_day=one.from_day,
            until_day=one.until_day,
            is_unit_there=bool(one.unit.path),
        )
        for one in offices.select_related("account", "unit")
    ]


def offices(*, actor: Actor, words: str = "", page: int = 1) -> OfficeList:
    """Offices the actor keeps that are held or to be held, by unit. Two queries."""
    kept = Office.objects.allowed(actor, access.KEEP).filter(Q(until_day=None) | Q(until_day__gt=actor.day))
    if words:
        kept = kept.filter(
            Q(account__name__icontains=words)
            | Q(account__username__icontains=words)
            | Q(unit__code__iexact=words)
            | Q(unit__folded_name__contains=fold(words))
        )
    ordered = kept.order_by("unit__path", "account__name", "role", "id")
    return OfficeList(rows=_rows(ordered[(page - 1) * OFFICE_PAGE : page * OFFICE_PAGE]), total=kept.count())


@dataclass(frozen=True)
class AccountPage:
    """One person as a keeper sees them: the offices within reach; `holds_elsewhere` tells of others."""

    id: int
    username: str
    name: str
    post: str
    offices: Sequence[OfficeRow]
    holds_elsewhere: bool


def account_page(*, actor: Actor, account_id: int) -> AccountPage:
    """Raises NotFound for a person who holds no office the actor keeps. Two queries."""
    rows = _rows(Office.objects.allowed(actor, access.KEEP).filter(account_id=account_id).order_by("-from_day", "id"))
    if not rows:
        raise NotFound()
    total = Office.objects.filter(account_id=account_id).count()
    first = rows[0]
    return AccountPage(first.account_id, first.username, first.name, first.post, rows, total > len(rows))


def kept_account(*, actor: Actor, account_id: int) -> Account:
    """The person, when they hold an office the actor keeps. Raises NotFound."""
    office = Office.objects.allowed(actor, access.KEEP).filter(account_id=account_id).select_related("account").first()
    if office is None:
        raise NotFound()
    return office.account


@dataclass(frozen=True)
class ReachRow:
    """One office of the actor: what it is for and at which unit."""

    role_label: str
    unit_code: str
    unit: str
    is_here: bool = True


@dataclass(frozen=True)
class UnitPeople:
    """Who holds offices at a unit on a day, and why the actor sees the unit."""

    code: str
    name: str
    holders: Sequence[OfficeRow]
    reasons: Sequence[ReachRow]


def unit_people(*, actor: Actor, code: str) -> UnitPeople:
    """Raises NotFound for a unit that is not the actor's to see. Three queries."""
    unit = units.seen_unit(actor=actor, code=code)
    holders = Office.objects.allowed(actor, access.READ).on(actor.day).filter(unit=unit)
    return UnitPeople(
        code=unit.code,
        name=unit.name,
        holders=_rows(holders.order_by("account__name", "role")),
        reasons=_reach_rows(why(actor, unit.path)),
    )


def reach(actor: Actor) -> Sequence[ReachRow]:
    """Every office the actor holds, widest unit first. One query."""
    held = sorted(
        (len(place.path), place.path, role, place.unit_id) for role, places in actor.places.items() for place in places
    )
    return _reach_rows(Reason(role, unit_id, is_here=True) for _, _, role, unit_id in held)


def _reach_rows(reasons: Iterable[Reason]) -> Sequence[ReachRow]:
    found = list(reasons)
    named = units.names({reason.unit_id for reason in found})
    return [
        ReachRow(
            gettext(str(rules.Role(reason.role).label)),
            named[reason.unit_id].code,
            named[reason.unit_id].label,
            reason.is_here,
        )
        for reason in found
    ]
