"""The small bank of the tests above, to be edited."""

from tests.questions.conftest import folder

__all__ = ["folder"]
