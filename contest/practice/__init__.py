"""Luyện tập and thi thử: spaced repetition on a bank's facts, and mock papers.

Nothing here enters a round: learners, reviews and mock papers have tables of their own.
"""
