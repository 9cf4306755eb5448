"""What the commands of `timhieu` do, one module each; `contest.cli` only reads arguments."""
