"""Find what is written as a name in one sentence: listed names, and runs of capitalized words taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon._names.lists import Known, Phrases, is_small, listed_names, words_of
from rashomon._names.tokens import Sentence, Word

Run = tuple[int, int]  # first and last + 1 word
_INITIAL = re.compile(r"[^\W\d_]")
_NEAR_WORDS = 7  # after a name, how far its office may stand: "Ann Gray, the long-time mayor"


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
    known = _find_known(sentence, phrases)
    if sentence.is_title_case:
        return [_known_piece(sentence, span, found) for span, found in known.items()]
    starts = {span[0]: span for span in known}
    pieces: list[Piece] = []
    for run in _find_runs(sentence, starts):
        pieces += _take_apart(sentence, run, known)
    return pieces


def _find_known(sentence: Sentence, phrases: Sequence[Phrases]) -> dict[Run, Known]:
    found: dict[Run, Known] = {}
    i = 0
    while i < len(sentence.words):
        match = next(
            (m for p in phrases if (m := p.match(sentence.bare, i, shouted=sentence.is_shouted))), None
        )
        span = (i, i + match[0]) if match else (i, i)
        is_whole = all(_is_joined(sentence.words, k, over="'s") for k in range(i + 1, span[1]))
        if match and is_whole and not _is_other(sentence, span, match[1]):
            found[span] = match[1]
            i = span[1]
            continue
        i += 1
    return found


def _is_other(sentence: Sentence, span: Run, known: Known) -> bool:
    """Say whether a listed form is a person's name, part of a word or a language here."""
    words, (first, last) = sentence.words, span
    if known.rule == "alias":
        return False
    if known.rule == "part":  # "the North", not "North Street" or "up North"
        goes_on = last < len(words) and _is_joined(words, last) and words[last].is_capital
        return goes_on or not first or words[first - 1].key != "the"
    if first and words[first].is_glued and words[first - 1].is_capital and len(words[first - 1].text) > 1:
        return not _is_listed(sentence, first - 1)
    if known.rule == "demonym" and first and words[first - 1].key in ("in", "into", "speak", "speaks", "spoke"):
        following = words[last] if last < len(words) else None
        return following is None or not following.gap.isspace() or is_small(following.key)
    if sentence.is_title_case or last - first > 1 or words[first].key not in words_of("given_too"):
        return False
    before = first > 0 and _is_joined(words, first) and _is_plain(sentence, first - 1)
    after = last < len(words) and _is_joined(words, last) and _is_plain(sentence, last)
    if before:
        return words[first - 1].key not in words_of("direction") and not words[first - 1].is_first
    return after and not (first and words[first - 1].key in words_of("locative"))


def _is_listed(sentence: Sentence, i: int) -> bool:
    return listed_names().match(sentence.bare, i) is not None


def _is_plain(sentence: Sentence, i: int) -> bool:
    """Say whether a word looks like part of a personal name."""
    word = sentence.words[i]
    return (
        word.is_capital
        and not is_small(word.key)
        and not any(word.key in words_of(name) for name in _HEADS)
        and not word.text.isupper()
    )


_HEADS = ("title", "honorific", "title_modifier", "state_body", "body", "place_head", "thing_head")


def _is_joined(words: Sequence[Word], i: int, over: str = "") -> bool:
    """Say whether word `i` belongs with the one before: only spaces, a hyphen or an abbreviation's dot between."""
    gap, before = words[i].gap, words[i - 1]
    if "\n" in gap or (before.is_possessive and not over):
        return False
    if gap.isspace() or words[i].is_glued or (over and gap[:1] in "'’" and gap[1:].isspace()):
        return True
    is_short = _INITIAL.fullmatch(before.text) or before.key in words_of("abbreviation")
    return (gap.startswith(".") and (not gap[1:] or gap[1:].isspace()) and bool(is_short)) or gap.strip() == "&"


def _find_runs(sentence: Sentence, known: dict[int, Run]) -> Iterator[Run]:
    words = sentence.words
    i = 0
    while i < len(words):
        first = i
        while True:
            step = _step(sentence, known, first, i)
            if not step:
                break
            i = step
        if i > first:
            yield first, i
        else:
            i += 1


def _step(sentence: Sentence, known: dict[int, Run], first: int, i: int) -> int:
    """Give the word after what joins the run at word `i`; 0 when the run ends before it."""
    words = sentence.words
    if i >= len(words) or (i > first and not _is_joined(words, i)):
        return 0
    if i in known:
        return known[i][1]
    word = words[i]
    if word.is_capital:
        return i + 1 if _can_name(sentence, first, i) else 0
    nxt = i + 1
    if nxt < len(words) and _is_joined(words, nxt):
        is_tied = words[nxt].is_glued and word.key in words_of("glued_particle")
        if words[nxt].is_capital and nxt not in known and not is_small(words[nxt].key):
            if is_tied or (word.key in words_of("particle") and not words[nxt].is_glued):
                return nxt + 1
        if word.key in words_of("particle") and word.key not in ("st", "as", "an", "at", "do", "y", "la", "le"):
            deep = _step(sentence, known, nxt, nxt) if not words[nxt].is_capital and i - first < 6 else 0
            if deep:
                return deep
    if i == first:
        return 0
    if word.is_glued and words[i - 1].is_capital:
        if word.key.isdigit():
            return i + 1
        tail = word.key in words_of("compound_tail") or word.key.endswith(("ed", "ing"))
        return 0 if tail or i - first < 2 or i - 1 in known else i + 1
    if word.key in words_of("connector") and _opens_group(words, first, i):
        nxt += nxt < len(words) and words[nxt].key == "the"
        if nxt < len(words) and words[nxt].is_capital and words[nxt].gap.isspace():
            return known[nxt][1] if nxt in known else nxt + 1
    return 0


def _opens_group(words: Sequence[Word], first: int, i: int) -> bool:
    """Say whether "of", "for", "and" … at word `i` goes on with the name of a body or an office."""
    keys = [word.key for word in words[first:i]]
    after = words[i + 1].key if i + 1 < len(words) else ""
    is_office = keys[-1] in words_of("title") and words[i].key in ("of", "for")
    if is_office or after in words_of("state_body"):
        return is_office and after in words_of("portfolio")
    if (words[i].key == "of" and keys[-1] in words_of("state_body") | words_of("body")):
        return True
    has_group = any(key in words_of("group_head") | words_of("title") for key in keys)
    if words[i].key == "and":
        nxt = words[i + 1] if i + 1 < len(words) else None
        in_list = {"of", "for", "on"} & set(keys) or keys[-1] in words_of("portfolio")
        return has_group and bool(in_list) and nxt is not None and not nxt.text.isupper()
    return keys[-1] in words_of("group_head") and words[i].key in ("for", "on")


def _can_name(sentence: Sentence, first: int, i: int) -> bool:
    word, words = sentence.words[i], sentence.words
    if len(word.text) == 1:  # an initial: "J. Smith"; not "A" or "I"
        return i + 1 < len(words) and words[i + 1].gap.startswith(".") and words[i + 1].is_capital
    if not is_small(word.key):
        return True
    if word.key in words_of("calendar_name") and i > first:  # Theresa May; not "On May 3"
        return not (i + 1 < len(words) and words[i + 1].text[0].isdigit())
    if i > first:
        return word.is_glued or word.key in words_of("direction") or word.key in ("house", "state", "god")
    follows = i + 1 < len(words) and _is_joined(words, i + 1) and words[i + 1].is_capital
    return follows and (word.key in words_of("direction") or word.key in ("new", "old", "great", "prime", "house", "state") or (word.key in ("will", "may", "april", "june", "august") and not word.is_first))


def _take_apart(sentence: Sentence, run: Run, known: dict[Run, Known]) -> Iterator[Piece]:
    """Part a run at its offices: "U.S. Defense Secretary Lloyd Austin"."""
    words, title, i = sentence.words, _title_before(sentence, run[0]), run[0]
    while i < run[1]:
        end = i
        while end < run[1] and not (title_end := _office_at(sentence, run, end, known)):
            end += 1
        if end > i:
            yield from _name_segment(sentence, (i, end), known, title)
        if end >= run[1]:
            return
        names = words_of("title") | words_of("honorific") | words_of("carrier")
        title = next((word.key for word in reversed(words[end:title_end]) if word.key in names), "")
        i = title_end


def _title_before(sentence: Sentence, first: int) -> str:
    """Give the office in lower case right before a run: "spokesman Dmitry", "news agency Yonhap"."""
    if not first or not _is_spaced(sentence.words, first):
        return ""
    key = sentence.words[first - 1].key
    return key if key in words_of("title") | words_of("carrier") else ""


def _is_spaced(words: Sequence[Word], i: int) -> bool:
    return words[i].gap.isspace() and not words[i - 1].is_possessive


def _office_at(sentence: Sentence, run: Run, i: int, known: dict[Run, Known]) -> int:
    """Give the end of an office that begins at word `i`, or 0."""
    words = sentence.words
    if any(a <= i < b for a, b in known):
        return 0
    k, last = i, 0
    while k < run[1] and not any(a == k for a, _ in known):
        key = words[k].key
        if key in words_of("title") | words_of("honorific") or (key in words_of("carrier") and k + 1 < run[1] and run[1] - k <= 3 and words[i].key in (
            "news", "press", "state", key)):
            last = k + 1
        elif last and key in ("of", "for", "and", "the") and k + 1 < run[1]:
            k += 1
            if words[k].key == "the":
                k += 1
            if k >= run[1] or words[k].key not in words_of("portfolio"):
                break
            last = k + 1
        elif last and key in words_of("portfolio") and words[k - 1].key in words_of("portfolio") | {"and"}:
            last = k + 1
        elif key not in words_of("title_modifier"):
            break
        k += 1
    if not last:
        return 0
    is_surname = last == run[1] and last - i == 1 and i > run[0] and words[i].key in words_of("surname_too")
    return 0 if is_surname and _is_plain(sentence, i - 1) else last


def _name_segment(sentence: Sentence, run: Run, known: dict[Run, Known], title: str) -> Iterator[Piece]:
    """Name what stands between two offices: an institution with its owner, a person, listed names."""
    words, (first, last) = sentence.words, run
    inside = {span: found for span, found in known.items() if first <= span[0] and span[1] <= last}
    free = [i for i in range(first, last) if not any(a <= i < b for a, b in inside)]
    head = next((i for i in reversed(free) if words[i].key in words_of("state_body")), -1)
    if head >= 0 and not (head == last - 1 and len(free) == 1):
        after = last - head - 1
        if not any(words[k].key in words_of("connector") for k in range(head, last)) and after >= 2:
            yield from _name_segment(sentence, (first, head + 1), known, title)
            yield from _name_segment(sentence, (head + 1, last), known, "")
            return
        start = first
        owner = ""
        for span, found in sorted(inside.items()):
            if span[0] == start and found.kind == "country" and span[1] < last:
                yield _known_piece(sentence, span, found)
                start, owner = span[1], found.entity
        if not owner:
            owner = _possessor(sentence, first, known)
        if last - start > 1 or not free:
            yield _piece(sentence, (start, last), "organization", owner=owner)
        return
    final = words[last - 1].key
    if last - first > 1 and last - 1 in free and not (final in words_of("surname_too") and title):
        for kind, name in (("organization", "body"), ("place", "place_head"), ("unknown", "thing_head")):
            if final not in words_of(name) or (final in words_of("surname_too") and not inside and name != "body"):
                continue
            owned = [s for s, found in inside.items() if found.kind == "country" and found.rule != "capital"]
            if kind == "unknown" and owned:
                break
            yield _piece(sentence, run, kind)
            return
    if any(words[k].key in words_of("body") and k + 1 < last and words[k + 1].key == "of" for k in free):
        yield _piece(sentence, run, "organization")
        return
    if any(words[k].gap.strip() == "&" for k in range(first + 1, last)):
        yield _piece(sentence, run, "organization")
        return
    yield from _plain_segments(sentence, run, inside, title)


def _plain_segments(
    sentence: Sentence, run: Run, inside: dict[Run, Known], title: str
) -> Iterator[Piece]:
    words = sentence.words
    i = run[0]
    starts = {span[0]: span for span in inside}
    while i < run[1]:
        if i in starts:
            span = starts[i]
            yield _known_piece(sentence, span, inside[span])
            i, title = span[1], ""
            continue
        end = i
        while end < run[1] and end not in starts:
            end += 1
        first, last = i, end
        while first < last and not words[first].is_capital and words[first].key not in words_of("particle"):
            first += 1
        while first < last and (
            (is_small(words[last - 1].key) and words[last - 1].key not in words_of("calendar_name") and not words[last - 1].is_glued)
            or words[last - 1].key in words_of("connector")
        ):
            last -= 1
        if first < last and words[first].key in words_of("direction") and end in starts:
            first = last
        if first < last and not _is_bare_head(words[first:last]):
            yield _piece(sentence, (first, last), "", title=title if i == run[0] else "")
        i = end


def _is_bare_head(words: Sequence[Word]) -> bool:
    """Say whether words are no name alone: "Press", "Council", "First"."""
    return len(words) == 1 and any(words[0].key in words_of(name) for name in (*_HEADS, "direction", "carrier"))


def _possessor(sentence: Sentence, first: int, known: dict[Run, Known]) -> str:
    """Give the country whose possessive stands right before: "South Korea's National Assembly"."""
    return next(
        (
            found.entity
            for (_, end), found in known.items()
            if end == first and found.kind == "country" and sentence.words[first - 1].is_possessive
        ),
        "",
    )


def _known_piece(sentence: Sentence, span: Run, known: Known) -> Piece:
    words, (first, last) = sentence.words, span
    if known.rule == "capital" and known.place and _is_place(sentence, span):
        known = Known(known.place, "place", "exact")
    return Piece(
        words[first].start,
        words[last - 1].end,
        _second(sentence, span),
        _written_words(sentence, span),
        known.kind,
        known,
    )


def _is_place(sentence: Sentence, span: Run) -> bool:
    """Say whether a capital is only a place: "in Seoul", "SEOUL –", "a London court", "Paris, France"."""
    words, (first, last) = sentence.words, span
    rest = sentence.text[words[last - 1].end :]
    before = words[first - 1] if first else None
    if not sentence.is_title_case and words[first].text.isupper() and len(words[first].text) > 3:
        return True
    if first == 0 and re.match(r"\s*(?:[–—(]|-\s|,\s[A-Z])", rest):
        return True
    if re.match(r",\s[A-Z]", rest) and _is_listed(sentence, last):
        return True
    if before is None or not words[first].gap.isspace() or words[last - 1].is_possessive:
        return False  # "in Moscow's war"
    if before.is_possessive or before.key in ("a", "an", "the", "its", "his", "her", "their", "our", "my"):
        return True
    if before.key in words_of("place_after") or before.key in words_of("direction"):
        return True
    if before.key in ("to", "from", "for", "left", "visited", "visit", "visiting"):
        return before.key not in ("to", "from", "for") or any(
            word.key in words_of("motion") for word in words[max(0, first - 4) : first - 1]
        )
    return False


def _piece(sentence: Sentence, run: Run, kind: str, *, title: str = "", owner: str = "") -> Piece:
    words, (first, last) = sentence.words, run
    before = words[first - 1].key if first and words[first].gap.isspace() else ""
    if not kind:
        kind = _kind_shown(sentence, run, title, before)
    return Piece(
        words[first].start,
        words[last - 1].end,
        _second(sentence, run),
        _written_words(sentence, run),
        kind,
        None,
        title if kind == "person" else "",
        owner,
        words[first].is_first and not title,
        words[last - 1].is_possessive or (last < len(words) and words[last].key in words_of("sentence_verb")),
        before == "the",
    )


def _kind_shown(sentence: Sentence, run: Run, title: str, before: str) -> str:
    words, (first, last) = sentence.words, run
    if title in words_of("title") | words_of("honorific"):
        return "person"
    if title:
        return "organization"
    inner = words[first:last]
    text = sentence.text[inner[0].start : inner[-1].end]
    if len(inner) == 1 and text.isupper() and text.isalpha() and 2 <= len(text) <= 6:
        return "organization"
    if any(char.isdigit() for char in text):
        return "unknown"
    if len(inner) > 1 and before != "the":
        if inner[0].is_capital and inner[-1].is_glued and not inner[-1].is_capital:
            return "person"
        if any(not w.is_capital and w.key in words_of("particle") for w in inner) or any(
            _INITIAL.fullmatch(w.text) for w in inner
        ):
            return "person"
    if last < len(words) and words[last].gap.strip() == "," and not inner[-1].is_possessive:
        for word in words[last : last + _NEAR_WORDS]:
            if word is not words[last] and not (word.gap.isspace() or word.is_glued) and not word.gap.startswith(("'", "’")):
                break
            if word.key in words_of("title") and not word.is_capital:
                return "person"
    if before in words_of("place_after") and len(inner) < 3:
        return "place"
    return ""


def _second(sentence: Sentence, run: Run) -> int:
    words, (first, last) = sentence.words, run
    return next((w.start for w in words[first + 1 : last] if not w.is_glued), words[last - 1].end)


def _written_words(sentence: Sentence, run: Run) -> tuple[str, ...]:
    """Give the words of a name as written, those tied by hyphens in one."""
    written: list[str] = []
    for word in sentence.words[run[0] : run[1]]:
        if written and word.is_glued:
            written[-1] += f"-{word.text}"
        else:
            written.append(word.text)
    return tuple(written)
