"""Results that anybody can compute again: the bundle of a contest, and its check."""
