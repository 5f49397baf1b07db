"""Who asks, and for what: eight people and the objects of three committees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from giaoban.apps.briefings import rules as briefing_rules
from giaoban.apps.briefings import services as briefings
from giaoban.apps.briefings.models import Briefing, Series
from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Duty
from giaoban.apps.narratives import services as narratives
from giaoban.apps.narratives.services import instructions
from giaoban.apps.people import services as people
from giaoban.apps.people.models import Office
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries as rollup_queries
from giaoban.apps.rollups import rules as rollup_rules
from giaoban.apps.rollups import services as rollups
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks import services as tasks
from giaoban.apps.tasks.rules import weekly
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import plans as unit_plans
from giaoban.apps.units.services import reorganising
from giaoban.base.access import Actor
from giaoban.base.jobs.models import Job
from giaoban.base.ledger.models import Entry
from giaoban.core.reading import findings
from giaoban.site.demo.small import World

PEOPLE = {  # column -> account of the small organisation; None: nobody signed in
    "nobody": None,
    "cell": "tuan",
    "base": "minh",
    "district": "lan",
    "keeper": "binh",
    "centre": "an",
    "reader": "thu",
    "stranger": "stranger",
}
NOT_THERE: Mapping[str, Any] = {
    "report_id": 999_999,
    "narrative_id": 999_999,
    "proposal_id": 999_999,
    "paper_id": 999_999,
    "instruction_id": 999_999,
    "draft_id": 999_999,
    "kept_id": 999_999,
    "attachment_id": 999_999,
    "entry_id": 999_999,
    "task_id": 999_999,
    "note_id": 999_999,
    "extension_id": 999_999,
    "event_id": 999_999,
    "feed_id": 999_999,
    "account_id": 999_999,
    "office_id": 999_999,
    "duty_id": 999_999,
    "exception_id": 999_999,
    "job_id": 999_999,
    "briefing_id": 999_999,
    "site_id": 999_999,
    "document_id": 999_999,
    "conclusion_id": 999_999,
    "point_id": 999_999,
    "speech_id": 999_999,
    "item_id": 999_999,
    "question_id": 999_999,
    "plan_id": 999_999,
    "code": "khong-co",
    "unit": "khong-co",
}
_VERBS: Mapping[str, Mapping[str, Any]] = {  # the verb, or the page, that stands in an address of several
    "briefings:speech": {"verb": "end"},
    "briefings:item": {"verb": "finish"},
    "briefings:question": {"verb": "take-back"},
    "briefings:roll": {"verb": "departed"},
    "briefings:document_page": {"number": 1},
}
_CITES = " Đại hội theo Kế hoạch số {number}-KH/BTV, ngày 1/7/2020."
ORDERS = "Ban Thường vụ yêu cầu các chi bộ gửi danh sách trước ngày 31-8-2020."
PROSE = "Đại hội triệu tập 250 đại biểu, có mặt 248 đại biểu. Có 30/39 cấp ủy viên tái cử, đạt 70%."


@dataclass(frozen=True)
class Scene:
    """`things`: what a row of the table is about -> the values that stand in its address."""

    world: World
    things: Mapping[str, Mapping[str, Any]]

    def sign_in(self, client: Client) -> dict[str, str]:
        """Column -> session of each person who signs in; the one client then speaks for whoever is asked."""
        sessions = {}
        for column, username in PEOPLE.items():
            client.cookies.clear()
            if username:
                client.force_login(self.world.accounts[username])
                sessions[column] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return sessions

    def address(self, name: str, thing: str, **instead: Any) -> str:
        """The address of a page about a thing, with some values replaced."""
        wanted = patterns()[name]
        known = {**_VERBS.get(name, {}), **self.things[thing], **instead}
        return reverse(name, kwargs={key: known[key] for key in wanted})


def patterns() -> dict[str, tuple[str, ...]]:
    """Every named address of the application with the names of its values."""
    return dict(_named(get_resolver().url_patterns, "", ()))


def _named(found: Any, space: str, above: tuple[str, ...]) -> Any:
    for one in found:
        values = (*above, *one.pattern.converters)
        if isinstance(one, URLResolver):
            inner = ":".join(part for part in (space, one.namespace) if part)
            yield from _named(one.url_patterns, inner, values)
        elif isinstance(one, URLPattern):
            yield ":".join(part for part in (space, one.name or str(one.pattern)) if part), values


def build(world: World) -> Scene:
    """Cầu Giấy is writing, Đống Đa has handed in, Ba Vì was received, Vinh (Nghệ An) has handed in."""
    rollups.define_measure(
        actor=world.system,
        code="dai-hoi",
        name="Đại hội cấp trên cơ sở",
        definition="Số đảng bộ đã tổ chức đại hội trên số đảng bộ phải tổ chức.",
        form=world.form,
        rule="share",
        field="held",
        noun="đại hội",
        rank=1,
        at=world.at,
    )
    world.accounts["stranger"] = people.open_account(
        actor=world.system, username="stranger", name="Người Lạ", post="", password="", at=world.at, place=""
    )
    things = {
        "cau-giay": _thing(world, world.caugiay, ""),
        "dong-da": _thing(world, world.dongda, "submit"),
        "ba-vi": _thing(world, world.bavi, "accept"),
        "vinh": _thing(world, world.vinh, "submit"),
        "ha-noi": _place(world, world.hanoi),
        "nghe-an": _place(world, world.nghean),
        "-": {"token": "khong-ai-lam"},
    }
    things |= _tasks(world)
    things |= _briefings(world)
    things |= {"pa-hn": _plan(world, world.binh, world.hanoi), "pa-tw": _plan(world, world.an, world.centre)}
    things["da-ky"] = _signed(world)
    failed = Job.objects.create(name="mail.deliver", state="failed", asked_at=world.at, run_at=world.at)
    things |= {"failed": {"job_id": failed.pk}}
    things |= {"DH-TCS": _form(world)} | {username: _person(world, username) for username in ("lan", "hoa", "an")}
    return Scene(world, things)


def _form(world: World) -> dict[str, Any]:
    excepted = forms.except_unit(
        actor=world.system,
        form_id=world.form.pk,
        unit=world.caugiay,
        owes=False,
        reason="Đã sáp nhập đảng bộ",
        from_day=date(2021, 1, 1),
        until_day=None,
        at=world.at,
    )
    return {
        "code": world.form.code,
        "duty_id": Duty.objects.filter(form=world.form)[0].pk,
        "exception_id": excepted.pk,
    }


def _person(world: World, username: str) -> dict[str, Any]:
    office = Office.objects.select_related("unit").filter(account=world.accounts[username])[0]
    return {"account_id": office.account_id, "office_id": office.pk, "code": office.unit.code}


def _place(world: World, unit: Unit) -> dict[str, Any]:
    period = world.round.period.code
    return {"code": unit.code, "unit": unit.code, "measure": "dai-hoi", "form": world.form.code, "period": period}


def _thing(world: World, unit: Unit, verb: str) -> dict[str, Any]:
    """A unit's report of this week with a text read for it and a file beside it, then moved on by `verb`."""
    reporter = world.actor_at(unit)
    report = world.filled(unit)
    attached = reports.attach(
        actor=reporter, report_id=report.pk, data=b"%PDF-1.4", name="bb.pdf", media_type="application/pdf", at=world.at
    )
    prose = PROSE + _CITES.format(number=unit.pk)
    narrative = narratives.paste(actor=reporter, report_id=report.pk, text=prose, name="Dán", at=world.at)
    instruction = instructions.receive_instruction(
        actor=reporter, unit_id=unit.pk, name="Dán", text=ORDERS, at=world.at
    )
    more = instructions.receive_instruction(actor=reporter, unit_id=unit.pk, name="Dán", text=ORDERS, at=world.at)
    kept = instructions.keep_draft(actor=reporter, draft_id=more.drafts.get().pk, at=world.at)
    _move(world, reporter, report, verb)
    proposal = narrative.proposals.order_by("pk")[0]
    entry = Entry.objects.filter(subject_kind=Report._meta.label_lower, subject_id=report.pk).latest("pk")
    return {
        **_place(world, unit),
        "report_id": report.pk,
        "attachment_id": attached.pk,
        "narrative_id": narrative.pk,
        "proposal_id": proposal.pk,
        "paper_id": narrative.mentions.get().paper_id,
        "instruction_id": instruction.pk,
        "draft_id": instruction.drafts.get().pk,
        "kept_id": kept.pk,
        "entry_id": entry.pk,
        "finding": findings.from_json(narrative.reading["findings"][0]).key,
    }


def _move(world: World, reporter: Actor, report: Report, verb: str) -> None:
    if verb:
        reports.submit(actor=reporter, report_id=report.pk, at=world.at)
    if verb == "accept":
        reports.accept(actor=world.system, report_id=report.pk, at=world.at + timedelta(minutes=1))


def _tasks(world: World) -> dict[str, dict[str, Any]]:
    """Hà Nội's task for Cầu Giấy, which works on it and asks for time; Nghệ An's for Vinh, which has handed in."""
    tasks.name_assigner(actor=world.system, name="Ban Thường vụ", code="btv", at=world.at)
    ours = _task(world, world.binh, world.caugiay)
    theirs = _task(world, world.hoa, world.vinh)
    tasks.hand_in(actor=world.actor_at(world.vinh), task_id=theirs["task_id"], product="Đã gửi dự thảo.", at=world.at)
    calendar = {f"lich-{unit.code}": {"event_id": _entry(world, unit)} for unit in (world.caugiay, world.vinh)}
    calendar["lich-01-CG"] |= {"feed_id": tasks.make_feed(actor=world.lan, unit=world.caugiay, at=world.at).pk}
    return {"task-cg": ours, "task-vinh": theirs, **calendar}


def _entry(world: World, unit: Unit) -> int:
    planned = weekly.PlannedEvent(unit_id=unit.pk, title="Họp", day=world.day, hours=weekly.Hours("morning"))
    return tasks.enter_event(actor=world.actor_at(unit), event=planned, at=world.at).pk


def _task(world: World, giver: Actor, lead: Unit) -> dict[str, Any]:
    due = task_rules.Deadline(date(2020, 9, 15))
    asked = task_rules.Assignment(title="Dự thảo hướng dẫn", lead_unit_id=lead.pk, due=due, assigner="btv")
    task = tasks.assign(actor=giver, task=asked, at=world.at)
    reporter = world.actor_at(lead)
    tasks.take(actor=reporter, task_id=task.pk, at=world.at)
    paper = task_rules.Evidence("du thao.pdf", b"%PDF-1.4", "application/pdf")
    note = tasks.note(actor=reporter, task_id=task.pk, words="Đã lấy ý kiến", evidence=paper, at=world.at)
    later = task_rules.Deadline(date(2020, 10, 1))
    more = tasks.ask_extension(actor=reporter, task_id=task.pk, due=later, reason="Chờ số liệu", at=world.at)
    return {"task_id": task.pk, "note_id": note.pk, "extension_id": more.pk}


def _briefings(world: World) -> dict[str, dict[str, Any]]:
    """Hà Nội's: a draft, one called, one in session, one closed, Cầu Giấy a site of each; Nghệ An's, closed."""
    moves = ("call", "open", "close")
    return {
        "gb-nhap": _briefing(world, world.binh, world.hanoi, world.caugiay, ()),
        "gb-goi": _briefing(world, world.binh, world.hanoi, world.caugiay, moves[:1]),
        "gb-hop": _briefing(world, world.binh, world.hanoi, world.caugiay, moves[:2]),
        "gb-xong": _briefing(world, world.binh, world.hanoi, world.caugiay, moves),
        "gb-na": _briefing(world, world.hoa, world.nghean, world.vinh, moves),
    }


def _briefing(world: World, actor: Actor, unit: Unit, site: Unit, moves: tuple[str, ...]) -> dict[str, Any]:
    """A briefing with a document and an open point, moved on; concluded in once it is in session."""
    item = briefing_rules.PlannedItem(title="Kết quả tuần", minutes=15)
    name = f"Giao ban {Series.objects.count()}"
    series = briefings.define_series(
        actor=actor, unit=unit, name=name, rhythm="week", agenda=(item,), assigner="btv", at=world.at
    )
    plan = briefing_rules.Plan(
        title=name, starts_at=world.at, period=world.round.period.value, sites=(site.pk,), agenda=(item,)
    )
    made = briefings.prepare(actor=actor, series_id=series.pk, plan=plan, at=world.at)
    paper = task_rules.Evidence("so lieu.pdf", b"%PDF-1.4", "application/pdf")
    document = briefings.attach(actor=actor, briefing_id=made.pk, title="Số liệu", evidence=paper, at=world.at)
    point = briefings.raise_point(actor=actor, briefing_id=made.pk, words="Chốt mốc số liệu", at=world.at)
    concluded, session = None, {}
    if "call" in moves:
        letter = briefing_rules.Letter("Giấy mời", "Kính mời.")
        briefings.call(actor=actor, briefing_id=made.pk, letter=letter, at=world.at)
        sections: list[dict[str, Any]] = [{"code": "figures", "title": "Số liệu"}]
        briefings.send_pack(actor=actor, briefing_id=made.pk, sections=sections, at=world.at)
    if "open" in moves:
        briefings.open_session(actor=actor, briefing_id=made.pk, at=world.at)
        said = briefing_rules.Concluded(kind="information", words="Đúng tiến độ.")
        concluded = briefings.conclude(actor=actor, briefing_id=made.pk, said=said, at=world.at).pk
        session = _session(world, actor, made, site)
    if "close" in moves:
        briefings.take_back_question(actor=actor, question_id=session["question_id"], at=world.at)
        briefings.close(actor=actor, briefing_id=made.pk, at=world.at)
    return {
        "briefing_id": made.pk,
        "site_id": made.sites.get(unit=site).pk,
        "document_id": document.pk,
        "conclusion_id": concluded or 999_999,
        "point_id": point.pk,
        "item_id": made.agenda.get().pk,
        "speech_id": 999_999,
        "question_id": 999_999,
        "note_id": 999_999,
    } | session


def _signed(world: World) -> dict[str, Any]:
    """Last week's figures of Hà Nội, signed by its reviewer."""
    last_week = world.round_before
    seen = rollup_queries.standing(round_=last_week, unit=world.hanoi).official.digest
    asked = rollup_rules.Asked(seen=seen, is_partial=False, note="")
    rollups.sign(actor=world.binh, round_=last_week, unit=world.hanoi.code, asked=asked, at=world.at)
    return _place(world, world.hanoi) | {"period": last_week.period.code, "number": 1}


def _plan(world: World, actor: Actor, unit: Unit) -> dict[str, Any]:
    """A draft that would give Đống Đa another name."""
    plan = reorganising.draft_plan(actor=actor, unit=unit, title="Sắp xếp", basis="", day=world.day, at=world.at)
    change = unit_plans.TypedChange(kind="rename", code="01-DD", name="Đảng bộ Đống Đa")
    reorganising.add_change(actor=actor, plan_id=plan.pk, change=change, at=world.at)
    return {"plan_id": plan.pk, "number": 1}


def _session(world: World, actor: Actor, briefing: Briefing, unit: Unit) -> dict[str, Any]:
    """The one item is on the table, the site is there and speaks, it is asked something, a note is written."""
    officer, site = world.actor_at(unit), briefing.sites.get(unit=unit)
    briefings.begin_item(actor=actor, item_id=briefing.agenda.get().pk, at=world.at)
    briefings.show_life(actor=officer, briefing_id=briefing.pk, at=world.at)
    speech = briefings.ask_to_speak(actor=officer, site_id=site.pk, subject="Tiến độ", at=world.at)
    briefings.begin_speech(actor=actor, speech_id=speech.pk, at=world.at)
    question = briefings.ask_question(actor=actor, briefing_id=briefing.pk, text="Đồng ý?", at=world.at)
    note = briefings.write_note(actor=actor, briefing_id=briefing.pk, item_id=None, words="Nháp", at=world.at)
    return {"speech_id": speech.pk, "question_id": question.pk, "note_id": note.pk}
