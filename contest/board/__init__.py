"""The public leaderboard: what it may show, its figures, and the process that works them out."""
