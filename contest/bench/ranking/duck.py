"""DuckDB's side: the same ranking in SQL, on two threads."""

from __future__ import annotations

import duckdb
import pandas as pd

from contest.bench.ranking.data import PEOPLE_KEYS, UNIT_KEYS, Entries

THREADS = 2

_COUNTED = """
create temp table counted as
select person, unit, attempt, score, abs(prediction - $true_value) as error, duration, submitted
from (
    select *, row_number() over (partition by person order by score desc, duration, attempt) as nth
    from entries
) where nth = 1
"""

_PEOPLE = """
create table people as
select rank, person, attempt, score, error, duration, submitted, {decided} as decided_by
from (
    select *, rank() over keys as rank, row_number() over listed as nth, {neighbours}
    from counted
    window keys as (order by score desc, error, duration, submitted),
        listed as (order by score desc, error, duration, submitted, person)
)
order by nth
"""

_UNITS = """
create table units as
select rank, unit, people, attempts, share, mean, {decided} as decided_by
from (
    select *, rank() over keys as rank, row_number() over listed as nth, {neighbours}
    from (
        select u.unit, coalesce(e.people, 0) as people, coalesce(e.attempts, 0) as attempts,
            coalesce(e.people, 0) / u.headcount as share,
            coalesce(c.total / c.scored, 0) as mean
        from headcounts u
        left join (
            select unit, count(*) as people, sum(n)::bigint as attempts
            from (select unit, person, count(*) as n from entries group by unit, person)
            group by unit
        ) e using (unit)
        left join (
            select unit, sum(score)::double as total, count(*) as scored from counted group by unit
        ) c using (unit)
    )
    window keys as (order by share desc, people desc, mean desc, attempts desc),
        listed as (order by share desc, people desc, mean desc, attempts desc, unit)
)
order by nth
"""


def rank(given: Entries) -> dict[str, pd.DataFrame]:
    """Return people and units, ranked; the tables stay in DuckDB until they are compared."""
    connection = connect(given)
    run(connection, given.true_value)
    return tables(connection)


def connect(given: Entries) -> duckdb.DuckDBPyConnection:
    """Return a connection that sees the frame in memory."""
    connection = duckdb.connect(config={"threads": THREADS})
    connection.register("entries", given.frame)
    counts = {"unit": range(len(given.headcount)), "headcount": given.headcount}
    connection.register("headcounts", pd.DataFrame(counts))
    return connection


def run(connection: duckdb.DuckDBPyConnection, true_value: int) -> None:
    """Make the tables `people` and `units`."""
    connection.execute(_COUNTED, {"true_value": true_value})
    names = dict(zip(("score", "error", "duration", "submitted"), PEOPLE_KEYS, strict=True))
    connection.execute(_filled(_PEOPLE, names))
    names = dict(zip(("share", "people", "mean", "attempts"), UNIT_KEYS, strict=True))
    connection.execute(_filled(_UNITS, names))


def tables(connection: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Return what `run` made."""
    return {name: connection.table(name).df() for name in ("people", "units")}


def _filled(sql: str, names: dict[str, str]) -> str:
    """Put in which key decided: compared with the row above, in the first row with the next."""
    neighbours = ", ".join(
        f"lag({column}) over listed as above_{column}, lead({column}) over listed as below_{column}"
        for column in names
    )
    cases = []
    for column, key in names.items():
        other = f"case when nth = 1 then below_{column} else above_{column} end"
        cases.append(f"when {column} <> {other} then '{key}'")
    return sql.format(neighbours=neighbours, decided=f"case {' '.join(cases)} else 'tie' end")
