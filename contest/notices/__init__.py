"""Notices: what organisers tell contestants on the pages and on open papers."""
