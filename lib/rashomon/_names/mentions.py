"""Find what is written as a name in one sentence: take runs apart into offices, institutions and people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon._names.listed import HEADS, LANGUAGE, Run, find_listed, is_plain, stands_for
from rashomon._names.lists import Known, Phrases
from rashomon._names.runs import find_runs
from rashomon._names.tokens import Sentence, Word

_NEAR = 7  # words after a name within which its office may stand: "Ann Gray, the long-time mayor"
_MAX_ACRONYM = 6
_OWNER = 8  # words of the longest country name, which may stand before a body as its owner


@dataclass(frozen=True, slots=True)
class Piece:
    """A name in a sentence, with what its surroundings say about it.

    Attributes
    ----------
    start, end : int
        Half-open span in the sentence.
    second : int
        Where its second word begins; its end when there is none.
    words : tuple of str
        Its words as written, hyphens kept.
    kind : str
        What the surroundings show: a kind of name, or empty.
    known : Known or None
        What a listed name stands for.
    title : str
        Office right before the name, in lower case.
    owner : str
        Country right before an institution.
    is_uncertain : bool
        Whether its place at the beginning of a sentence explains the first capital.
    is_subject : bool
        Whether a verb or a possessive follows, as after a name; a common noun would have an article.
    has_article : bool
        Whether "the" stands before it.
    """

    start: int
    end: int
    second: int
    words: tuple[str, ...]
    kind: str = ""
    known: Known | None = None
    title: str = ""
    owner: str = ""
    is_uncertain: bool = False
    is_subject: bool = False
    has_article: bool = False


def find_pieces(sentence: Sentence, phrases: Sequence[Phrases]) -> list[Piece]:
    """Find the names of a sentence.

    Parameters
    ----------
    sentence : Sentence
        As `read_sentence` gives it. In title case only listed names are found.
    phrases : sequence of Phrases
        Listed names, the strongest list first.

    Returns
    -------
    list of Piece
        In order, never overlapping.
    """
    listed = find_listed(sentence, phrases)
    pieces: list[Piece] = []
    if sentence.is_title_case:
        pieces = [_listed_piece(sentence, span, known) for span, known in listed.items()]
    else:
        ends = dict(listed.keys())
        for run in find_runs(sentence, listed):
            near = range(max(0, run[0] - _OWNER), run[1])
            pieces += _take_apart(
                sentence, run, {(i, ends[i]): listed[i, ends[i]] for i in near if i in ends}
            )
    return [piece for piece in pieces if not (piece.known and piece.known.rule == LANGUAGE)]


def _take_apart(sentence: Sentence, run: Run, listed: Mapping[Run, Known]) -> Iterator[Piece]:
    """Part a run at its offices."""
    words, i = sentence.words, run[0]
    title = _title_before(words, i)
    while i < run[1]:
        end = i
        while end < run[1] and not (office_end := _office_at(words, run, end, listed)):
            end += 1
        if end > i:
            yield from _name_segment(sentence, (i, end), listed, title)
        if end == run[1]:
            return
        title = next(
            (w.key for w in reversed(words[end:office_end]) if w.has("title", "honorific", "carrier")), ""
        )
        i = office_end


def _title_before(words: Sequence[Word], first: int) -> str:
    """Give the office in lower case right before a run: "spokesman Dmitry", "news agency Yonhap"."""
    if not first or not words[first].gap.isspace() or words[first - 1].is_possessive:
        return ""
    return words[first - 1].key if words[first - 1].has("title", "carrier") else ""


def _office_at(words: Sequence[Word], run: Run, i: int, listed: Mapping[Run, Known]) -> int:
    """Give the end of an office that begins at word `i`, or 0: "First Deputy Minister of Foreign Affairs"."""
    if any(first <= i < last for first, last in listed):
        return 0
    starts = {first for first, _ in listed}
    k, end = i, 0
    while k < run[1] and k not in starts:
        word = words[k]
        is_carrier = k > i and word.has("carrier") and words[i].key in ("news", "press") and k + 1 < run[1]
        if (
            word.has("title", "honorific")
            or is_carrier
            or (end and word.has("portfolio") and k == end > i + 1)
        ):
            end = k + 1
        elif end and word.key in ("of", "for", "and") and k + 1 < run[1] and words[k + 1].has("portfolio"):
            k, end = k + 1, k + 2
        elif not word.has("title_modifier"):
            break
        k += 1
    is_surname = end == run[1] and end - i == 1 and i > run[0] and words[i].has("surname_too")
    return 0 if is_surname and is_plain(words[i - 1]) else end


def _name_segment(sentence: Sentence, run: Run, listed: Mapping[Run, Known], title: str) -> Iterator[Piece]:
    """Name what stands between two offices: an institution with its owner, a person, listed names."""
    words, (first, last) = sentence.words, run
    inside = {span: known for span, known in listed.items() if first <= span[0] and span[1] <= last}
    free = [i for i in range(first, last) if not any(a <= i < b for a, b in inside)]
    head = next((i for i in reversed(free) if words[i].has("state_body")), -1)
    if head >= 0 and not (head == last - 1 and len(free) == 1):
        is_closed = not any(word.has("connector") for word in words[head:last])
        if is_closed and last - head > 2:  # "European Commission Ursula von der Leyen"
            yield from _name_segment(sentence, (first, head + 1), listed, title)
            yield from _name_segment(sentence, (head + 1, last), listed, "")
        else:
            yield from _state_body(sentence, run, listed)
    elif kind := _shown_by_head(words, run, inside, free, title):
        yield _piece(sentence, run, kind)
    else:
        yield from _plain_segments(sentence, run, inside, title)


def _state_body(sentence: Sentence, run: Run, listed: Mapping[Run, Known]) -> Iterator[Piece]:
    """Part a body of state from its country, for each has one: "South Korean", "Ministry of Defense"."""
    words, (first, last) = sentence.words, run
    start, owner = first, ""
    for (a, b), known in sorted(listed.items()):
        if (
            known.kind == "country"
            and b < last
            and (a == start or (b == first and words[b - 1].is_possessive))
        ):
            owner = known.entity
            if a == start:
                yield _listed_piece(sentence, (a, b), known)
                start = b
    if last - start > 1:
        yield _piece(sentence, (start, last), "organization", owner=owner)


def _shown_by_head(
    words: Sequence[Word], run: Run, inside: Mapping[Run, Known], free: Sequence[int], title: str
) -> str:
    """Give the kind that a last word such as "Airlines", "River" or "War" shows; empty when none does."""
    first, last = run
    final = words[last - 1]
    if last - first > 1 and last - 1 in free and not (final.has("surname_too") and (title or not inside)):
        for kind, name in (("organization", "body"), ("place", "place_head"), ("unknown", "thing_head")):
            if final.has(name) and (kind == "organization" or not title):  # King Abdullah II
                of_country = any(k.kind == "country" and k.rule != "capital" for k in inside.values())
                return "" if kind == "unknown" and of_country else kind  # "Ukraine War" names Ukraine
    if any(words[k].has("body") and k + 1 < last and words[k + 1].key == "of" for k in free):
        return "organization"
    return "organization" if any(words[k].gap.strip() == "&" for k in range(first + 1, last)) else ""


def _plain_segments(sentence: Sentence, run: Run, inside: Mapping[Run, Known], title: str) -> Iterator[Piece]:
    words, i = sentence.words, run[0]
    starts = {span[0]: span for span in inside}
    while i < run[1]:
        if i in starts:
            yield _listed_piece(sentence, starts[i], inside[starts[i]])
            i, title = starts[i][1], ""
            continue
        first, last = i, i
        while last < run[1] and last not in starts:
            last += 1
        i = last
        while (
            first < last
            and not words[first].is_capital
            and not words[first].has("particle", "glued_particle")
        ):
            first += 1
        while first < last and _is_loose(words[last - 1]):
            last -= 1
        before_listed = i in starts and first < last and words[first].has("direction")  # "Eastern Ukraine"
        lone = last - first == 1 and words[first].has("small", "direction", "name_opener", "carrier", *HEADS)
        if first < last and not before_listed and not lone:
            yield _piece(sentence, (first, last), "", title=title)
        title = ""


def _is_loose(word: Word) -> bool:
    is_small = word.has("small") and not word.has("given_small", "inside_name") and not word.is_glued
    return is_small or (word.has("connector") and not word.is_capital)


def _listed_piece(sentence: Sentence, span: Run, known: Known) -> Piece:
    meant = stands_for(sentence, span, known)
    return Piece(*_place(sentence, span), meant.kind, meant)


def _piece(sentence: Sentence, run: Run, kind: str, *, title: str = "", owner: str = "") -> Piece:
    words, (first, last) = sentence.words, run
    before = words[first - 1] if first and words[first].gap.isspace() else None
    kind = kind or _kind_shown(sentence, run, title, before)
    return Piece(
        *_place(sentence, run),
        kind,
        title=title if kind == "person" else "",
        owner=owner,
        is_uncertain=words[first].is_first and not title,
        is_subject=words[last - 1].is_possessive or (last < len(words) and words[last].has("sentence_verb")),
        has_article=before is not None and before.key == "the",
    )


def _place(sentence: Sentence, run: Run) -> tuple[int, int, int, tuple[str, ...]]:
    """Give start, end, start of the second word, and the words as written, those tied by hyphens in one."""
    inner = sentence.words[run[0] : run[1]]
    written: list[str] = []
    for word in inner:
        if written and word.is_glued:
            written[-1] += f"-{word.text}"
        else:
            written.append(word.text)
    end = inner[-1].end
    second = next((word.start for word in inner[1:] if not word.is_glued), end)
    return inner[0].start, end, second, tuple(written)


def _kind_shown(sentence: Sentence, run: Run, title: str, before: Word | None) -> str:
    """Give the kind that office, shape or preposition show; empty when they do not."""
    inner = sentence.words[run[0] : run[1]]
    text = sentence.text[inner[0].start : inner[-1].end]
    if title:
        is_carrier = sentence.words[run[0] - 1].has("carrier") and not sentence.words[run[0] - 1].has("title")
        return "organization" if is_carrier else "person"
    if len(inner) == 1 and text.isupper() and text.isalpha() and 2 <= len(text) <= _MAX_ACRONYM:
        return "organization"
    if any(char.isdigit() for char in text):
        return "unknown"
    if len(inner) > 1 and not (before and before.key == "the"):
        has_syllable = inner[-1].is_glued and not inner[-1].is_capital  # Kim Jong-un
        has_particle = any(word.has("particle") and not word.is_capital for word in inner)
        if has_syllable or has_particle or any(len(word.text) == 1 for word in inner):
            return "person"
    if _has_office_after(sentence.words, run[1]):
        return "person"
    return "place" if before and before.has("place_after") and len(inner) < 3 else ""


def _has_office_after(words: Sequence[Word], at: int) -> bool:
    """Say whether an office follows a comma: ", the mayor of Lintown"."""
    if at >= len(words) or words[at].gap.strip() != "," or words[at - 1].is_possessive:
        return False
    for word in words[at : at + _NEAR]:
        if word is not words[at] and word.gap.strip(" '’-"):
            return False
        if word.has("title"):
            return True
    return False
