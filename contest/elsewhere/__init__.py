"""Results from what was gathered elsewhere: on paper, or in another system.

`sheet` reads the CSV file, `cells` single cells, `attempts` puts the rows of each attempt together,
`gathered` makes of them what `contest.results` makes of stored rows.
"""
