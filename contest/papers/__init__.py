"""The contest's documents: lists, minutes, decision, report, certificates."""
