"""Closing a round: one path from the last answer to the published result."""
