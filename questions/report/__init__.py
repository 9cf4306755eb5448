"""Telling about a bank: where a question comes from, what the bank consists of."""
