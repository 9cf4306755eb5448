"""The `documents:` section of the rules: who signs, under which head, with which numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from questions.strict import Date, Id, Strict, Text

FormName = Literal["state", "party", "youth"]
"""Head and number of a document: of State bodies, of the Party, of the Youth Union."""

Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]

Address = Annotated[str, Field(pattern=r"^https?://[^\s/?#]+(?:/[^\s?#]*)?$", max_length=120)]
"""`https://thi.example.vn`, without a question mark or fragment."""


class Signer(Strict):
    """Who signs; what isn't known is left to be filled in by hand.

    Attributes
    ----------
    authority : str or None
        For whom: as `TM.` and the body.
    post, host_post : str or None
        The post in the committee, and the one in the host body, written below it.
    name : str or None
        Without titles.
    """

    authority: Text | None = None
    post: Text | None = None
    host_post: Text | None = None
    name: Text | None = None


class Signers(Strict):
    """The people who sign: the head, the chair and the secretary of the meeting, who counted."""

    head: Signer = Signer()
    chair: Signer = Signer()
    secretary: Signer = Signer()
    compiler: Signer = Signer()


class Issued(Strict):
    """Number (without its symbol, `05`) and date of one document."""

    number: Annotated[str, Field(pattern=r"^[0-9]{1,6}$")] | None = None
    date: Date | None = None


class Meeting(Strict):
    """The meeting that settles the results; times as they shall be written (`8 giờ 00`)."""

    place: Text | None = None
    begins: Text | None = None
    ends: Text | None = None
    members: tuple[Text, ...] = ()
    agreed: Text | None = None


class Targets(Strict):
    """What was aimed at, in each round; `units`: people by unit id."""

    people: Count | None = None
    attempts: Count | None = None
    units: dict[Id, Count] = Field(default_factory=dict)


class Previous(Strict):
    """Figures of an earlier contest to compare with."""

    title: Text
    people: Count | None = None
    attempts: Count | None = None


class Certificates(Strict):
    """Who is given a certificate, and what stands on it.

    Attributes
    ----------
    who : str
        `winners`, `share` (at least `share` of the paper's points) or `all` who are ranked.
    share : Decimal
        0 to 1.
    first_number : int
        Number of the first certificate in the register.
    symbol : str or None
        What follows the number: `GCN-BTC`.
    address : str or None
        Where the contest's pages are, for the check page; without it the QR holds the text alone.
    logo : str or None
        A PNG or JPEG file in the contest's folder; None: the one that the pages show.
    """

    who: Literal["winners", "share", "all"] = "winners"
    share: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.8")
    first_number: Annotated[int, Field(strict=True, ge=1, le=10_000_000)] = 1
    symbol: Text | None = None
    address: Address | None = None
    logo: Annotated[str, Field(pattern=r"^[^/\\].*\.(?:png|jpg|jpeg)$")] | None = None


class Documents(Strict):
    """How the contest's documents look and who answers for them. Everything may be left out.

    Attributes
    ----------
    form : str
        `state` (Nghị định 30/2020/NĐ-CP), `party` (Hướng dẫn 36-HD/VPTW) or `youth`.
    superior, body : str or None
        The two lines of the head at the left; without `body`, the contest's organiser.
    symbol : str
        The body's part of a number: `BTC` in `05/QĐ-BTC`.
    place : str or None
        Where documents are dated.
    decision, minutes, report : Issued
        Number and date of each.
    bases : tuple of str
        What the decision rests on, each without its closing sign.
    proposal : str or None
        On whose proposal: `Tổ Thư ký Cuộc thi`.
    receivers : tuple of str
        Who receives the decision and the report.
    archive : str
        Where it is filed: `VT, BTC`.
    """

    form: FormName = "state"
    superior: Text | None = None
    body: Text | None = None
    symbol: Annotated[str, Field(pattern=r"^[A-Z\u01100-9]+(?:-[A-Z\u01100-9]+)*$")] = "BTC"
    place: Text | None = None
    decision: Issued = Issued()
    minutes: Issued = Issued()
    report: Issued = Issued()
    bases: tuple[Text, ...] = ()
    proposal: Text | None = None
    receivers: tuple[Text, ...] = ()
    archive: Text = "VT"
    signers: Signers = Signers()
    meeting: Meeting = Meeting()
    targets: Targets = Targets()
    previous: Previous | None = None
    certificates: Certificates = Certificates()
