"""Accounts and offices: opened, given and ended by who keeps the unit, and by nobody else."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from giaoban.apps.people import access, queries, rules, services
from giaoban.apps.people.models import Account, Office
from giaoban.apps.units import access as units
from giaoban.apps.units.models import Plan, Unit
from giaoban.apps.units.rules.plans import StillDependedOn, TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.base.api.models import Receipt
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import head
from giaoban.core.refusal import NotFound
from giaoban.site.demo.small import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("giaoban.apps.people.tests.addresses")]
GOOD = "bong-lua-nang-8"


@pytest.fixture
def keeper(client: Client, world: World, at) -> Client:
    client.force_login(world.accounts["binh"])
    return client


def send(client: Client, address: str, **typed: object) -> HttpResponse:
    return client.post(address, {"write_key": uuid.uuid4().hex} | typed)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def appoint(world, **more) -> Account:
    asked = {"username": "moi", "name": "Người Mới", "post": "", "password": GOOD, "unit": world.bavi}
    asked |= {"role": "reporter", "from_day": world.day, "actor": world.binh, "at": world.at}
    return services.appoint(**(asked | more))


def give(world, username: str, unit, role: str, *, actor=None, from_day: date | None = None) -> Office:
    return services.give_office(
        actor=actor or world.binh,
        account=world.accounts[username],
        unit=unit,
        role=role,
        from_day=from_day or world.day,
        at=world.at,
    )


def end(world, office: Office, *, actor=None, day: date | None = None) -> None:
    services.end_office(actor=actor or world.binh, office_id=office.pk, until_day=day or world.day, at=world.at)


class TestAccounts:
    def test_an_account_opens_with_its_first_office(self, world):
        account = appoint(world)

        assert account.check_password(GOOD)
        actor = queries.actor_of(account, world.day)
        assert [place.unit_id for place in actor.reach("reporter").places] == [world.bavi.pk]

    @pytest.mark.parametrize(
        ("wrong", "no"),
        [
            ({"username": "lan"}, rules.NameTaken),
            ({"username": "Có Dấu"}, rules.NotAnAccount),
            ({"name": ""}, rules.NotAnAccount),
            ({"password": "ngan"}, rules.WeakPassword),
            ({"role": "vua"}, rules.NoSuchRole),
        ],
    )
    def test_a_refused_account_leaves_neither_account_nor_office(self, world, wrong, no):
        before = Account.objects.count(), Office.objects.count(), head()
        with pytest.raises(no):
            appoint(world, **wrong)
        assert (Account.objects.count(), Office.objects.count(), head()) == before

    def test_an_account_is_opened_only_where_one_keeps(self, world):
        for actor, unit in ((world.binh, world.vinh), (world.binh, world.centre), (world.lan, world.caugiay)):
            with pytest.raises(NotFound):
                appoint(world, actor=actor, unit=unit)


class TestOffices:
    def test_an_ended_office_reaches_no_more_from_its_day_on(self, world):
        office = give(world, "lan", world.caugiay, "keeper", from_day=world.day - timedelta(days=9))
        end(world, office)

        lan = world.accounts["lan"]
        assert queries.actor_of(lan, world.day - timedelta(days=1)).reach("keeper")
        assert not queries.actor_of(lan, world.day).reach("keeper")
        assert Entry.objects.latest("id").verb == "people.office_ended"

    def test_an_office_given_by_mistake_is_taken_back_the_same_day(self, world):
        office = give(world, "lan", world.hanoi, "keeper")
        end(world, office)

        assert not Office.objects.filter(pk=office.pk).exists()
        assert not queries.actor_of(world.accounts["lan"], world.day).reach("keeper")

    def test_an_office_is_not_given_twice_for_the_same_days(self, world):
        with pytest.raises(rules.AlreadyHeld, match="Tạ Ngọc Lan"):
            give(world, "lan", world.caugiay, "reporter")

    def test_an_office_ends_once(self, world):
        office = give(world, "lan", world.caugiay, "keeper", from_day=date(2020, 1, 1))
        end(world, office)
        with pytest.raises(rules.HasEnded):
            end(world, office)

    def test_nobody_ends_their_own_keeping(self, world):
        own = Office.objects.get(account=world.accounts["binh"], role="keeper")
        with pytest.raises(rules.OwnOffice):
            end(world, own)
        end(world, own, actor=world.an)

    @pytest.mark.parametrize("who", ["lan", "hoa", "thu"])
    def test_who_does_not_keep_the_unit_neither_gives_nor_ends(self, world, who):
        office = Office.objects.get(account=world.accounts["dung"])
        with pytest.raises(NotFound):
            end(world, office, actor=getattr(world, who))
        with pytest.raises(NotFound):
            give(world, "dung", world.dongda, "reader", actor=getattr(world, who))

    def test_nobody_gives_themselves_an_office_above(self, world):
        with pytest.raises(NotFound):
            give(world, "binh", world.centre, "keeper")


class TestPasswords:
    def set(self, world, username: str, actor=None, password: str = GOOD):
        account = world.accounts[username]
        return services.set_password(actor=actor or world.binh, account_id=account.pk, password=password, at=world.at)

    def test_a_keeper_sets_the_password_of_who_is_below(self, world):
        assert self.set(world, "lan").check_password(GOOD)
        assert GOOD not in str(Entry.objects.latest("id").facts)

    def test_who_holds_an_office_beyond_the_keepers_reach_is_left_alone(self, world):
        give(world, "an", world.hanoi, "reader")
        with pytest.raises(rules.HoldsElsewhere):
            self.set(world, "an")

    def test_somebody_elsewhere_is_not_found(self, world):
        with pytest.raises(NotFound):
            self.set(world, "hoa")

    def test_a_weak_password_is_refused(self, world):
        with pytest.raises(rules.WeakPassword):
            self.set(world, "lan", password="ngan")


class TestPages:
    def test_the_list_costs_the_same_with_few_and_with_many(self, keeper, world, queries):
        keeper.get("/people/")
        with queries(6):
            keeper.get("/people/")
        for number in range(120):
            appoint(world, username=f"nguoi{number}")
        with queries(6):
            shown = text(keeper.get("/people/"))
        assert "Trang 1/2" in shown

    def test_the_list_shows_only_who_is_below(self, keeper):
        shown = text(keeper.get("/people/"))
        assert "Tạ Ngọc Lan" in shown
        assert "Hồ Thị Hòa" not in shown
        assert "Đỗ Hải An" not in shown

    def test_a_name_is_found(self, keeper):
        shown = text(keeper.get("/people/", {"q": "Ngọc Lan"}))
        assert "Tạ Ngọc Lan" in shown
        assert "Vi Tiến Dũng" not in shown

    def test_an_account_is_opened_with_the_password_that_was_shown_and_it_is_kept_nowhere(self, keeper, world):
        shown = keeper.get("/people/new/")
        secret = shown.content.decode().partition('name="password" value="')[2].partition('"')[0]
        assert len(secret) == 19
        typed = {"username": "moi", "name": "Người Mới", "post": "", "password": secret, "unit": "01-BV"}
        response = send(keeper, "/people/new/", **typed, role="reporter", from_day="24-8-2020")

        account = Account.objects.get(username="moi")
        assert response.headers["Location"] == f"/people/{account.pk}/"
        assert account.check_password(secret)
        assert secret not in text(keeper.get(response.headers["Location"]))
        assert not Receipt.objects.filter(body__contains=secret).exists()
        assert not [entry for entry in Entry.objects.all() if secret in str(entry.facts)]

    def test_a_refused_account_keeps_what_was_typed(self, keeper):
        typed = {"username": "lan", "name": "Người Mới", "post": "Trưởng phòng", "password": GOOD, "unit": "01-BV"}
        response = send(keeper, "/people/new/", **typed, role="reader", from_day="24-8-2020")

        assert response.status_code == 409
        for value in typed.values():
            assert f'value="{value}"' in text(response)

    def test_an_office_is_given_and_ended_on_the_persons_page(self, keeper, world):
        lan = world.accounts["lan"].pk
        send(keeper, f"/people/{lan}/offices/", unit="01-DD", role="reader", from_day="1-8-2020")
        office = Office.objects.get(account_id=lan, role="reader")
        send(keeper, f"/people/offices/{office.pk}/end/", until_day="24-8-2020")
        office.refresh_from_db()
        assert office.until_day == date(2020, 8, 24)

    def test_a_refused_office_keeps_its_boxes(self, keeper, world):
        response = send(keeper, f"/people/{world.accounts['lan'].pk}/offices/", unit="40", role="reader")
        assert response.status_code == 422
        assert 'value="40"' in text(response)

    @pytest.mark.parametrize("who", ["lan", "thu", "tuan"])
    def test_who_keeps_nothing_finds_no_people(self, client, world, at, who):
        client.force_login(world.accounts[who])
        for address in ("/people/", "/people/new/", f"/people/{world.accounts['dung'].pk}/"):
            assert client.get(address).status_code == 404

    def test_a_person_elsewhere_is_not_found(self, keeper, world):
        assert keeper.get(f"/people/{world.accounts['hoa'].pk}/").status_code == 404

    def test_a_unit_tells_who_holds_what_and_why_one_sees_it(self, keeper, queries):
        keeper.get("/people/at/01-CG/")
        with queries(6):
            shown = text(keeper.get("/people/at/01-CG/"))
        assert "Tạ Ngọc Lan" in shown
        assert "Phó Trưởng ban Tổ chức" in shown
        assert "tôi giữ chức trách «duyệt báo cáo cấp dưới» ở Hà Nội, cấp trên của đơn vị này" in shown
        assert keeper.get("/people/at/40-ND/").status_code == 404
        part = keeper.get("/people/at/01-CG/", headers={"HX-Request": "true"})
        assert b"<html" not in part.content

    @pytest.mark.parametrize(("who", "keeps"), [("an", True), ("tuan", False)])
    def test_the_system_page_shows_ones_reach_and_keepers_the_ledgers_head(self, client, world, at, who, keeps):
        client.force_login(world.accounts[who])
        shown = text(client.get("/system/"))
        assert "Tôi làm được gì, ở đâu" in shown
        assert ("niêm phong khớp" in shown) is keeps


class TestBeforeAUnitBegins:
    """Offices at a unit that a committed plan founds on a later day."""

    LATER = date(2020, 9, 7)

    @pytest.fixture
    def new(self, world) -> Unit:
        """A district below Hà Nội, planned by who keeps Hà Nội, with a ward below it."""
        plan = reorganising.draft_plan(
            actor=world.binh, unit=world.hanoi, title="Lập quận", basis="", day=self.LATER, at=world.at
        )
        changes = [
            TypedChange(kind="found", code="01-X", other="01", level="tren-co-so", name="Đảng bộ quận Mới"),
            TypedChange(kind="found", code="01-X-1", other="01-X", level="co-so", name="Đảng bộ phường Mới"),
        ]
        plan = reorganising.change_plan(actor=world.binh, plan_id=plan.pk, changes=changes, at=world.at)
        reorganising.commit(actor=world.binh, plan_id=plan.pk, revision=plan.revision, today=world.day, at=world.at)
        return Unit.objects.get(code="01-X")

    def test_an_officer_is_appointed_before_and_reaches_the_unit_from_its_day_on(self, world, new):
        give(world, "lan", new, "reviewer", from_day=self.LATER)
        assert not queries.actor_of(world.accounts["lan"], self.LATER).reach("reviewer").covers(world.bavi.path)

        reorganising.follow_day(actor=world.system, today=self.LATER, at=world.at)

        new.refresh_from_db()
        ward = Unit.objects.get(code="01-X-1")
        eve, day = (queries.actor_of(world.accounts["lan"], self.LATER - timedelta(days=ago)) for ago in (1, 0))
        assert not Unit.objects.allowed(eve, units.READ).filter(pk=new.pk).exists()
        assert set(Unit.objects.allowed(day, units.READ).filter(pk__in=[new.pk, ward.pk])) == {new, ward}

    def test_the_office_begins_no_sooner_than_the_unit(self, world, new):
        with pytest.raises(rules.BeginsLater, match="«Đảng bộ quận Mới» bắt đầu từ ngày 7-9-2020"):
            give(world, "lan", new, "reviewer")
        assert give(world, "lan", new, "reader", from_day=self.LATER + timedelta(days=9))

    @pytest.mark.parametrize("who", ["an", "binh"])
    def test_who_keeps_the_plans_place_or_one_above_appoints_also_below_another_new_unit(self, world, new, who):
        ward = Unit.objects.get(code="01-X-1")
        assert give(world, "lan", ward, "reporter", actor=getattr(world, who), from_day=self.LATER)

    @pytest.mark.parametrize("who", ["lan", "hoa", "thu"])
    def test_who_does_not_keep_there_neither_appoints_nor_sees_nor_ends(self, world, new, who):
        actor = getattr(world, who)
        office = give(world, "dung", new, "reader", from_day=self.LATER)
        with pytest.raises(NotFound):
            give(world, "lan", new, "reader", actor=actor, from_day=self.LATER)
        with pytest.raises(NotFound):
            end(world, office, actor=actor)
        assert not Office.objects.allowed(actor, access.KEEP).filter(pk=office.pk).exists()

    def test_who_keeps_the_superior_itself_appoints_though_the_plan_was_made_above(self, world):
        plan = reorganising.draft_plan(
            actor=world.an, unit=world.centre, title="Lập quận", basis="", day=self.LATER, at=world.at
        )
        change = TypedChange(kind="found", code="40-X", other="40", level="tren-co-so", name="Đảng bộ huyện Mới")
        plan = reorganising.change_plan(actor=world.an, plan_id=plan.pk, changes=[change], at=world.at)
        reorganising.commit(actor=world.an, plan_id=plan.pk, revision=plan.revision, today=world.day, at=world.at)
        give(world, "hoa", world.nghean, "keeper", actor=world.an)
        hoa = queries.actor_of(world.accounts["hoa"], world.day)
        new = Unit.objects.get(code="40-X")

        assert give(world, "lan", new, "reader", actor=hoa, from_day=self.LATER)
        with pytest.raises(NotFound):
            give(world, "minh", new, "reader", actor=world.binh, from_day=self.LATER)

    def test_it_is_told_to_who_keeps_there_and_to_no_other_keeper(self, world, new):
        give(world, "hoa", world.nghean, "keeper", actor=world.an)
        give(world, "lan", new, "reader", from_day=self.LATER)

        told = Entry.objects.filter(verb="people.office_given").latest("id")
        hoa = queries.actor_of(world.accounts["hoa"], world.day)
        assert told.place == world.hanoi.path
        assert Entry.objects.allowed(world.binh, "read").filter(pk=told.pk).exists()
        assert not Entry.objects.allowed(hoa, "read").filter(pk=told.pk).exists()

    def test_it_is_given_seen_and_taken_back_on_the_pages(self, keeper, world, new):
        lan = world.accounts["lan"].pk
        assert send(keeper, f"/people/{lan}/offices/", unit="01-X", role="reader").status_code == 422
        send(keeper, f"/people/{lan}/offices/", unit="01-X", role="reader", from_day="7-9-2020")
        office = Office.objects.get(account_id=lan, unit=new)
        for address in ("/people/", f"/people/{lan}/"):
            assert 'Đảng bộ quận Mới <span class="muted">chưa thành lập</span>' in text(keeper.get(address))

        send(keeper, f"/people/offices/{office.pk}/end/", until_day="24-8-2020")
        assert not Office.objects.filter(pk=office.pk).exists()

    def test_a_plan_with_officers_is_taken_back_once_their_offices_are(self, world, new):
        office = give(world, "lan", new, "reader", from_day=self.LATER)
        plan = Plan.objects.get()
        with pytest.raises(StillDependedOn, match="1 việc"):
            reorganising.revert(actor=world.binh, plan_id=plan.pk, today=world.day, at=world.at)
        end(world, office)
        assert reorganising.revert(actor=world.binh, plan_id=plan.pk, today=world.day, at=world.at).state == "reverted"
