"""What the thể lệ says about practice."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from questions.strict import Strict

BankName = Annotated[str, Field(pattern=r"^(kit:[a-z0-9_]+|[^/\\].*)$")]
"""`kit:` and the name of one of the kit's banks, or a folder in the contest's."""

KIT = "kit:"


class Practice(Strict):
    """Luyện tập and thi thử beside the contest; nothing of it enters a ranking.

    Attributes
    ----------
    bank : str or None
        The bank to practise on. None: the contest's own if it is one of the kit's, which are
        public, else there is no practice.
    closed_during_rounds : bool
        Practice is closed while a window of any round is open.
    mock : bool
        Whether mock papers are offered.
    """

    enabled: StrictBool = True
    bank: BankName | None = None
    closed_during_rounds: StrictBool = True
    mock: StrictBool = True

    def bank_beside(self, own: str) -> str | None:
        """Return the name of the practice bank, given the contest's; None: no practice."""
        if not self.enabled:
            return None
        return self.bank or (own if own.startswith(KIT) else None)
