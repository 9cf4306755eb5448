"""Rulings (quyết định xử lý): what organisers decide about questions, people, time and rules.

Each is a row of the organisers' chain, numbered 1, 2 … over the whole contest; nothing is ever
changed or taken out. `models` says what each kind holds, `force` what holds at a moment, `decided`
what grading takes from them, `propose` what may be ruled, `service` how to rule.
"""
