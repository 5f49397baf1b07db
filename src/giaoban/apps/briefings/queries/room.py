"""The live room as its page shows it, part by part; each part asks only what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Pack, Question, Site, SpeechRequest
from giaoban.apps.briefings.queries.after import ConclusionRow, conclusions_of
from giaoban.apps.briefings.queries.pack import section_from
from giaoban.apps.briefings.queries.preparing import DocumentRow, ItemRow, agenda_of, documents_of
from giaoban.apps.briefings.queries.rows import Seen, seen
from giaoban.apps.briefings.queries.written import Section
from giaoban.base.access import Actor
from giaoban.base.ledger.work import head


@dataclass(frozen=True)
class Tile:
    """One site in the roll-call. `place` is its place in the line, 0 when it is not in it; `spoken` in seconds."""

    site_id: int
    name: str
    is_centre: bool
    presence: str
    presence_label: str
    seen_at: datetime | None
    joined_at: datetime | None
    place: int
    is_called: bool
    is_speaking: bool
    spoken: int
    choice: str
    choice_label: str


@dataclass(frozen=True)
class Turn:
    """A request to speak; `spoken` are seconds of the site's speeches that have ended."""

    speech_id: int
    site_id: int
    site: str
    subject: str
    state: str
    state_label: str
    asked_at: datetime
    began_at: datetime | None
    spoken: int
    is_own: bool


@dataclass(frozen=True)
class Line:
    """The speakers' line: who speaks, who is called or waits in the order they asked, and who has spoken."""

    speaking: Turn | None
    waiting: Sequence[Turn]
    spoken: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Screen:
    """What is on every screen: a page of a document, or a section of the pack."""

    document: DocumentRow | None
    page: int
    section: Section | None
    documents: Sequence[DocumentRow]


@dataclass(frozen=True)
class QuestionRow:
    """A question with its answers. `own` are the sites the reader answers for, with what they have said."""

    question_id: int
    text: str
    asked_at: datetime
    closed_at: datetime | None
    is_taken_back: bool
    entitled: int
    quorum: int
    yes: int
    no: int
    abstain: int
    own: Sequence[tuple[int, str, str]]

    @property
    def answered(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def lacking(self) -> int:
        """How many more must answer for the answer to count."""
        return max(0, self.quorum - self.answered)

    @property
    def counts(self) -> bool:
        return not self.lacking and not self.is_taken_back


@dataclass(frozen=True)
class NoteRow:
    """A note as it stands; `before` are its earlier wordings with who and when, newest first."""

    note_id: int
    item_id: int | None
    item: str
    words: str
    revision: int
    by_name: str
    at: datetime
    before: Sequence[tuple[str, str, datetime]]


@dataclass(frozen=True)
class Room:
    """The room; a part that was not asked for is None. `heard` is the number of the ledger it is true up to."""

    seen: Seen
    heard: int
    opened_at: datetime | None
    media_address: str
    agenda: Sequence[ItemRow]
    own: Sequence[tuple[int, str]]
    sites: Sequence[Tile] | None = None
    line: Line | None = None
    screen: Screen | None = None
    question: QuestionRow | None = None
    notes: Sequence[NoteRow] | None = None
    conclusions: Sequence[ConclusionRow] | None = None

    @property
    def leads(self) -> bool:
        return self.seen.may_chair and self.seen.row.is_live

    @property
    def writes(self) -> bool:
        return self.seen.may_organise and self.seen.row.is_live

    @property
    def attends(self) -> bool:
        return bool(self.own) and self.seen.row.is_live

    @property
    def current(self) -> ItemRow | None:
        """The item on the table."""
        return next((item for item in self.agenda if item.state == rules.ItemState.CURRENT), None)

    @property
    def following(self) -> ItemRow | None:
        """The item whose turn comes next."""
        return next((item for item in self.agenda if item.state == rules.ItemState.WAITING), None)

    @property
    def own_turns(self) -> Sequence[tuple[int, str, Turn | None]]:
        """Each site the reader speaks for, with its place in the line."""
        turns = {turn.site_id: turn for turn in (*self.line.waiting, self.line.speaking) if turn} if self.line else {}
        return [(pk, name, turns.get(pk)) for pk, name in self.own]

    @property
    def calls(self) -> Sequence[tuple[int, str]]:
        """The sites that are in nobody's line yet: those whoever leads can put into it."""
        return [
            (site.site_id, site.name)
            for site in self.sites or ()
            if not site.is_centre and not site.place and not site.is_speaking
        ]

    @property
    def present(self) -> int:
        return sum(site.presence == "here" for site in self.sites or ())


def room(*, actor: Actor, briefing_id: int, at: datetime, parts: Sequence[str] = rules.PARTS) -> Room:
    """The room with the parts named. At most twenty-two queries at any number of sites. Raises NotFound.

    Notes are read by those who write them down alone.
    """
    heard = head()
    whole = seen(actor=actor, briefing_id=briefing_id)
    briefing = Briefing.objects.get(pk=briefing_id)
    mine = Site.objects.allowed(actor, access.ATTEND).filter(pk__in=whole.own_sites)
    own = list(mine.order_by("ordinal").values_list("pk", "name"))
    wanted = set(parts)
    speeches = _speeches(briefing) if wanted & {"sites", "speeches", "now", "bar"} else []
    question = _newest_question(briefing) if wanted & {"sites", "question", "bar"} else None
    return Room(
        seen=whole,
        heard=heard,
        opened_at=briefing.opened_at,
        media_address=briefing.media_address,
        agenda=agenda_of(briefing),
        own=own,
        sites=_tiles(briefing, speeches, question, at) if wanted & {"sites", "head", "writing", "bar"} else None,
        line=_line(speeches, {pk for pk, _ in own}) if wanted & {"speeches", "now", "bar"} else None,
        screen=screen_of(briefing) if "screen" in wanted else None,
        question=_question(question, own) if question and wanted & {"question", "bar"} else None,
        notes=_notes(briefing) if "notes" in wanted and whole.may_organise else None,
        conclusions=conclusions_of(actor, briefing, at.date()) if "conclusions" in wanted else None,
    )


def _speeches(briefing: Briefing) -> list[SpeechRequest]:
    shown = briefing.speeches.exclude(state=rules.Speech.WITHDRAWN)
    return list(shown.select_related("site").order_by("asked_at", "pk"))


def _seconds(speeches: Sequence[SpeechRequest]) -> dict[int, int]:
    """Seconds each site has spoken, in speeches that have ended."""
    spoken: dict[int, int] = {}
    for one in speeches:
        if one.began_at and one.ended_at:
            spoken[one.site_id] = spoken.get(one.site_id, 0) + int((one.ended_at - one.began_at).total_seconds())
    return spoken


def _tiles(
    briefing: Briefing, speeches: Sequence[SpeechRequest], question: Question | None, at: datetime
) -> Sequence[Tile]:
    spoken = _seconds(speeches)
    line = [one.site_id for one in speeches if one.state in rules.IN_LINE]
    called = {one.site_id for one in speeches if one.state == rules.Speech.CALLED}
    speaking = {one.site_id for one in speeches if one.state == rules.Speech.SPEAKING}
    choices = {one.site_id: one.choice for one in question.answers.all()} if question else {}
    found = []
    for site in briefing.sites.select_related("presence").order_by("ordinal", "pk"):
        presence, seen_at = _presence(site, at, is_closed=briefing.state == rules.State.CLOSED)
        choice = choices.get(site.pk, "")
        found.append(
            Tile(
                site_id=site.pk,
                name=site.name,
                is_centre=site.is_centre,
                presence=presence,
                presence_label=gettext(str(presence.label)),
                seen_at=seen_at,
                joined_at=site.joined_at,
                place=line.index(site.pk) + 1 if site.pk in line else 0,
                is_called=site.pk in called,
                is_speaking=site.pk in speaking,
                spoken=spoken.get(site.pk, 0),
                choice=choice,
                choice_label=gettext(str(rules.Choice(choice).label)) if choice else "",
            )
        )
    return found


def _presence(site: Site, at: datetime, *, is_closed: bool) -> tuple[rules.Attendance, datetime | None]:
    """How a site is there, and when its screen was last heard."""
    sign = getattr(site, "presence", None)
    seen_at = sign.last_seen_at if sign else None
    there = rules.Attendance
    if site.joined_at is None:
        return (there.HERE if site.is_centre else there.AWAY), seen_at
    if site.left_at is not None:
        return (there.HERE if is_closed else there.GONE), seen_at
    return (there.LOST if rules.is_lost(last_seen_at=seen_at, at=at) else there.HERE), seen_at


def _line(speeches: Sequence[SpeechRequest], own: set[int]) -> Line:
    spoken = _seconds(speeches)
    turns = [
        Turn(
            speech_id=one.pk,
            site_id=one.site_id,
            site=one.site.name,
            subject=one.subject,
            state=one.state,
            state_label=gettext(str(rules.Speech(one.state).label)),
            asked_at=one.asked_at,
            began_at=one.began_at,
            spoken=spoken.get(one.site_id, 0),
            is_own=one.site_id in own,
        )
        for one in speeches
        if one.state in rules.OPEN_SPEECH
    ]
    names = {one.site_id: one.site.name for one in speeches}
    return Line(
        speaking=next((turn for turn in turns if turn.state == rules.Speech.SPEAKING), None),
        waiting=[turn for turn in turns if turn.state in rules.IN_LINE],
        spoken=[(names[pk], seconds) for pk, seconds in sorted(spoken.items(), key=lambda one: -one[1])],
    )


def screen_of(briefing: Briefing) -> Screen:
    """What is on every screen, and what could be. Two queries."""
    documents = documents_of(briefing)
    shown = next((one for one in documents if one.shared_page is not None), None)
    section = _section(briefing, shown.section) if shown and shown.section else None
    return Screen(document=shown, page=(shown.shared_page or 1) if shown else 0, section=section, documents=documents)


def _section(briefing: Briefing, code: str) -> Section | None:
    """A section of the pack that was sent last."""
    pack = Pack.objects.filter(briefing=briefing).order_by("-number").first()
    sections = pack.sections if pack else []
    return next((section_from(told) for told in sections if told["code"] == code), None)


def _newest_question(briefing: Briefing) -> Question | None:
    return briefing.questions.prefetch_related("answers").order_by("-pk").first()


def _question(question: Question, own: Sequence[tuple[int, str]]) -> QuestionRow:
    said = {one.site_id: one.choice for one in question.answers.all()}
    counted = list(said.values())
    yes, no, abstain = (counted.count(choice) for choice in rules.Choice)
    return QuestionRow(
        question_id=question.pk,
        text=question.text,
        asked_at=question.asked_at,
        closed_at=question.closed_at,
        is_taken_back=question.is_taken_back,
        entitled=len(question.entitled),
        quorum=question.quorum,
        yes=yes,
        no=no,
        abstain=abstain,
        own=[(pk, name, said.get(pk, "")) for pk, name in own if pk in question.entitled],
    )


def _notes(briefing: Briefing) -> Sequence[NoteRow]:
    return [
        NoteRow(
            note_id=one.pk,
            item_id=one.item_id,
            item=one.item.title if one.item else "",
            words=one.words,
            revision=one.revision,
            by_name=one.by_name,
            at=one.at,
            before=[
                (old.words, old.by_name, old.at) for old in reversed(one.revisions.all()) if old.revision < one.revision
            ],
        )
        for one in briefing.notes.select_related("item").prefetch_related("revisions").order_by("-pk")
    ]
