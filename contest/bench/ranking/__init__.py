"""`timhieu bench grading`: ranking millions of entries, beside DuckDB.

`data` makes the frame, `ours` and `duck` rank it, each in its own process (`side`), `compare` runs
both and refuses results that aren't the same, `marking` marks responses.
"""
