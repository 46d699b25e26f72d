"""Every address of the product, tried by people to whom its object is closed: another house, another unit, no seat, a recusal.

What they are told is word for word what they are told of an object that does not exist; nothing changes; and no page, list, search,
export or hint that they may open holds a word of the case. A new address without an entry here fails.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.web.conftest import COMPLAINT, MONDAY, Visitor, found_teahouse, registered
from tests.web.test_attachments import photo
from tests.web.test_drills import STORY, TOLD

from redress.cases import attachments, case_file
from redress.cases.models import Attachment, CaseEvent
from redress.letters.models import InboxItem
from redress.people.models import Absence, AdministrationEntry, Person
from redress.policy.engine.commands import Perform
from redress.practice.models import Drill, Sandbox
from redress.web.urls import urlpatterns

NAME, PHONE, STORY_OF_IT, FILE, NOTE = "欧阳见疏", "13900007777", "青花瓷盏磕掉了一块", "磕痕近照.jpg", "盏底刻着秋水"
WORDS = (NAME, PHONE, STORY_OF_IT, FILE, NOTE, "磕痕", "秋水")
NOT_THERE = UUID(int=7)
OUTSIDERS = ("rival.lin", "rival.gao", "teahouse.wang", "teahouse.zhao", "teahouse.chen")
"""The same name in another house, the head of another house, another unit, nobody with a seat, and the accused."""


@dataclass(frozen=True)
class Door:
    """An address with an object behind it. ``to``: what fills it in; ``asks``: its query; ``posts``: what is sent to it; ``open_to``:
    outsiders whom it lets in all the same.
    """

    to: Callable[["House"], tuple]
    posts: dict = field(default_factory=dict)
    open_to: tuple[str, ...] = ()
    asks: str = ""

    def address(self, name: str, house: "House", *, there: bool = True) -> str:
        """Of the object, or of one that does not exist."""
        parts = self.to(house)
        return (
            reverse(name, args=parts if there else [NOT_THERE if isinstance(part, UUID) else part for part in parts])
            + self.asks
        )


def case(*more: str, **posts: str) -> Door:
    return Door(lambda house: (house.case, *more), posts)


def sandbox(*more: str, **posts: str) -> Door:
    """Anybody of the house may look at a sandbox, and copy it; nobody but its owner moves it."""
    return Door(lambda house: (house.sandbox, *more), posts)


def drill(*more: str, **posts: str) -> Door:
    return Door(lambda house: (house.drill, *more), posts)


HOUSE = ("teahouse.wang", "teahouse.zhao", "teahouse.chen")
DOORS = {
    "case": case(),
    "receipt": case(),
    "act": case("contact", **{"f-reached": "yes", "f-said": "x", "form-token": "t"}),
    "draft": case("contact", **{"f-said": "x"}),
    "approval": case("compensation#1", answer="approve", reason="x"),
    "reveal": case(field="phone", reason="x"),
    "document": case("slip"),
    "case-story": case(),
    "case-news": case(),
    "case-proof": Door(lambda house: (house.case, house.duty)),
    "case-files": case(note="x", **{"form-token": "t"}),
    "file-withdrawal": Door(lambda house: (house.case, house.file), {"reason": "x"}),
    "case-custody": case(item="x", to="y"),
    "file": Door(lambda house: (house.case, house.file)),
    "file-thumb": Door(lambda house: (house.case, house.file)),
    "held-thumb": Door(lambda house: (house.waiting,)),
    "callback-try": case(duty="ask-after", note="x"),
    "callback-telephone": case(field="phone"),
    "ledger-line": Door(lambda house: (house.case, house.line), {"f-reason": "x"}),
    "lesson": Door(lambda house: (house.written_up, "write-lesson"), open_to=("teahouse.wang", "teahouse.zhao")),
    "drill": drill(),
    "drill-act": drill("contact", **{"f-reached": "yes", "f-said": "x"}),
    "drill-draft": drill("contact", **{"f-said": "x"}),
    "drill-vote": drill("compensation#1", answer="approve"),
    "drill-clock": drill(does="stop"),
    "drill-end": drill(),
}
PLAYED = {
    "sandbox": sandbox(),
    "sandbox-act": sandbox("contact", **{"f-reached": "yes", "f-said": "x"}),
    "sandbox-vote": sandbox("compensation#1", answer="approve"),
    "sandbox-clock": sandbox(to="1h"),
    "sandbox-follow": sandbox(),
    "sandbox-undo": sandbox(),
    "sandbox-compare": Door(lambda house: (house.sandbox,), asks="?step=3&later=10"),
    "sandbox-copy": sandbox(),
}
"""Open to look at for the whole house, for nobody else; moved by whoever began it."""
PLACES = {
    "work": "", "work-list": "", "pulse": "", "approvals": "?request={case}:compensation%231", "callbacks": "?call={case}:ask-after",
    "queue": "?q={name}", "queue-export": "?format=xlsx&q={name}", "search": "?q={name}", "rounds": "", "lessons": "?q={story}",
    "corrections": "?unit=east", "ledger": "?unit=east", "ledger-table": "?unit=east", "books": "", "reports": "", "board": "?unit=east",
    "desk": "?found_in={case}", "desk-hints": "", "desk-earlier": "", "desk-calls": "", "drills": "", "playground": "", "guidance": "",
    "notices": "", "rounds-missed": "", "rounds-missed-undo": "", "uploads": "", "account": "", "mfa_index": "", "appearance": "",
}  # fmt: skip
"""Places that everybody has: what they show is narrowed by who asks. Each is asked for the case as cleverly as can be."""
SENT = {
    "unit": "east", "f-customer": NAME, "f-phone": PHONE, "f-content": "瓷盏", "story": "", "found_in": "{case}", "form-token": "{token}",
    "let-go": "{waiting}", "field": "proofs", "notice": "{notice}",
    "round": "{case}.1", "reason": "x",
}  # fmt: skip
"""What is posted to them all: somebody else's customer, form, file and notice."""
ADMINISTRATION = {
    "setup", "setup-units", "setup-people", "setup-absences", "setup-calendars", "setup-policy", "setup-accounts", "setup-assumptions",
    "setup-log", "setup-person",
}  # fmt: skip
OF_THE_POLICY = {
    "policy", "policy-deadlines", "policy-ladders", "policy-authority", "policy-calendar", "policy-roles", "policy-role", "policy-clause",
    "policy-versions", "policy-difference", "policy-behaviour", "policy-replay", "playbook", "book",
}  # fmt: skip
"""The policy is for everybody of the house; a book's rows are those of the reader's reach."""
SIGNING_IN = {
    "sign-in", "account_login", "mfa_authenticate", "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "invitation", "sign-out",
}  # fmt: skip
OF_ONES_ACCOUNT = {
    "account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp", "second-factor-needed", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
}  # fmt: skip
"""Nothing in these addresses names anybody: they are always about whoever is signed in (tests/web/test_accounts.py)."""
FIRST_RUN = {"first-run", "first-run-step", "first-run-table"}


@dataclass
class House:
    case: UUID
    file: UUID
    waiting: UUID
    written_up: UUID
    line: str
    duty: str
    sandbox: UUID
    drill: UUID
    token: str
    notice: int

    def filled(self, text: str) -> str:
        said = {"case": self.case, "waiting": self.waiting, "token": self.token, "notice": self.notice}
        return text.format(name=NAME, story=STORY_OF_IT, **said)


@pytest.fixture
def house(teahouse) -> House:
    """A teahouse with a case in East Street that Chen is accused in, and all that can hang on one; a rival beside it."""
    found_teahouse("rival")
    lin, gao = Visitor("lin"), Visitor("gao")
    told = {"f-customer": NAME, "f-phone": PHONE, "f-content": STORY_OF_IT, "f-accused": "chen"}
    address = registered(lin, **told)
    case_id = UUID(address.removeprefix("/cases/"))
    paid = {"f-amount": "600", "form-token": "t", "u-proofs": [photo(FILE)]}
    assert lin.at(1).post(f"{address}/acts/compensate", paid).status_code == 303
    assert lin.at(2).post(f"{address}/acts/contact", {"f-reached": "yes", "f-said": NOTE}).status_code == 303
    charged = Perform("charge-person", {"charged": "lin", "charge": "30"})
    done = case_file.act(case_id, charged, "lin", MONDAY + timedelta(minutes=3))
    assert isinstance(done, case_file.Done), done
    waiting = attachments.hold("teahouse", "lin", "waits", "proofs", FILE, photo(FILE), MONDAY)
    assert isinstance(waiting, attachments.Held)
    box = lin.post("/playground", {"start": "2026-03-02T09:00"})["Location"]
    assert lin.post(f"{box}/acts/register?who=lin", {**COMPLAINT, "unit": "east"}).status_code == 303
    lin.post(f"{box}/clock", {"to": "5m"})
    assert lin.post(f"{box}/acts/compensate?who=lin", {"f-amount": "300"}).status_code == 303
    floor = lin.post("/drills", STORY)["Location"]
    assert lin.post(f"{floor}/acts/register", TOLD).status_code == 303
    assert lin.post(f"{floor}/acts/compensate", {"f-amount": "300"}).status_code == 303
    notice = InboxItem.objects.create(notice=1, organisation="teahouse", person="lin", created=MONDAY)
    assert gao.get(address).status_code == 200  # it is there
    return House(
        case_id,
        Attachment.objects.get(case_id=case_id).pk,
        waiting.id,
        written_up(lin),
        next(iter(done.case.ledger)),
        next(iter(done.case.duties)),
        UUID(box.rpartition("/")[2]),
        UUID(floor.rpartition("/")[2]),
        "waits",
        notice.pk,
    )


def written_up(lin: Visitor) -> UUID:
    """A case that was closed and written up for others; Chen is accused in it as well."""
    address = registered(lin.at(4), **{"f-content": "茶凉了", "f-accused": "chen"})
    case_id = UUID(address.removeprefix("/cases/"))
    summed_up = {"lesson_summary": "上茶太慢", "lesson_learnt": "先上茶再点单"}
    for minute, act, values in ((5, "contact", {"reached": False}), (6, "close", {}), (7, "write-lesson", summed_up)):
        done = case_file.act(case_id, Perform(act, values), "lin", MONDAY + timedelta(minutes=minute))
        assert isinstance(done, case_file.Done), done
    return case_id


def somebody(username: str) -> Visitor:
    organisation, _dot, person = username.partition(".")
    return Visitor(person, organisation).at(30)


def both(visitor: Visitor, method: str, name: str, door: Door, house: House) -> list:
    """The answers for the object and for one that does not exist."""
    more = (door.posts,) if method == "post" else ()
    return [getattr(visitor, method)(door.address(name, house, there=there), *more) for there in (True, False)]


def state_of_things() -> tuple:
    """Everything an outsider could have changed."""
    return (
        CaseEvent.objects.count(),
        sorted(Sandbox.objects.filter(organisation="teahouse", person="lin").values_list("pk", "moves")),
        sorted(Drill.objects.values_list("pk", "moves", "running", "ended")),
        sorted(Attachment.objects.values_list("pk", "case_id", "name")),
        sorted(InboxItem.objects.values_list("pk", "read_at")),
        AdministrationEntry.objects.count(),
    )


def said(answer) -> str:
    """What the page says, without tokens and ids; of a table, everything in it."""
    data = answer.getvalue() if answer.streaming else answer.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b" ".join(packed.read(name) for name in packed.namelist())
    text = data.decode(errors="replace")
    text = re.sub(r'(value="|X-CSRFToken": ")[A-Za-z0-9]{64}"', "", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


# --- the table is whole -----------------------------------------------------------------------------------------------


def test_every_address_is_in_the_table_once():
    groups = [DOORS, PLAYED, PLACES, ADMINISTRATION, OF_THE_POLICY, SIGNING_IN, OF_ONES_ACCOUNT, FIRST_RUN]
    listed = [name for group in groups for name in group]
    names = {pattern.name for pattern in urlpatterns}
    assert sorted(listed) == sorted(names), "say in tests/web/test_every_door.py to whom a new address is open"


def test_an_address_with_an_object_in_it_is_a_door():
    """Whatever has an id in its address is tried with somebody else's object."""
    with_an_id = {pattern.name for pattern in urlpatterns if "<uuid:" in str(pattern.pattern)}
    assert with_an_id == set(DOORS) | set(PLAYED)


# --- objects ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", OUTSIDERS)
def test_what_is_closed_to_somebody_is_to_them_as_if_it_did_not_exist(house, username):
    visitor, before = somebody(username), state_of_things()
    closed = dict(DOORS) if username.startswith("teahouse") else {**DOORS, **PLAYED}
    for name, door in closed.items():
        if username in door.open_to:
            assert visitor.get(door.address(name, house)).status_code == 200, name
            continue
        for method in ("get", "post"):
            real, none = both(visitor, method, name, door, house)
            assert real.status_code == none.status_code, (name, method, real.status_code, none.status_code)
            assert real.status_code in (403, 404, 405), (name, method, real.status_code)
            assert said(real) == said(none), (name, method)
    assert state_of_things() == before


@pytest.mark.parametrize("username", HOUSE)
def test_a_sandbox_is_looked_at_by_the_house_and_moved_by_its_owner(house, username):
    visitor, before = somebody(username), state_of_things()
    for name, door in PLAYED.items():
        answer = visitor.post(door.address(name, house), door.posts)
        assert answer.status_code in (200, 303, 403, 405), (name, answer.status_code)
    assert state_of_things() == before
    assert visitor.get(reverse("sandbox", args=[house.sandbox])).status_code == 200


# --- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", OUTSIDERS)
def test_no_place_list_search_export_or_hint_holds_a_word_of_the_case(house, username):
    visitor, before = somebody(username), state_of_things()
    asked = {name: reverse(name) + house.filled(query) for name, query in PLACES.items()}
    asked |= {"book": reverse("book", args=["complaints"])}
    typed = {name: house.filled(value) for name, value in SENT.items()}
    for name, address in asked.items():
        for answer in (
            visitor.get(address),
            *([] if name in ("desk", "drills", "playground") else [visitor.post(address, typed)]),
        ):
            text = said(answer)
            shown = [word for word in WORDS if word in text and word not in typed.values() and word not in address]
            assert not shown, (name, answer.request["REQUEST_METHOD"], shown)
            assert str(house.case) not in answer_of(answer), (name, answer.request["REQUEST_METHOD"])
    assert state_of_things() == before


def answer_of(answer) -> str:
    """The page but for what was typed into it."""
    text = answer.getvalue() if answer.streaming else answer.content
    return re.sub(r'value="[^"]*"', "", text.decode(errors="replace"))


def test_the_places_do_hold_them_for_somebody_of_the_unit(house):
    """Else the test before this one would prove nothing."""
    lin = Visitor("lin").at(30)
    found = {
        name for name, query in PLACES.items() if STORY_OF_IT in said(lin.get(reverse(name) + house.filled(query)))
    }
    assert {"work", "queue", "queue-export", "search"} <= found
    sent = lin.post(reverse("desk-earlier"), {name: house.filled(value) for name, value in SENT.items()})
    assert str(house.case) in sent.content.decode()


# --- administration, and who is nobody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("username", ["teahouse.lin", "teahouse.wang", "teahouse.zhao", "teahouse.chen"])
def test_the_set_up_is_closed_to_whoever_holds_no_seat_at_the_top(house, username):
    visitor, before = somebody(username), state_of_things()
    for name in ADMINISTRATION:
        address = reverse(name, args=["gao"] if name == "setup-person" else [])
        posts = {"do": "reset", "zh": "x", "id": "1", "role": "keeper", "parameter": "fine", "value": "0"}
        for answer in (visitor.get(address), visitor.post(address, posts)):
            assert answer.status_code == 403, name
    assert state_of_things() == before


def test_an_administrator_reaches_nothing_of_another_house_by_its_number_or_name(house):
    gao = somebody("rival.gao")
    person = Person.objects.create(organisation_id="teahouse", slug="only-here", zh="只在这里", en="Only Here")
    away = Absence.objects.create(person=person, from_date=date(2026, 3, 1), to_date=date(2026, 3, 30))
    none = gao.get(reverse("setup-person", args=["nobody"]))
    for do in ("", "invite", "reset", "disable", "rename", "appoint", "leave"):
        address = reverse("setup-person", args=["only-here"])
        answer = gao.post(address, {"do": do, "username": "x", "zh": "x", "role": "keeper"}) if do else gao.get(address)
        assert answer.status_code == none.status_code, do
    for do in ("end-absence", "end-stand-in"):
        assert gao.post(reverse("setup-absences"), {"do": do, "id": str(away.pk)}).status_code == 422
    gao.post(
        reverse("setup-absences"),
        {"do": "add", "person": "only-here", "from_date": "2026-04-01", "to_date": "2026-04-02"},
    )
    for name in ADMINISTRATION - {"setup-person"}:
        assert "只在这里" not in said(gao.get(reverse(name))), name
    assert list(Absence.objects.values_list("pk", "to_date")) == [(away.pk, date(2026, 3, 30))]
    person.refresh_from_db()
    assert (person.zh, person.active, person.user) == ("只在这里", True, None)


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_by_every_address(house):
    before = state_of_things()
    for pattern in urlpatterns:
        name = pattern.name
        if name in SIGNING_IN | {"appearance"}:
            continue
        address = address_of(name, house)
        for answer in (Client().get(address), Client().post(address, {"do": "x", "form-token": "waits"})):
            assert answer.status_code in (302, 401, 405), (name, answer.status_code)
            assert answer.status_code != 302 or answer["Location"].startswith(("/sign-in", "/first-run", "/")), name
            assert not any(word in said(answer) for word in WORDS), name
    assert state_of_things() == before


def address_of(name: str, house: House) -> str:
    known = {**DOORS, **PLAYED}
    if name in known:
        return known[name].address(name, house)
    fills = {
        "setup-person": ["gao"], "book": ["complaints"], "policy-role": ["keeper"], "policy-clause": ["teahouse-1"], "playbook": ["spill"],
        "first-run-step": ["units"], "mfa_remove_webauthn": [1], "first-run-table": ["units"],
    }  # fmt: skip
    return reverse(name, args=fills.get(name, []))


def test_a_file_sent_to_somebody_elses_form_is_theirs_only(house):
    """A token guessed or seen over a shoulder gives nobody the files that wait under it, and takes none off."""
    wang = somebody("teahouse.wang")
    more = {"form-token": "waits", "field": "proofs", "u-proofs": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")}
    assert FILE not in wang.post("/uploads", more).content.decode()
    wang.post("/uploads", {"form-token": "waits", "field": "proofs", "let-go": str(house.waiting)})
    assert [held.name for held in attachments.held("teahouse", "lin", "waits")] == [FILE]


def test_every_door_opens_to_somebody(house):
    """Else its being closed would prove nothing."""
    shut = []
    for name, door in {**DOORS, **PLAYED}.items():
        opened = []
        for username in ("teahouse.lin", "teahouse.gao"):
            for method in ("get", "post"):
                with transaction.atomic():
                    real, none = both(somebody(username), method, name, door, house)
                    opened.append((real.status_code, said(real)) != (none.status_code, said(none)))
                    transaction.set_rollback(True)
        shut += [] if any(opened) else [name]
    assert shut == []
