"""What a table is made of: columns by kind, and those that many tables share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "int", "float", "bool", "exact"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind, meaning, and what values it may hold."""

    name: str
    kind: Kind
    meaning: str
    vocabulary: str = ""
    low: float | None = None
    high: float | None = None
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, the columns in order, and the key that orders and identifies rows."""

    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def text(name: str, meaning: str, vocabulary: str = "") -> Column:
    """Describe a column of words."""
    return Column(name, "text", meaning, vocabulary)


def at(name: str, meaning: str, nullable: bool = False) -> Column:
    """Describe a whole number from 0: a place or a count."""
    return Column(name, "int", meaning, low=0, nullable=nullable)


def share(name: str, meaning: str, low: float = 0.0, high: float = 1.0) -> Column:
    """Describe a measure within bounds, NaN when unknown."""
    return Column(name, "float", meaning, low=low, high=high, nullable=True)


def span(of: str, prefix: str = "", nullable: bool = False) -> tuple[Column, Column]:
    """Describe two columns, where something begins and ends in the raw text."""
    first, last = f"where {of} begins in the raw text", f"where {of} ends in the raw text (exclusive)"
    return at(f"{prefix}start", first, nullable), at(f"{prefix}end", last, nullable)


ARTICLE = text("article_id", "article, from the digest of its content (12 hexadecimal digits)")
PART = at("part_id", "part of the file, counted from 1")
SENTENCE = at("sentence_id", "sentence of the article, counted from 1")
SURFACE = text("surface", "the words themselves, raw[start:end]")
