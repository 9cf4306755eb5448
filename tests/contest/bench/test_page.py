"""What Chromium's network events add up to."""

from __future__ import annotations

import base64
from typing import Any

from contest.bench.page import SLOW, Traffic, VisitFigures, sooner

OWN = "127.0.0.1:8866"


def request(traffic: Traffic, id_: str, url: str) -> None:
    """Let a request be made, with 20 bytes of headers."""
    traffic._request({"requestId": id_, "request": {"url": url}})
    traffic._headers({"requestId": id_, "headers": {"a" * 8: "b" * 8}})


def frame(payload: str, opcode: int) -> dict[str, Any]:
    """Return the event of a websocket's frame."""
    return {"requestId": "ws", "response": {"payloadData": payload, "opcode": opcode}}


def test_both_ways_are_counted_as_compressed() -> None:
    """Headers sent, and what came over the line."""
    traffic = Traffic(OWN)
    request(traffic, "1", f"http://{OWN}/thi")
    traffic._finished({"requestId": "1", "encodedDataLength": 1000.0})
    assert traffic.figures(0.5) == VisitFigures(1, 1020, 0, 0.5)


def test_answer_that_is_still_coming_counts_as_far_as_it_has_come() -> None:
    """And once, when it is complete."""
    traffic = Traffic(OWN)
    request(traffic, "1", f"http://{OWN}/thi")
    traffic._data({"requestId": "1", "encodedDataLength": 300})
    traffic._data({"requestId": "1", "encodedDataLength": 300})
    assert traffic.figures(1).bytes == 620
    traffic._finished({"requestId": "1", "encodedDataLength": 700.0})
    assert traffic.figures(1).bytes == 720


def test_what_comes_from_the_cache_costs_nothing() -> None:
    """From memory or from disk."""
    traffic = Traffic(OWN)
    for id_ in ("1", "2"):
        request(traffic, id_, f"http://{OWN}/{id_}.js")
    traffic._from_cache({"requestId": "1"})
    traffic._response({"requestId": "2", "response": {"fromDiskCache": True}})
    assert traffic.figures(1) == VisitFigures(0, 0, 0, 1)


def test_third_parties_are_other_hosts_and_ports() -> None:
    """Whether they answer or not; a data: address is nobody."""
    traffic = Traffic(OWN)
    request(traffic, "1", "https://cdn.example/x.js")
    request(traffic, "2", "http://127.0.0.1:1/x.js")
    traffic._request({"requestId": "3", "request": {"url": "data:image/png;base64,AA"}})
    found = traffic.figures(1)
    assert (found.requests, found.third_party) == (2, 2)


def test_websocket_is_one_request_with_its_frames() -> None:
    """Text as UTF-8, binary as it is."""
    traffic = Traffic(OWN)
    traffic._socket({"requestId": "ws", "url": f"ws://{OWN}/api"})
    traffic._frame(frame("đ", 1))
    traffic._frame(frame(base64.b64encode(b"12345").decode(), 2))
    assert traffic.figures(1) == VisitFigures(1, 7, 0, 1)


class Session:
    """Remembers what Chromium is told."""

    def __init__(self) -> None:
        self.told: dict[str, dict[str, Any]] = {}

    def send(self, method: str, params: dict[str, Any]) -> None:
        """Remember a command."""
        self.told[method] = params


def test_slow_is_400_kbit_and_400_ms_on_a_sixth_of_the_processor() -> None:
    """Throughput goes to Chromium in bytes a second, both ways."""
    session = Session()
    SLOW.apply(session)  # type: ignore[arg-type]
    assert session.told == {
        "Network.emulateNetworkConditions": {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 50_000,
            "uploadThroughput": 50_000,
        },
        "Emulation.setCPUThrottlingRate": {"rate": 6},
    }


def test_sooner_is_told_by_visit() -> None:
    """Stock's time divided by ours."""
    ours = {"first": {"visible_s": 5.0}, "second": {"visible_s": 2.0}}
    stock = {"first": {"visible_s": 100.0}, "second": {"visible_s": 13.0}}
    assert sooner({"timhieu": ours, "stock": stock}) == {"first": 20.0, "second": 6.5}
