"""Files of a receipt, for whoever may see it: its picture; and for its owner, certificates."""

from __future__ import annotations

import asyncio

from tornado.web import HTTPError

from contest.app import band_of
from contest.messages import text as contest_text
from contest.papers.signed import private_key
from contest.secret_files import CERTIFICATE, secret
from contest.serving.messages import text
from contest.serving.outcome import certificates, confirmed_result
from contest.serving.receipt import Lookup, Receipt
from contest.serving.receipt_image import Drawn, draw

CODE = r"/bien-nhan/([0-9A-Za-z-]{9,16})"

_drawing = asyncio.Semaphore(1)
"""Pictures and certificates take a processor for a moment: one after the other."""


class ReceiptImage(Receipt):
    """`/bien-nhan/<code>.png`: the receipt as a picture to keep, the name as on the page."""

    async def get(self, typed: str) -> None:
        view, owner = await self.found(typed)
        words = self.words(view, owner, over=False)
        rules = view.frozen.rules
        band = await band_of(self.service, rules)
        prediction = None
        if words["predicted"]:
            said = words["prediction"]
            prediction = text("receipt.prediction", so=said) if said else None
        title = "receipt.title" if words["submitted"] else "receipt.expired"
        drawn = Drawn(
            band=contest_text(band) if band else "",
            contest=rules.contest.title,
            round=view.frozen.round.title,
            title=text(title),
            attempt=text("receipt.attempt", n=words["number"], gio=words["ended"]),
            label=text("receipt.code"),
            code=words["code"],
            url=self.url_of(view.record.receipt),
            name=words["name"],
            unit=", ".join(one for one in (words["unit"], words["above"]) if one),
            received=text("receipt.received", n=words["received"], tong=words["questions"]),
            prediction=prediction or "",
        )
        async with _drawing:
            data = await asyncio.to_thread(draw, drawn)
        name = f"bien-nhan-{view.record.receipt}.png"
        self.set_header("Content-Type", "image/png")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(data)


class CertificateFile(Receipt):
    """`/bien-nhan/<code>/giay-chung-nhan-<n>.pdf`: the owner's certificate, once it was issued."""

    async def get(self, typed: str, number: str = "1") -> None:
        view, owner = await self.found(typed)
        found = []
        if owner and await self.is_over(view) and await confirmed_result(self, view):
            found = await certificates(self, view)
        if not 1 <= int(number) <= len(found):
            raise HTTPError(404)
        issued, certificate, _ = found[int(number) - 1]
        directory = self.service.directory
        key = private_key(secret(directory.secrets, CERTIFICATE))

        def made() -> bytes:
            # Loaded late: nobody needs it before results are confirmed.
            from contest.papers.certificates import Look, files, logo_of

            logo = logo_of(directory.path, issued.documents)
            look = Look(issued.documents, issued.marks, issued.as_of, logo)
            (data,) = files([certificate], look, key)
            return data

        async with _drawing:
            data = await asyncio.to_thread(made)
        name = f"giay-chung-nhan-{certificate.number.split('/')[0]}.pdf"
        self.set_header("Content-Type", "application/pdf")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(data)


RECEIPT_PAGES: list[tuple[str, type]] = [
    ("/tra-cuu", Lookup),
    (CODE, Receipt),
    (rf"{CODE}\.png", ReceiptImage),
    (rf"{CODE}/giay-chung-nhan-([0-9]{{1,2}})\.pdf", CertificateFile),
]
"""Looking a receipt up, the receipt, and its files."""
