"""A paper's result by topic, as its contestant may see it."""
