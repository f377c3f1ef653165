"""The dictionary of every table: columns, types, units, ranges and closed vocabularies.

Every stage takes tables and returns a table. What a column means stands here once; the checks of
`tables`, the documentation and the notebooks' column cards are made from it.

Conventions held by every table
-------------------------------
* Offsets are half-open character positions in the raw text of the article:
  ``raw[start:end] == surface``.
* Unknown is an answer: an unknown text is ``""``, an unknown whole number is ``<NA>``, an unknown
  measure is ``NaN`` and an unknown amount is ``None``. A bool is never unknown.
* Amounts are exact (`decimal.Decimal`); measures are floats and are never rounded in the data.
* Rows are in the order of the table's key, so equal input gives equal bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "int", "float", "bool", "exact"]

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "zone": (
        "headline", "subheadline", "byline", "date_line", "body", "section_heading", "caption",
        "interview_question", "interview_answer", "snippet", "teaser", "disclaimer", "credit", "furniture",
    ),
    "register": (
        "wire", "analysis", "opinion", "comic", "interview", "aggregation", "promotional", "unknown",
    ),
    "date_kind": ("", "machine_id", "record", "byline", "as_of", "dateline", "page_clock", "teaser", "file"),
    "voice": ("", "narrator", "speaker", "mixed"),
    "statement_kind": ("direct", "partial", "interview", "indirect", "scare", "title"),
    "name_kind": ("person", "organization", "country", "place", "unknown"),
    "name_rule": (
        "exact", "spelling", "surname", "given", "part", "initials", "acronym", "demonym", "capital", "alias",
        "alone", "ambiguous",
    ),
    "stance": ("states", "denies", "declines", "hedges", "doubts"),
    "speaker_kind": (
        "", "person", "office", "institution", "document", "anonymous", "outlet", "crowd", "unknown",
    ),
    "quantity_kind": (
        "cardinal", "ordinal", "range", "percent", "fraction", "money", "measure", "duration", "age", "rate",
        "date", "time", "year", "vague", "multiple", "identifier", "idiom",
    ),
    "bound": ("", "=", "~", ">", "<"),
    "trend": ("", "up", "down"),
    "status": ("", "happened", "claimed", "planned", "estimated", "hypothetical", "historical"),
    "measure": (
        "polarity", "event_valence", "subjectivity", "hedging", "loaded",
        "anger", "disgust", "fear", "joy", "sadness", "surprise",
        "register_wire", "register_analysis", "register_opinion", "register_comic", "register_promotional",
        "register_interview", "attitude", "charge",
    ),
    "attitude": ("negative", "neutral", "positive"),
    "tone_note": ("", "not enough text", "not English"),
    "passage_kind": ("copied", "edited", "paraphrased"),
    "lineage": ("", "copy", "boilerplate", "one article"),
    "direction": ("", "a to b", "b to a", "not decidable"),
    "dated": ("published", "said", "happened", "planned"),
    "verdict": ("real", "partly real", "false agreement", "unresolved", "apparent"),
    "conflict_kind": (
        "count", "update", "planned", "total", "open bound", "different population", "state",
        "false agreement",
    ),
    "figure_note": ("", "cut off, figure missing"),
    "claim_stance": ("asserts", "attributes", "hedges", "denies", "absent"),
    "omission_kind": ("claim", "denial"),
}  # fmt: skip


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


def _text(name: str, meaning: str, vocabulary: str = "") -> Column:
    return Column(name, "text", meaning, vocabulary)


def _at(name: str, meaning: str, nullable: bool = False) -> Column:
    return Column(name, "int", meaning, low=0, nullable=nullable)


def _share(name: str, meaning: str, low: float = 0.0, high: float = 1.0) -> Column:
    return Column(name, "float", meaning, low=low, high=high, nullable=True)


def _span(of: str, prefix: str = "", nullable: bool = False) -> tuple[Column, Column]:
    first, last = f"where {of} begins in the raw text", f"where {of} ends in the raw text (exclusive)"
    return _at(f"{prefix}start", first, nullable), _at(f"{prefix}end", last, nullable)


_ARTICLE = _text("article_id", "article, from the digest of its content (12 hexadecimal digits)")
_PART = _at("part_id", "part of the file, counted from 1")
_SENTENCE = _at("sentence_id", "sentence of the article, counted from 1")
_SURFACE = _text("surface", "the words themselves, raw[start:end]")

TABLES: dict[str, Table] = {
    "articles": Table("an article: a file, or one of those a file holds", ("article_id",), (
        _ARTICLE,
        _text("label", "short name for tables and figures, unique in the corpus"),
        _text("path", "file relative to the corpus folder, with forward slashes; in an archive, its member"),
        _at("position", "place in the file, counted from 1; empty when it is the whole file", nullable=True),
        _text("sha256", "digest of the file's bytes; of the text where a file holds several"),
        _text("format", "reader that understood the file"),
        _text("reader_version", "versions of what read it"),
        _text("encoding", "character encoding the bytes were decoded with; with ? when it was guessed"),
        _text("external_id", "name that the database or page gives the article"),
        _text("title", "headline, as written"),
        _text("subtitle", "line under the headline, as written"),
        _text("author", "by-line name, as written; several with semicolons"),
        _text("outlet", "publisher, as written; not the provider that carried it"),
        _text("provider", "who passed the text on: a database, an aggregator, a feed"),
        _text("section", "section of the outlet, as written"),
        _text("page", "page in print, as written"),
        _text("edition", "edition, as written"),
        _text("rights", "copyright line, as written"),
        _text("url", "address of the article, as written"),
        _text("published", "day of publication, ISO 8601; empty when nothing trustworthy says it"),
        _text("published_kind", "kind of the evidence for it", "date_kind"),
        *_span("the evidence for the day of publication", "published_", nullable=True),
        _text("updated", "day of the last update that the text or its record states, ISO 8601"),
        _text("page_date", "day shown by the page's own clock, ISO 8601; not a publication date"),
        _text("language", "ISO 639-1 code; empty when not recognized"),
        _text("repairs", "repairs that analysis needs, by name, with semicolons; raw is untouched"),
        _at("n_words", "words of article text (furniture, teasers and snippets not counted)"),
        _at("length_declared", "words, as the file states them", nullable=True),
        _text("duplicate_of", "article with the same text, or nearly; empty for the one that stands for all"),
        _share("similarity", "share of word runs in common with that article, 1 when the same text"),
        _text("raw", "the text as read, untouched; every offset points into it"),
    )),
    "parts": Table("a text inside a file", ("article_id", "part_id"), (
        _ARTICLE, _PART, *_span("the part"),
        _text("title", "first heading of the part, as written; empty when it has none"),
        _text("register", "way of writing as far as its shape shows it", "register"),
        Column("is_article_text", "bool", "false for a part that is not this article, such as a sidebar"),
        _at("n_words", "words on the part's article-text lines"),
    )),
    "lines": Table("a non-empty line", ("article_id", "line_no"), (
        _ARTICLE, _at("line_no", "line in the file, counted from 1, empty lines counted"), *_span("the line"),
        _text("zone", "what the line is", "zone"),
        _text("reason", "the named rule that decided the zone"), _PART,
        Column("is_article_text", "bool", "whether the line is text of the article itself"),
        Column("carries_claims", "bool", "whether what the line says may count as a claim about the event"),
    )),
    "dates": Table("a date the file shows about itself", ("article_id", "start", "place"), (
        _ARTICLE, *_span("the date", nullable=True),
        _text("place", "`text`; or the field of the record, or the file's name, where the date stands"),
        _text("surface", "the date as written there; in the text raw[start:end]"),
        _text("value", "the day, ISO 8601"),
        _text("kind", "what kind of evidence it is", "date_kind"),
        _at("rank", "1 is the strongest kind of evidence"),
        Column("is_update", "bool", "whether it is called an update, not the publication"),
        Column("is_used", "bool", "whether it decided `published`"),
        Column("is_conflict", "bool", "whether it names another day than `published`"),
    )),
    "sentences": Table("a sentence, or a heading that stands for one", ("article_id", "sentence_id"), (
        _ARTICLE, _SENTENCE, _at("line_no", "line the sentence stands on"), _PART, *_span("the sentence"),
        _text("zone", "zone of its line", "zone"),
        _text("voice", "whose words: filled by `mark_voices`, empty before", "voice"),
        Column("is_truncated", "bool", "whether the text breaks off, as search snippets do"),
        Column("carries_claims", "bool", "as in `lines`"),
        _text("text", "the words themselves, raw[start:end]"),
    )),
    "files": Table("a file that was found", ("path",), (
        _text("path", "file relative to the corpus folder; inside an archive, its member"),
        _text("format", "reader that took it; empty when none did"),
        _at("n_articles", "articles read from it"), _at("n_rejects", "rows of `rejects` it gave"),
        _text("note", "what was taken for what, and what was passed over"),
    )),
    "rejects": Table("something that could not be read", ("path", "position", "reason"), (
        _text("path", "file relative to the corpus folder"),
        _at("position", "place in the file: byte, line or record, by reader", nullable=True),
        _text("reason", "what is wrong"), _text("action", "what to do about it"),
    )),
    "names": Table("a mention of a name", ("article_id", "start"), (
        _ARTICLE, _SENTENCE, _PART, *_span("the name, without title, article and possessive"), _SURFACE,
        _text("entity", "whom it means, as most often written in the corpus or as listed; empty if unsure"),
        _text("kind", "what the entity is; a country also stands for its government and people", "name_kind"),
        _text("rule", "how mention and entity were linked", "name_rule"),
        _share("score", "how far the link is to be trusted: orders the rules, is no probability"),
    )),
    "statements": Table("a quotation or a piece of reported speech", ("article_id", "start", "end"), (
        _ARTICLE, _SENTENCE, _PART, *_span("what is said, without its marks"), _SURFACE,
        _text("kind", "scare quotes and titles are recognized and are nobody's statement", "statement_kind"),
        _text("speaker", "whose words, as first named in full in the text; empty when the text does not say"),
        *_span("the mention that names the speaker", "speaker_", nullable=True),
        _text("speaker_kind", "what the speaker is; unknown when the text does not say", "speaker_kind"),
        Column("is_checkable", "bool", "a reader could find out who the speaker is from what the text says"),
        _text("cue", "word that reports, as written"), *_span("the cue", "cue_", nullable=True),
        _text("via", "who passed it on, as written; empty when nobody stands between"),
        _text("stance", "what the speaker does with it; doubts also where the article does", "stance"),
        *_span("the words that show a stance other than states", "stance_", nullable=True),
        Column("is_doubted", "bool", "it is the article that doubts it (claimed without evidence)"),
    )),
    "quantities": Table("a numeric expression", ("article_id", "start", "end"), (
        _ARTICLE, _SENTENCE, _PART, *_span("the number"), _SURFACE,
        *_span("the whole phrase, with bound, unit and what is counted", "phrase_"),
        _text("kind", "identifiers and idioms are recognized so as not to be counted", "quantity_kind"),
        Column("value", "exact", "the amount, scale applied; empty for ranges and words without a number",
               nullable=True),
        Column("low", "exact", "smallest amount the words allow; empty when open", nullable=True),
        Column("high", "exact", "largest amount the words allow; empty when open", nullable=True),
        _text("bound", "= exact, ~ about, > at least or more than, < at most or less than", "bound"),
        *_span("the words that tell the bound", "bound_", nullable=True),
        _text("trend", "whether the words say it rises or falls", "trend"),
        *_span("the word that tells the trend", "trend_", nullable=True),
        Column("is_increment", "bool", "what is added or taken away, not the total reached", nullable=True),
        _text("unit", "canonical unit: ISO 4217 for money, SI or common symbol; empty for counts"),
        *_span("the unit as written", "unit_", nullable=True),
        _text("counted", "what is counted, as written"),
        *_span("what is counted", "counted_", nullable=True),
        _text("status", "whether it has happened, is claimed, planned …", "status"),
        _text("status_evidence", "the words that decided the status, as written; empty when none did"),
        *_span("those words", "status_", nullable=True),
        _text("attributed_to", "who gives the figure, by the text; empty when it does not say"),
        *_span("the mention that names who gives it", "attributed_", nullable=True),
        _text("via", "who passed it on; empty when nobody stands between"),
        _text("as_of", "the time the figure speaks of, ISO 8601 with its own precision; empty when unknown"),
        *_span("the words that date it", "as_of_", nullable=True),
    )),
    "tone": Table("a sentence", ("article_id", "sentence_id"), (
        _ARTICLE, _SENTENCE, _PART, *_span("the sentence"), _text("zone", "zone of its line", "zone"),
        _text("voice", "whose words", "voice"),
        _share("valence", "how good or bad it reads, -4 to 4: polarity + event_valence", -4.0, 4.0),
        _share("valence_low", "with valence_high: holds readers' mean rating 9 times of 10", -4.0, 4.0),
        _share("valence_high", "upper end of that interval", -4.0, 4.0),
        _share("polarity", "share of valence that the wording brings; up is more positive", -8.0, 8.0),
        _share("event_valence", "share of valence that words for what happened bring", -8.0, 8.0),
        _share("subjectivity", "share of words that show an opinion"),
        _share("hedging", "share of words that hold back certainty: the sum of the next four"),
        _share("hedging_epistemic", "may, likely, seems"),
        _share("hedging_attribution", "reportedly, is said to"),
        _share("hedging_approximation", "about 1,500"), _share("hedging_condition", "if, unless"),
        _share("hedging_vague", "some, many, critics, often: who, how many or how often stays open"),
        _share("loaded", "share of words with strong wording"),
        *(_share(name, f"share of words of {name}")
          for name in ("anger", "disgust", "fear", "joy", "sadness", "surprise")),
        *(Column(f"register_{name}", "float", f"evidence for the register {name}; up is more", nullable=True)
          for name in ("wire", "analysis", "opinion", "comic", "promotional", "interview")),
        _at("n_words", "words in the sentence"),
        _at("n_matched", "words with a weight in the word list of polarity and events"),
        _text("note", "why scores are missing; empty when they are not", "tone_note"),
    )),
    "registers": Table("a part and a register", ("article_id", "part_id", "register"), (
        _ARTICLE, _PART, _text("register", "a way of writing", "register"),
        Column("score", "float", "evidence a sentence above what plain prose shows; up is more"),
        _text("label", "the part's register; unknown when none leads clearly", "register"),
        _text("signs", "kinds of sign that weigh most, with their number"),
        _at("n_sentences", "sentences of the part that were read for signs"),
    )),
    "readability": Table("a part", ("article_id", "part_id"), (
        _ARTICLE, _PART, _at("n_sentences", "whole sentences of body and interviews"),
        _at("n_words", "their words; numbers are none"),
        Column("words_per_sentence", "float", "mean; up is longer", nullable=True),
        Column("syllables_per_word", "float", "mean, counted by rule; up is longer", nullable=True),
        Column("flesch", "float", "reading ease, about 0 to 100; down is harder", nullable=True),
        Column("flesch_kincaid", "float", "school years; up is harder", nullable=True),
        Column("smog", "float", "school years, from 30 sentences on; up is harder", nullable=True),
        Column("coleman_liau", "float", "school years, by letters; up is harder", nullable=True),
        _text("note", "why scores are missing; empty when they are not"),
    )),
    "targets": Table("a mention of a named target", ("article_id", "start"), (
        _ARTICLE, _SENTENCE, _PART, *_span("the mention"), _SURFACE,
        _text("entity", "as in `names`"), _text("kind", "as in `names`", "name_kind"),
        _text("zone", "zone of its line", "zone"), _text("voice", "whose words the sentence is", "voice"),
        Column("attitude", "float", "how the target comes off, about -1 to 1; up is better"),
        Column("charge", "float", "above 0: it more likely than not comes off in some way; up is more"),
        _text("label", "the more likely attitude", "attitude"),
        *_span("the stretch with the words that carry the attitude", "window_"),
        _text("words", "the up to three words that speak most for the label, with semicolons"),
    )),
    "cues": Table("a word or phrase that moved a score", ("article_id", "start", "end", "measure", "rule"), (
        _ARTICLE, _SENTENCE, *_span("the word"), _SURFACE,
        _text("measure", "which score it moved", "measure"),
        Column("weight", "float", "what it added to the score; a sentence's weights sum to its score"),
        _text("rule", "word list entry or named rule that applied"),
    )),
    "figures": Table("a claim with a number, in one article", ("slot", "article_id", "start"), (
        _text("slot", "what is counted, brought to one form across articles"),
        _ARTICLE, _SENTENCE, _PART, *_span("the number"), _SURFACE,
        _text("counted", "what is counted, as written"),
        _text("unit", "canonical unit; empty for counts"),
        Column("value", "exact", "the amount, scale applied; empty for ranges and vague words",
               nullable=True),
        Column("low", "exact", "smallest amount the words allow; empty when open", nullable=True),
        Column("high", "exact", "largest amount the words allow; empty when open", nullable=True),
        _text("bound", "as in `quantities`", "bound"), _text("status", "as in `quantities`", "status"),
        _text("state", "how those counted are now, such as in training; empty when the text does not say"),
        _text("attributed_to", "who gives the figure, by the text"), _text("via", "who passed it on"),
        _text("as_of", "as in `quantities`"),
        _text("place", "where, by the sentence: the nearest name of a place; empty when it names none"),
        Column("is_increment", "bool", "as in `quantities`", nullable=True),
        _text("claim_id", "the claim it tells: one slot, one amount, one claimant; empty without a slot"),
        _text("note", "whether the text breaks off where the number stood", "figure_note"),
    )),
    "conflicts": Table("two tellings of one figure that differ or only seem to agree",
                       ("slot", "article_a", "start_a", "article_b", "start_b"), (
        _text("slot", "as in `figures`"),
        _text("article_a", "article of the first telling"), _at("start_a", "start of its number"),
        _at("end_a", "end of its number"),
        _text("article_b", "article of the second telling"), _at("start_b", "start of its number"),
        _at("end_b", "end of its number"),
        _text("claim_a", "claim of the first telling, as in `figures`"), _text("claim_b", "of the second"),
        _text("verdict", "what the difference amounts to", "verdict"),
        _text("kind", "what kind of difference it is", "conflict_kind"),
        _text("reason", "why, in one sentence"),
    )),
    "timeline": Table("a date in the text", ("article_id", "start", "end", "what"), (
        _ARTICLE,
        _at("sentence_id", "sentence of the article; empty for the date of the article", nullable=True),
        *_span("the date as written", nullable=True), _SURFACE,
        _text("what", "what is dated", "dated"),
        _text("date", "ISO 8601 in its own precision; --MM-DD without a year, empty when only pointed at"),
        _text("first_day", "first day it may mean; empty when unknown"),
        _text("last_day", "last day it may mean; empty when unknown"),
        Column("is_relative", "bool", "year or day were found from the day of publication"),
    )),
    "words": Table("a group of articles and a word that was compared", ("group", "word"), (
        _text("group", "the articles that share this value, such as those of one outlet"),
        _text("word", "the word, case aside"),
        _at("n_group", "times the group uses it"), _at("n_rest", "times all other articles use it"),
        _at("n_articles", "articles of the group that use it"),
        Column("per_1000_words", "float", "times in a thousand words of the group", low=0),
        Column("per_1000_words_rest", "float", "times in a thousand words of the others", low=0),
        Column("log_odds", "float", "above 0 the group uses it more; see `compare_words`"),
        Column("low", "float", "where its 95 % interval begins"),
        Column("high", "float", "where its 95 % interval ends"),
        _share("q_value", "false discoveries among the words at least as far from 0"),
        _share("stability", "resamples of the articles in which it stays among the first 20 of its group"),
        Column("is_distinctive", "bool", "used more, and neither by chance nor by one article alone"),
        _text("article_id", "where the group has it first; empty when it never uses it"),
        *_span("that place", nullable=True),
    )),
    "claims": Table("a telling of a claim, or its absence, in one article",
                    ("claim_id", "article_id", "start"), (
        _text("claim_id", "the claim, named by where the wording that stands for it begins"),
        _text("claim", "the wording that stands for it, verbatim"),
        _text("claim_article", "article of that wording"), *_span("that wording", "claim_"),
        _ARTICLE, _at("sentence_id", "sentence of the article; empty when absent", nullable=True),
        _at("part_id", "part of the file; empty when absent", nullable=True),
        *_span("the telling", nullable=True), _SURFACE,
        _text("stance", "what the article does with the claim", "claim_stance"),
        _text("speaker", "who says so, by the text; empty when it does not say"),
        _share("score", "mean alikeness to the other tellings; if absent, of the nearest sentence"),
        _text("matched_article", "article of the telling most alike to it"),
        *_span("that telling", "matched_", nullable=True),
        _share("match_score", "how alike that one is"),
        _text("answers", "claims that a denial answers, with semicolons"),
    )),
    "omissions": Table("a claim or a denial that an article leaves out",
                       ("claim_id", "kind", "article_id"), (
        _text("claim_id", "as in `claims`"), _text("claim", "as in `claims`"),
        _text("claim_article", "as in `claims`"), *_span("that wording", "claim_"),
        _text("article_id", "article that leaves it out"),
        _text("kind", "the claim itself, or the denial of a claim that the article tells", "omission_kind"),
        _at("n_articles", "articles that tell the claim, or the denial"),
        _share("nearest_score", "how alike the nearest sentence of the article is"),
        _text("denial", "the denial elsewhere, verbatim"), _text("denial_article", "its article"),
        *_span("the denial", "denial_", nullable=True), _text("denied_by", "who denies it"),
    )),
    "passages": Table("two passages that share wording", ("article_a", "start_a", "article_b", "start_b"), (
        _text("article_a", "article of the first"), _at("start_a", "its start"), _at("end_a", "its end"),
        _text("article_b", "article of the second"), _at("start_b", "its start"), _at("end_b", "its end"),
        _text("kind", "how close the wording is", "passage_kind"),
        _share("similarity", "share of words in common, 1 when the same word for word"),
        _at("n_words", "words in the shorter passage"),
        _at("passage_id", "passage, counted from 1: rows about the same words have the same", nullable=True),
        _at("n_articles", "articles that carry it", nullable=True),
        _text("lineage", "what it is: shared inside one article, an outlet's boilerplate, or a copy", "lineage"),
        _text("agency_a", "agencies that the first article credits"),
        _text("agency_b", "agencies that the second article credits"),
        _text("direction", "which can have been the model, where the days of publication decide it", "direction"),
        _text("reason", "why lineage and direction are what they are"),
    )),
    "events": Table("an article, with the event it tells of", ("article_id",), (
        _ARTICLE,
        Column("event_id", "int", "event, counted from 1 by the day of its first article", low=1),
        Column("n_articles", "int", "articles that tell of it, this one included", low=1),
        _text("nearest", "article most like it, of its event if it has others; empty for the only article"),
        _share("likeness", "likeness to that article; NaN for the only article"),
        _text("shared_words", "words it shares with others of its event, the most telling first"),
        _text("shared_names", "names it shares with them, by entity"),
        _text("shared_figures", "figures it shares with them, as written here"),
        _text("shared_dates", "days it speaks of as they do, ISO 8601"),
        _text("reason", "why it stands where it stands, in one sentence"),
    )),
}  # fmt: skip
