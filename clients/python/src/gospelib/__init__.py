"""GospeLib for those who do research: chapters, search, words and their connections."""

from gospelib.client import Client
from gospelib.problem import Problem

__all__ = ["Client", "Problem"]
