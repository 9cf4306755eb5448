"""What people ask the organisers to look into: a forgotten code, a wrong question, a result."""

OUTCOMES = ("accepted", "declined", "done")
"""What may become of a claim: it is right, it isn't, or what it asks for is done."""
