"""`/chung-nhan/<text>`: what a certificate says, and whether this contest signed it.

Nothing but the text itself and the contest's key is looked at: no database, no person's data.
"""

from __future__ import annotations

from contest.papers.signed import LONGEST, PATH, NotCertified, private_key, verified
from contest.secret_files import CERTIFICATE, secret
from contest.serving.messages import text
from contest.serving.page import Page

ADDRESS = rf"{PATH}([A-Za-z0-9_-]{{1,{LONGEST}}})"


class CertificatePage(Page):
    """Shows a signed certificate; anything else is told to be none, with status 404."""

    async def get(self, shown: str) -> None:
        folder = self.service.directory.secrets
        certificate = None
        # Looking must not make a key: without one, nothing was ever signed.
        if (folder / CERTIFICATE).exists():
            key = private_key(secret(folder, CERTIFICATE)).public_key()
            try:
                certificate = verified(shown, key)
            except NotCertified:
                certificate = None
        if certificate is None:
            self.set_status(404)
        name = self.service.rounds.known().rules.contest.title
        heading = text("certificate.title" if certificate else "certificate.none.title")
        page = {
            "title": heading,
            "name": name,
            "round": None,
            "band": self.shared.band,
            "lang": "vi",
            "links": [],
        }
        self.write(
            self.shared.render(
                "certificate", page, self.now, heading=heading, certificate=certificate
            )
        )
