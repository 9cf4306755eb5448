"""Rehearsals: the real pages before the opening, in a folder of their own that is wiped."""
