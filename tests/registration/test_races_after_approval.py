"""T29: withdrawals, approvals, replacements and cards at the same moment, by real processes on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import connection
from django.db.models import Count, Q

from backend.core.actor import SYSTEM
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry, EntryCard, Member, Review, Substitution, Withdrawal
from competitions.registration.rulebook import EntryDraft
from tests.factories import organisation
from tests.registration.racing import Act, racers
from tests.registration.world import member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]

ROUNDS = [8, pytest.param(120, marks=pytest.mark.slow)]
Round = Callable[[Sequence[Act]], list[str]]


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    made = make_event(rules={"team": {"contestants": 1}})
    services.set_review_plan(actor=SYSTEM, event=made, steps=["organiser"], reviewed_fields=["name"])
    return made


@pytest.fixture
def at_once() -> Iterator[Callable[[int], Round]]:
    """Starts so many processes; what runs a round of them."""
    opened: list[object] = []

    def start(processes: int) -> Round:
        context = racers(str(connection.settings_dict["NAME"]), processes)
        opened.append(context)
        return context.__enter__()

    yield start
    for context in opened:
        context.__exit__(None, None, None)  # type: ignore[attr-defined]


def submitted(event: Event, rounds: int) -> list[Entry]:
    """So many teams of one person each, every school its own, handed in."""
    schools = [organisation(f"学院{n}") for n in range(rounds)]
    drafts = [EntryDraft(str(school.uid), 0, "平台甲", (member(100 + n),)) for n, school in enumerate(schools)]
    found = services.enter_many(actor=SYSTEM, event=event, drafts=drafts)
    return [services.submit_entry(actor=SYSTEM, entry=entry) for entry in found]


def approved(event: Event, rounds: int) -> list[Entry]:
    found = submitted(event, rounds)
    services.approve_entries(actor=SYSTEM, entries=found)
    return list(Entry.objects.select_related("event__edition", "school").order_by("pk"))


def asked_to_leave(entry: Entry) -> Withdrawal:
    return services.ask_withdrawal(actor=SYSTEM, entry=entry, reason="学生退学")


def asked_to_swap(entry: Entry, serial: int) -> Substitution:
    leaving = entry.members.get(ended_at=None)
    return services.ask_substitution(actor=SYSTEM, entry=entry, leaving=leaving, arriving=member(serial), reason="骨折")


def nobody_is_left_over() -> None:
    """What every race has to leave behind, whoever won."""
    gone = Q(member__ended_at__isnull=False) | Q(member__entry__state="withdrawn")
    assert not EntryCard.objects.filter(gone, ended_at=None).exists()
    assert not Member.objects.filter(entry__state="withdrawn", ended_at=None).exists()
    assert not Substitution.objects.filter(entry__state="withdrawn", state="asked").exists()
    twice = Member.objects.filter(ended_at=None).values("event", "person").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_school_withdraws_what_a_reviewer_decides_at_that_moment(
    event: Event, at_once: Callable[[int], Round], rounds: int
) -> None:
    entries, go = submitted(event, rounds), at_once(3)

    for n, entry in enumerate(entries):
        uid = str(entry.uid)
        said = go([{"act": a, "uid": uid} for a in ("approve", ("return", "reject")[n % 2], "withdraw")])
        assert said[:2].count("done") <= 1
        assert said[2] == "done" or (said[1:] == ["done", "illegal_move"] and n % 2)  # a rejected team has left

    ended = Counter(Entry.objects.values_list("state", flat=True))
    assert set(ended) <= {"withdrawn", "rejected"}
    assert Withdrawal.objects.filter(state="approved").count() == ended["withdrawn"]
    assert Review.objects.values("submission").distinct().count() == Review.objects.count()
    nobody_is_left_over()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_team_leaves_while_one_of_it_is_replaced_and_cards_are_issued(
    event: Event, at_once: Callable[[int], Round], rounds: int
) -> None:
    entries, go = approved(event, rounds), at_once(3)
    asked = [(asked_to_leave(entry), asked_to_swap(entry, 500 + n)) for n, entry in enumerate(entries)]

    for leave, swap in asked:
        acts = [
            {"act": "approve_withdrawal", "uid": str(leave.uid)},
            {"act": "approve_substitution", "uid": str(swap.uid)},
            {"act": "issue_cards", "event": event.code},
        ]
        said = go(acts)
        assert (said[0], said[2]) == ("done", "done")
        assert said[1] in ("done", "illegal_move", "entry_fixed")
        nobody_is_left_over()

    assert set(Entry.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert set(Substitution.objects.values_list("state", flat=True)) <= {"approved", "taken_back"}


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_lost_card_is_replaced_while_its_team_leaves(
    event: Event, at_once: Callable[[int], Round], rounds: int
) -> None:
    entries, go = approved(event, rounds), at_once(2)
    services.issue_cards(actor=SYSTEM, event=event)

    for entry in entries:
        said = go([{"act": act, "uid": str(entry.uid)} for act in ("replace_card", "withdraw")])
        assert (said[0] in ("done", "not_found"), said[1]) == (True, "done")

    nobody_is_left_over()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_withdrawal_is_taken_back_or_approved_but_not_both(
    event: Event, at_once: Callable[[int], Round], rounds: int
) -> None:
    asked = [asked_to_leave(entry) for entry in approved(event, rounds)]
    go = at_once(3)

    for one in asked:
        acts = ("approve_withdrawal", "approve_withdrawal", "take_back")
        said = go([{"act": act, "uid": str(one.uid)} for act in acts])
        assert sorted(said) == ["done", "illegal_move", "illegal_move"]
        one.refresh_from_db()
        state = "withdrawn" if one.state == "approved" else "approved"
        assert Entry.objects.get(pk=one.entry_id).state == state

    nobody_is_left_over()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_replacements_of_one_member_are_asked_for_and_approved_once(
    event: Event, at_once: Callable[[int], Round], rounds: int
) -> None:
    entries, go = approved(event, rounds), at_once(2)

    for n, entry in enumerate(entries):
        serials = (300 + 2 * n, 301 + 2 * n)
        asks = go([{"act": "ask_substitution", "uid": str(entry.uid), "serial": serial} for serial in serials])
        assert sorted(asks) == ["done", "substitution_pending"]
        made = Substitution.objects.get(entry=entry)
        said = go([{"act": "approve_substitution", "uid": str(made.uid)}] * 2)
        assert sorted(said) == ["done", "illegal_move"]
        assert [m.reveal("name") for m in entry.members.filter(ended_at=None)] == [f"人{serials[asks.index('done')]}"]

    assert Member.objects.filter(ended_at__isnull=False).count() == rounds
    nobody_is_left_over()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_an_arriving_member_whom_another_school_enters_at_that_moment_is_in_one_team(
    event: Event, at_once: Callable[[int], Round], rounds: int
) -> None:
    entries, other, go = approved(event, rounds), organisation("抢人学院"), at_once(2)

    for n, entry in enumerate(entries):
        enter = entering(event, other, 500 + n)
        if n % 2:
            said = go([{"act": "approve_substitution", "uid": str(asked_to_swap(entry, 500 + n).uid)}, enter])
            assert said.count("done") == 1
        else:
            said = go([{"act": "ask_substitution", "uid": str(entry.uid), "serial": 500 + n}, enter])
            assert said[1] == "done"  # asking holds nobody
            for made in Substitution.objects.filter(entry=entry):
                assert go([{"act": "approve_substitution", "uid": str(made.uid)}, entering(event, other, 800 + n)]) == [
                    "entries_refused",
                    "done",
                ]
        assert set(said) <= {"done", "entries_refused", "entered_meanwhile"}

    assert Counter(Member.objects.filter(ended_at=None).values_list("person", flat=True)).most_common(1)[0][1] == 1
    nobody_is_left_over()


def entering(event: Event, school: Organisation, serial: int) -> Act:
    return {"act": "enter", "event": event.code, "school": str(school.uid), "serial": serial}
