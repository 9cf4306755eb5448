"""Load benches: contestants in numbers against this server and its rivals, on this machine only.

What each bench measures stands in docs/benchmarks.md. Needs the pip extra `bench`.
"""
