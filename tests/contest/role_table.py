"""Which role may do what, as the tests expect it."""

from __future__ import annotations

TABLE = """
              author secretary head viewer marker
see_state     x      x         x    x      -
see_results   -      x         x    x      -
see_bank      x      x         x    -      -
write_bank    x      -         -    -      -
preview       x      x         x    -      -
notice        -      x         x    -      -
new_code      -      x         x    -      -
extra_time    -      x         x    -      -
claims        -      x         x    -      -
close         -      x         x    -      -
judge         -      x         x    -      -
rule          -      x         x    -      -
papers        -      x         x    -      -
confirm       -      -         x    -      -
publish       -      x         x    -      -
people        -      -         x    -      -
mark          -      -         -    -      x
own_password  x      x         x    x      x
contacts      -      x         x    -      -
"""
"""Written down a second time on purpose: a change must be meant."""

HEADER, *ROWS = (line.split() for line in TABLE.strip().splitlines())
