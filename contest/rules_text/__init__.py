"""The thể lệ in Vietnamese, written from the rules file: what is announced is what is computed."""

from contest.rules_text.articles import articles
from contest.rules_text.model import Article, Items, Table

__all__ = ["Article", "Items", "Table", "articles"]
