"""The pure modules of the paper, run in the browser they are written for."""

from __future__ import annotations

from typing import Any

import pytest

from contest.numbers import read_number, shown_number
from tests.frontend.modules import OUTBOX, Run, run

__all__ = ["run"]

pytestmark = pytest.mark.browser


WORDS = {
    "0": "không",
    "4": "bốn",
    "10": "mười",
    "11": "mười một",
    "14": "mười bốn",
    "15": "mười lăm",
    "21": "hai mươi mốt",
    "24": "hai mươi tư",
    "25": "hai mươi lăm",
    "55": "năm mươi lăm",
    "100": "một trăm",
    "101": "một trăm linh một",
    "104": "một trăm linh bốn",
    "105": "một trăm linh năm",
    "110": "một trăm mười",
    "555": "năm trăm năm mươi lăm",
    "1000": "một nghìn",
    "1005": "một nghìn không trăm linh năm",
    "1015": "một nghìn không trăm mười lăm",
    "12345": "mười hai nghìn ba trăm bốn mươi lăm",
    "75594": "bảy mươi lăm nghìn năm trăm chín mươi tư",
    "1000000": "một triệu",
    "1000021": "một triệu không trăm hai mươi mốt",
    "1005000": "một triệu không trăm linh năm nghìn",
    "1000000000": "một tỷ",
    "2000000001": "hai tỷ không trăm linh một",
    "1200000000000": "một nghìn hai trăm tỷ",
    "1000000000000": "một nghìn tỷ",
}


def test_numbers_are_said_as_vietnamese_say_them(run: Run) -> None:
    body = "return arg.map((n) => m.numberWords({whole: n, fraction: ''}, t))"
    assert run("numbers", body, list(WORDS)) == list(WORDS.values())


def test_decimals_are_said_digit_by_digit(run: Run) -> None:
    body = "return m.numberWords({whole: '92', fraction: '05'}, t)"
    assert run("numbers", body) == "chín mươi hai phẩy không năm"


@pytest.mark.parametrize(
    ("typed", "decimals", "shown"),
    [
        ("12345", 0, "12.345"),
        ("12.345", 0, "12.345"),
        ("12 345", 0, "12.345"),
        ("12.345 ", 0, "12.345"),
        ("12\u00a0345", 0, "12.345"),
        ("1.234.567", 0, "1.234.567"),
        ("007", 0, "7"),
        ("12,5", 0, None),
        ("12.5", 0, None),
        ("1.2345", 0, None),
        ("abc", 0, None),
        ("", 0, None),
        ("-5", 0, None),
        ("1234567890123", 0, None),
        ("92,5", 2, "92,5"),
        ("92.5", 2, "92,5"),
        ("92", 2, "92"),
        ("92,555", 2, None),
        ("92,", 2, None),
    ],
)
def test_numbers_are_read_as_people_type_them(
    run: Run, typed: str, decimals: int, shown: str | None
) -> None:
    body = "const n = m.parseNumber(arg[0], arg[1]); return n && m.formatNumber(n)"
    assert run("numbers", body, [typed, decimals]) == shown


def test_page_and_server_read_the_same_numbers(run: Run) -> None:
    typed = ["12345", "12.345", "12 345", " 7 ", "1.2", "1.23", "1,234", "12.34.567", "9" * 12]
    typed += ["9" * 13, "1 000.000", "1e3", "0", "00", "92,50000", "100.000", "1000,5"]
    body = "return arg.map(([text, d]) => {const n = m.parseNumber(text, d);"
    body += " return n && m.formatNumber(n)})"
    for decimals in (0, 5):
        shown = run("numbers", body, [[text, decimals] for text in typed])
        for text, mine in zip(typed, shown, strict=True):
            theirs = read_number(text, decimals)
            assert (mine is None) == (theirs is None), text
            if mine is not None and theirs is not None and "," not in mine:
                assert mine == shown_number(theirs)


def test_times_are_vietnams_and_in_24_hours(run: Run) -> None:
    body = "return [m.clockTime(arg), m.hourMinute(arg), m.countdown(754), m.countdown(3754)]"
    assert run("time", body, 1_766_288_527_000) == ["10:42:07", "10:42", "12:34", "1:02:34"]


def test_the_clock_keeps_between_the_bounds_of_what_it_is_told(run: Run) -> None:
    body = """
      let tick = 1000;
      const clock = new m.ServerClock(() => tick);
      const seen = [];
      clock.sync(5000, 0); seen.push(clock.offset);      // 4000..5000: the lower bound
      tick = 2000; clock.sync(6500, 1900); seen.push(clock.offset); // at least 4500
      tick = 3000; clock.sync(7000, 2900); seen.push(clock.offset); // at most 4100
      tick = 4000; clock.sync(7000); seen.push(clock.offset); // an old message tells nothing
      return seen;
    """
    assert run("time", body) == [4000, 4500, 4100, 4100]


def test_outbox_counts_per_pen_and_keeps_numbers_when_it_sends_again(run: Run) -> None:
    body = f"""{OUTBOX}
      box.setPen(3); put(1, 1); put(2, 1); at(4999); const before = short(); at(5000);
      return [before, short(), sent.every((one) => one.pen === 3)];
    """
    first = [[1, 1, 1], [2, 2, 1]]
    assert run("outbox", body) == [first, first + first, True]


def test_outbox_never_reuses_a_number_for_other_content(run: Run) -> None:
    body = f"""{OUTBOX}
      box.setPen(1); put(1, 1); put(1, 2); put(1, 3); box.resend(); return short();
    """
    assert run("outbox", body) == [[1, 1, 1], [2, 1, 2], [3, 1, 3], [3, 1, 3]]


def test_outbox_sends_only_the_last_content_of_what_never_went_out(run: Run) -> None:
    body = f"""{OUTBOX}
      box.setPen(1); ready = false; put(1, 1); put(2, 1); put(1, 4); ready = true; box.resend();
      return short();
    """
    assert run("outbox", body) == [[1, 1, 4], [2, 2, 1]]


def test_outbox_holds_arrow_keys_and_puts_the_submission_last(run: Run) -> None:
    body = f"""{OUTBOX}
      box.setPen(1); put(1, 1, {{hold: 400}}); put(1, 2, {{hold: 400}});
      box.put('s', {{t: 'submit'}}); put(2, 1); const before = short(); at(400);
      return [before, short()];
    """
    assert run("outbox", body) == [[[1, 2, 1]], [[1, 2, 1], [2, 1, 2], [3, "submit", None]]]


def test_outbox_drops_older_contents_once_a_newer_one_is_acknowledged(run: Run) -> None:
    body = f"""{OUTBOX}
      box.setPen(1); put(1, 1); put(1, 2); box.ack({{pen: 1, seq: 2}});
      return [box.entries.length, box.ack({{pen: 1, seq: 1}}), box.age()];
    """
    assert run("outbox", body) == [0, None, 0]


def test_outbox_hands_over_what_an_old_pen_left(run: Run) -> None:
    body = f"""{OUTBOX}
      box.setPen(1); put(1, 1); put(2, 2); box.ack({{pen: 1, seq: 1}});
      const left = box.setPen(2).map((one) => one.key); put(3, 1);
      return [left, sent[sent.length - 1]];
    """
    last = {"t": "answer", "q": 3, "chosen": [1], "pen": 2, "seq": 1}
    assert run("outbox", body) == [["a:2"], last]


def test_outbox_keeps_what_could_not_be_stored_just_now(run: Run) -> None:
    body = f"""{OUTBOX}
      box.setPen(1); put(1, 1); at(1000); box.later({{pen: 1, seq: 1, text: 'later'}});
      at(5500); const before = sent.length; at(6000);
      return [before, sent.length, sent[1].seq, box.refuse({{pen: 1, seq: 1}}).key];
    """
    assert run("outbox", body) == [1, 2, 1, "a:1"]


@pytest.mark.parametrize(
    ("hash_", "route"),
    [
        ("#cau-7", {"name": "question", "q": 7}),
        ("#cau-21", None),
        ("#cau-07", None),
        ("#cau-0", None),
        ("#du-doan", {"name": "predict"}),
        ("#xem-lai", {"name": "review"}),
        ("#khac", None),
        ("", None),
    ],
)
def test_addresses_of_screens(run: Run, hash_: str, route: dict[str, Any] | None) -> None:
    body = "return m.fromHash(arg, {count: 20, predicts: true})"
    assert run("router", body, hash_) == route


CARRY = """
  const store = new Map();
  const storage = {getItem: (k) => store.get(k) || null, setItem: (k, v) => store.set(k, v),
                   removeItem: (k) => store.delete(k), key: (n) => [...store.keys()][n],
                   get length() { return store.size }};
  const paper = {started: 5, pen: 2, written: 1, now: 9, deadline: 10,
                 questions: [{q: 1, stem: 'a', options: ['b']}]};
  const message = {t: 'answer', q: 1, chosen: [1]};
  const opened = (other) => {
    const carry = new m.Carry(storage); carry.open({...paper, ...other}); return carry; };
  const left = (other) => {
    store.clear(); opened({}).put([{seq: 4, ...message}], []);
    return opened({pen: 3, ...other}).take({...paper, pen: 3, ...other}); };
"""


def test_what_was_left_returns_for_the_same_paper_only(run: Run) -> None:
    body = f"""{CARRY}
      return [left({{}}), left({{written: 2}}), left({{pen: 9}}), left({{pen: 4, written: 3}}),
        left({{started: 6}}), left({{questions: [{{q: 1, stem: 'x', options: ['b']}}]}}),
        new m.Carry(null).works];
    """
    message = {"t": "answer", "q": 1, "chosen": [1]}
    send = {"send": [message], "stale": []}
    nothing: dict[str, list[Any]] = {"send": [], "stale": []}
    assert run("carry", body) == [
        send,
        send,
        send,
        {"send": [], "stale": [message]},
        nothing,
        nothing,
        False,
    ]


def test_what_a_later_page_took_over_is_its_own(run: Run) -> None:
    body = f"""{CARRY}
      const first = opened({{}}); first.put([message], []);
      const second = opened({{pen: 3}}); second.take({{...paper, pen: 3}});
      const other = {{...message, chosen: [2]}};
      first.put([message, other], []);
      return [first.hasTaken({{seq: 1, pen: 2, ...message}}), first.hasTaken(other),
        opened({{pen: 4}}).take({{...paper, pen: 4, written: 3}})];
    """
    other = {"t": "answer", "q": 1, "chosen": [2]}
    assert run("carry", body) == [True, False, {"send": [], "stale": [other]}]


def test_without_storage_a_page_remembers_for_itself(run: Run) -> None:
    body = f"""{CARRY}
      const carry = new m.Carry({{setItem() {{ throw new Error('full'); }}}});
      carry.open(paper); carry.put([message], []);
      const full = opened({{}}); storage.setItem = () => {{ throw new Error('full'); }};
      full.put([message], []);
      return [carry.works, carry.hasTaken(message), full.works, store.size];
    """
    assert run("carry", body) == [False, False, False, 0]


CALM: dict[str, Any] = {
    "ended": False,
    "closing": False,
    "submitting": False,
    "held": True,
    "lostAt": None,
    "online": True,
    "link": {"state": "connected", "why": None, "trying": False, "seconds": 0},
    "pending": 0,
    "age": 0,
    "later": None,
    "submitWaits": False,
    "refused": None,
    "error": None,
    "back": None,
    "old": 0,
    "savedAt": None,
    "storage": True,
    "deadline": "11:00:00",
}
AWAY = {"state": "connecting", "why": None, "trying": False, "seconds": 0}


@pytest.mark.parametrize(
    ("facts", "kind", "key"),
    [
        ({}, "none", "save.none"),
        ({"storage": False}, "no_storage", "save.no_storage"),
        ({"savedAt": "10:42:07"}, "saved", "save.saved"),
        ({"pending": 1, "age": 799}, "none", "save.none"),
        ({"pending": 1, "age": 800}, "sending", "save.saving"),
        ({"pending": 1, "age": -900, "typing": True}, "typing", "save.typing"),
        ({"pending": 1, "typing": True, "online": False}, "waiting", "save.waiting"),
        (
            {"refused": {"key": "a:7", "text": "x", "typed": True}},
            "refused",
            "save.refused.typed",
        ),
        ({"pending": 1, "age": 5000}, "waiting", "save.waiting"),
        ({"pending": 1, "age": 5000, "storage": False}, "waiting", "save.waiting.no_storage"),
        ({"pending": 1, "age": 10, "online": False}, "waiting", "save.waiting"),
        ({"online": False, "savedAt": "10:42:07"}, "waiting", "save.offline"),
        ({"link": AWAY, "pending": 2}, "waiting", "save.waiting"),
        ({"link": {**AWAY, "trying": True}, "pending": 2}, "retrying", "save.retrying"),
        ({"link": {**AWAY, "trying": True}}, "retrying", "save.reconnect"),
        ({"link": {**AWAY, "why": "restart"}}, "restart", "sys.restart"),
        ({"link": {**AWAY, "state": "dead"}}, "dead", "sys.reload"),
        ({"back": {"n": 3, "at": "1"}, "savedAt": "1"}, "back", "save.back"),
        ({"refused": {"key": "a:7", "text": "x"}, "online": False}, "refused", "save.refused"),
        ({"refused": {"key": "p", "text": "x"}}, "refused", "save.refused.predict"),
        ({"held": False, "link": {**AWAY, "state": "dead"}}, "elsewhere", "pen.elsewhere"),
        ({"closing": True}, "closing", "time.closing"),
        ({"closing": True, "online": False, "pending": 1}, "waiting", "save.waiting"),
        ({"submitting": True}, "submitting", "submit.sending"),
        ({"submitting": True, "online": False}, "waiting", "submit.unsure"),
        ({"submitting": True, "link": {**AWAY, "trying": True}}, "waiting", "submit.unsure"),
        ({"submitWaits": True, "online": False, "pending": 1}, "waiting", "submit.offline"),
        ({"old": 2, "pending": 2}, "old", "save.old_queue"),
        ({"link": None}, "none", "save.none"),
    ],
)
def test_the_save_line_in_every_state(run: Run, facts: dict[str, Any], kind: str, key: str) -> None:
    line = run("saveline", "return m.saveLine(arg)", {**CALM, **facts})
    assert (line["kind"], line["key"]) == (kind, key)


def test_sentences_wait_their_turn_and_those_about_the_time_are_never_dropped(run: Run) -> None:
    body = """
      let now = 0; const timers = []; const said = [];
      const region = {set textContent(text) { if (text) said.push([now, text]); }};
      const a = new m.Announcer({polite: region, alert: region, now: () => now,
        setTimer: (f, ms) => { timers.push([now + ms, f]); return timers.length; },
        clearTimer: () => {}});
      const at = (ms) => { for (;;) {
        const due = timers.filter((one) => one && one[0] <= ms).sort((x, y) => x[0] - y[0])[0];
        if (!due) break; timers[timers.indexOf(due)] = null; now = due[0]; due[1](); } now = ms; };
      a.say('one'); at(500); a.say('two'); a.say('three'); a.keep('time'); a.keep('again');
      at(1000);
      a.alert('alert'); at(20000);
      return said;
    """
    assert run("announcer", body) == [
        [100, "one"],
        [1100, "alert"],
        [3100, "time"],
        [6100, "again"],
        [9100, "three"],
    ]
