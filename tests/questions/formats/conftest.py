"""Files made by code, with the constructs that offices' files have."""

from tests.questions.conftest import folder

__all__ = ["folder"]
