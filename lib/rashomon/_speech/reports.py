"""Find the words that report: who (subject), by which word (cue), and what is reported (contents).

Works on one sentence at a time, as tokens; a quotation is one token. Closed word classes and a list of
reporting verbs, no model. What it cannot read it leaves out.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from rashomon._speech.according import is_named_after, read_according, read_noted_by, read_relay
from rashomon._speech.contents import (
    after_circumstances,
    content_after,
    content_before,
    find_that,
    is_aside,
    is_circumstance,
    is_infinitive,
    names_something,
)
from rashomon._speech.cues import Cue, choose_cue, cue_forms, is_cue, narrow_menace
from rashomon._speech.ends import before_main_clause, before_main_verb
from rashomon._speech.hearsay import hearsay_at, read_passive
from rashomon._speech.nouns import read_noun
from rashomon._speech.paragraphs import is_sentence
from rashomon._speech.phrases import (
    MAX_PHRASE,
    Span,
    Token,
    head_of,
    is_abbreviation_point,
    is_name_too,
    is_plural,
    phrase_after,
    phrase_before,
    words_of,
)
from rashomon._speech.report import Report, make_report
from rashomon._speech.stances import with_stance
from rashomon._speech.subjects import before_verb, opening_subject, subject_before

_BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
_NO_SUBJECT = frozenset(["preposition", "adverb", "auxiliary", "boundary", "time", "addressee"])
_OTHERS = frozenset(["according", "per", "citing", "quoting"])
_SHORTENED = frozenset(["'s", "'re", "'m"])
_HELPERS = frozenset(["auxiliary", "adverb", "negation"])
_DO = frozenset(["do", "does", "did", "don't", "doesn't", "didn't"])


def find_reports(tokens: Sequence[Token], first: int, last: int) -> list[Report]:
    """Find the reports of one sentence.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    first, last : int
        The sentence: first and last + 1 token.

    Returns
    -------
    list of Report
        In the order of their cues. One without contents is a bare "Gray asked."
    """
    reporting = _reporting_words()
    places = [i for i in range(first, last) if tokens[i].lower in reporting]
    if not places:
        return []
    while last > first and tokens[last - 1].kind == "mark" and tokens[last - 1].text not in ")]%":
        last -= 1
    is_title_case = _is_title_case(tokens[first:last])
    found: list[Report] = []
    for i in places:
        token = tokens[i]
        report: Report | None = None
        if token.lower == "according" and i + 1 < last and tokens[i + 1].lower == "to":
            report = read_according(tokens, (i, i + 2), first, last)
        elif token.lower == "per" and i > first and i + 1 < last and is_named_after(tokens, i):
            report = read_according(tokens, (i, i + 1), first, last)
        elif "hearsay" in token.classes:
            report = hearsay_at(tokens, (i, i + 1), first, last)
        elif token.lower in ("citing", "quoting") and found and tokens[i - 1].text == ",":
            found[-1] = read_relay(tokens, i, last, found[-1])
        elif is_cue(token) and (is_title_case or i == first or not token.is_capital):
            report = _read_verb(tokens, i, first, last, found)
        if report is None and "reporting_noun" in token.classes:
            report = read_noun(tokens, i, first, last)
            if report and any(report.contents[0][0] in (a, b) for r in found for a, b in r.contents):
                continue  # "expressed concern that" is read already
        is_passive = is_title_case and token.lower.endswith("ed")  # headline: "Boats Confirmed Sold"
        if report is None or (is_passive and "object" in report.frames):
            continue
        is_inside = any(a <= i < b for other in found for a, b in other.contents)
        if not (report.is_hearsay and is_inside):
            found.append(report)
    return [with_stance(tokens, first, last, report) for report in _cut_contents(tokens, found)]


@functools.cache
def _reporting_words() -> frozenset[str]:
    """Give every word that can report; most words of a text cannot, and are passed over."""
    return _OTHERS | cue_forms() | words_of("hearsay") | words_of("reporting_noun")


def _is_title_case(tokens: Sequence[Token]) -> bool:
    words = [t.is_capital for t in tokens if t.kind == "word" and len(t.text) > 3]
    return len(words) > 2 and sum(words) >= 0.8 * len(words)


def _read_verb(
    tokens: Sequence[Token], i: int, first: int, last: int, found: Sequence[Report]
) -> Report | None:
    """Read the report around a reporting verb at token `i`."""
    cue = choose_cue(tokens, i, last)
    if cue is None:
        return None
    after = i + 1 + bool(cue.particle)
    if "naming" in cue.frames and not names_something(tokens, after, last):
        cue = cue._replace(frames=cue.frames - {"naming"})
    j = before_verb(tokens, i, first)
    helpers = [t for t in tokens[j + 1 : i] if t.classes & _HELPERS or t.is_manner]
    words = {token.lower for token in helpers}
    is_negated = any("negation" in token.classes for token in helpers)
    is_modal = any("modal" in token.classes for token in helpers)
    if cue.form in ("past", "participle"):
        if words & _BE:
            return read_passive(tokens, (i, after), j, first, last, cue)
        if j >= first and tokens[j].lower == "as" and after < last and tokens[after].lower == "by":
            return read_noted_by(tokens, i, first, last, cue)
    if j > first and tokens[j].lower == "to":
        if not tokens[j - 1].classes & {"goes_on"}:
            return None  # "plans to announce": not yet said
        j = before_verb(tokens, j - 1 - (tokens[j - 1].lower == "on"), first)  # "went on to say"
        cue = cue._replace(form="infinitive")
    if cue.form == "participle" and not helpers:
        return None
    is_grudging = after < last and tokens[after].lower == "only"  # "would say only that"
    if is_modal and not is_negated and "will" not in words and not is_grudging:
        return None  # "could say", "would argue": nobody has said it
    cue = cue._replace(stance="declines") if is_negated and cue.stance == "states" else cue
    if is_negated and "speaks" in tokens[i].classes:
        cue = cue._replace(frames=frozenset({"silence"}))  # "did not respond to questions"
    if cue.form == "ing" and not words & (_BE | _SHORTENED):
        return _read_participle(tokens, i, after, first, last, cue, found)
    apposed = subject_before(tokens, j, first) if j >= first and tokens[j].text == "," else None
    is_apposed = apposed is not None and (
        apposed[0] == first or tokens[apposed[0] - 1].kind == "quote" or tokens[apposed[0] - 1].text == ","
    )
    if cue.form in ("third", "past") and not helpers and not is_apposed and cue.frames & {"clause", "quote"}:
        report = _read_inverse(tokens, i, after, first, last, cue)
        if report is not None:
            return report
    subject = subject_before(tokens, j, first)
    if subject is None and j > first and tokens[j].lower in ("and", "but", "then"):
        subject = found[-1].subject if found else opening_subject(tokens, first, j)
    subject = _without_verb(tokens, subject) if subject else None
    if subject is None or not _can_speak(tokens, subject):
        return None
    if cue.form == "base" and not (is_modal or words & _DO or is_plural(tokens, subject)):
        k = subject[0] - 1
        while k > first and tokens[k].classes & {"preposition", "determiner"}:
            k -= 1
        joined = phrase_before(tokens, k, first) if k > first and tokens[k].lower == "and" else None
        if joined is None:
            return None
        subject = joined[0], subject[1]  # "Voters in Norland and around the world say"
    cue = narrow_menace(cue, tokens, head_of(tokens, subject), after, last)
    return _read_active(tokens, subject, (i, after), first, last, cue)


def _read_active(
    tokens: Sequence[Token], subject: Span, at: Span, first: int, last: int, cue: Cue
) -> Report | None:
    """Read "X said (that) …" and "…, X said", and both: "…, X said, …"."""
    if "silence" in cue.frames and "speaks" in tokens[at[0]].classes:  # "did not respond to questions"
        start = at[1] + 1 if at[1] + 1 < last and "preposition" in tokens[at[1]].classes else at[0]
        return make_report(tokens, at, subject, [(start, last)], cue)
    if "document" in cue.frames and "document" in head_of(tokens, subject).classes:
        cue = cue._replace(frames=cue.frames | {"clause"})  # "the poll shows the mayor ahead"
    after = at[1] + (cue.lemma == "put" and at[1] < last and tokens[at[1]].lower == "it")
    begins_with_quote = tokens[first].kind == "quote" and subject[0] == first + 1
    has_that = find_that(tokens, after, last) is not None
    is_asked = "to" in cue.frames and is_infinitive(tokens, after, last, is_told="clause" in cue.frames)
    has_that = has_that or is_asked
    is_at_end = begins_with_quote or (not has_that and is_circumstance(tokens, after, last, cue))
    goes_on = after_circumstances(tokens, after, last, cue)
    is_inside = not has_that and goes_on < last and tokens[goes_on].text in ",–—"
    if (is_at_end or is_inside) and cue.frames & {"clause", "that", "quote", "person"}:
        begin = min(subject[0], at[0])
        left = content_before(tokens, first, begin)
        is_comma = goes_on < last and tokens[goes_on].text == ","
        is_followed = is_comma and not is_aside(tokens, goes_on + 1, last)
        is_led_in = left is None and begin > first + 1 and tokens[begin - 1].text == ","
        if begin > first and tokens[begin - 1].lower == "as":
            cue = cue._replace(frames=cue.frames | {"clause"})  # "as Gray put it, …", "…, as Gray put it"
            is_last = begin - 2 > first and (
                tokens[begin - 2].text == "," or tokens[begin - 2].kind == "quote"
            )
            left = (first, begin - 1 - (tokens[begin - 2].text == ",")) if is_last else None
            if not is_last and is_comma and begin - 1 == first and goes_on + 1 < last:
                return make_report(tokens, at, subject, [(goes_on + 1, last)], cue)
        if is_led_in and is_comma and goes_on + 3 < last:  # "In time, he said, it will open"
            left, is_followed = (first, begin - 1), not tokens[goes_on + 1].lower.endswith("ing")
        if left is not None:
            contents = [left]
            if is_followed:
                rest = (goes_on + 1, last)
                if _is_only_quoted(tokens, left, rest):
                    return make_report(tokens, at, subject, [rest], cue)
                has_quote = any(t.kind == "quote" for t in (*tokens[slice(*left)], *tokens[slice(*rest)]))
                # "The plan, Gray said, is dead": one content around the words that report it
                contents = [left, rest] if has_quote else [(left[0], last)]
            return make_report(tokens, at, subject, contents, cue)
        if is_at_end:
            return make_report(tokens, at, subject, [], cue) if cue.frames & {"clause", "quote"} else None
    right = content_after(tokens, after, last, cue)
    if right is None:
        return None
    if subject[0] == first + 1 and "boundary" in tokens[first].classes:
        right = before_main_clause(tokens, right)
    j = before_verb(tokens, at[0], first)
    if j > first and tokens[j].lower == "who":
        right = before_main_verb(tokens, right)
    return make_report(tokens, at, subject, [right], cue)


def _is_only_quoted(tokens: Sequence[Token], left: Span, rest: Span) -> bool:
    """Say whether only what follows is said: "When it rained, she replied, “So what?”"."""
    if tokens[rest[0]].kind != "quote" or not is_sentence(tokens, rest[0]):
        return False
    return "boundary" in tokens[left[0]].classes and not any(t.kind == "quote" for t in tokens[slice(*left)])


def _read_inverse(
    tokens: Sequence[Token], i: int, after: int, first: int, last: int, cue: Cue
) -> Report | None:
    """Read "…, says Gerry": the verb first, then who."""
    opens_late = i == first or tokens[i - 1].kind == "quote" or tokens[i - 1].text in ",?!–—"
    if not opens_late or after >= last or tokens[after].kind != "word":
        return None
    is_quoted = i > first and tokens[i - 1].kind == "quote"
    opens_phrase = tokens[after].is_capital or tokens[after].classes & {
        "determiner",
        "title",
        "agent",
        "pronoun",
    }
    if not (opens_phrase or (is_quoted and not tokens[after].classes & _NO_SUBJECT)):
        return None
    end = after
    while end < last and end - after < MAX_PHRASE:
        token = tokens[end]
        if "preposition" in token.classes and token.lower not in ("of", "for", "from", "at"):
            break
        if (token.kind != "word" and not is_abbreviation_point(tokens, end)) or "boundary" in token.classes:
            break
        if "auxiliary" in token.classes or (is_cue(token) and not token.is_capital and end > after + 1):
            return None
        end += 1
    subject = phrase_after(tokens, after, end)
    if subject is None or subject[0] != after:
        return None
    head = head_of(tokens, subject)
    is_known = head.is_capital or head.classes & {"agent", "title", "document", "pronoun"}
    is_closed = tokens[after].lower == "the" and i > first and tokens[i - 1].text == ","
    if not (is_quoted or is_known or (is_closed and (end >= last or tokens[end].text == ","))):
        return None
    left = content_before(tokens, first, i)
    is_led_in = left is None and i - first < 6 and tokens[i - 1].text == ","  # "But, said Gray, it fell"
    is_comma = end < last and tokens[end].text == ","
    if left is None and ((i != first and not is_led_in) or (end < last and not is_comma)):
        return None
    contents = [left] if left else [(end + 1, last)] if is_led_in and is_comma and end + 1 < last else []
    return make_report(tokens, (i, after), subject, contents, cue)


def _read_participle(
    tokens: Sequence[Token], i: int, after: int, first: int, last: int, cue: Cue, found: Sequence[Report]
) -> Report | None:
    """Read ", adding that …": the speaker is the subject of the main clause."""
    before = tokens[i - 1] if i > first else None
    subject: Span | None
    if before is None:
        return _read_opening_participle(tokens, (i, after), last, cue)
    issued = next(
        (
            k
            for k in range(i - 2, max(first, i - 4), -1)
            if "gives_noun" in tokens[k].classes and "auxiliary" not in tokens[k].classes
        ),
        -1,
    )
    if "document" in before.classes and issued > first:
        subject = subject_before(tokens, issued - 1, first)  # "Gray issued a statement saying that"
    elif "document" in before.classes:  # "reports indicating that"
        begin = i - 1 - (i - 1 > first and tokens[i - 2].lower in ("recent", "new"))
        subject = (begin, i)
    elif (
        before.kind == "quote"
        or before.text in ",–—"
        or before.lower in ("and", "by", "after", "before", "in")
    ):
        subject = (
            found[-1].subject if found and not found[-1].is_hearsay else opening_subject(tokens, first, i)
        )
    elif after < last and tokens[after].lower == "that" and before.lower not in ("worth", "without"):
        subject = opening_subject(tokens, first, i)  # "met the press, an aide announcing that"
    else:
        return None
    right = content_after(tokens, after, last, cue)
    if right is None:
        return None
    has_quote = any(token.kind == "quote" for token in tokens[right[0] : right[1]])
    if subject is None:  # the words are somebody's, but the sentence does not say whose
        return Report((i, after), None, (right,), cue.stance, frozenset({"quote"})) if has_quote else None
    return make_report(tokens, (i, after), subject, [right], cue)


def _read_opening_participle(tokens: Sequence[Token], at: Span, last: int, cue: Cue) -> Report | None:
    """Read "Claiming that it rained, Ann Gray left": the speaker opens the main clause."""
    right = content_after(tokens, at[1], last, cue)
    if right is None:
        return None
    for k in range(right[0] + 1, last - 1):
        if tokens[k].text != ",":
            continue
        subject = opening_subject(tokens, k + 1, last)
        if subject is not None and subject[0] == k + 1:
            return make_report(tokens, at, subject, [(right[0], k)], cue)
    return None


def _without_verb(tokens: Sequence[Token], subject: Span) -> Span:
    """Take the verb of the clause before out of a subject: "told a woman (who suggested)", "said he"."""
    start, end = subject
    if "pronoun" in tokens[end - 1].classes or tokens[end - 1].lower in ("i", "we", "you"):
        return end - 1, end
    for k in range(start, end - 1):
        is_verb = is_cue(tokens[k]) and not tokens[k].is_capital and "noun_too" not in tokens[k].classes
        if "subordinator" in tokens[k].classes or (is_verb and not tokens[k].classes):
            start = k + 1
    return start, end


def _can_speak(tokens: Sequence[Token], subject: Span) -> bool:
    head = head_of(tokens, subject)
    is_time = "time" in head.classes and not is_name_too(tokens, subject[1] - 1)
    is_lone = subject[1] - subject[0] == 1 and head.lower.endswith("s")  # "Storms", not "Winter"
    is_thing = "thing" in head.classes and (is_lone or not head.is_capital)
    return not (is_thing or "cannot_speak" in head.classes or is_time or head.text[0].isdigit())


def _cut_contents(tokens: Sequence[Token], found: Sequence[Report]) -> list[Report]:
    """End each content where the next report of the same sentence begins a clause of its own."""
    result = []
    for n, report in enumerate(found):
        contents = list(report.contents)
        for later in found[n + 1 :]:
            if later.is_hearsay:
                continue
            opens = later.contents[0][0] if later.contents else 0
            if opens > report.cue[0] and tokens[opens - 1].text == ";":
                contents = [(a, opens - 1 if a < opens - 1 < b else b) for a, b in contents]
            begins = later.cue[0]
            if (
                later.subject
                and report.cue[0] < later.subject[0] < begins
                and later.subject != report.subject
            ):
                begins = later.subject[0]
            k = begins if later.subject else before_verb(tokens, begins, 0) + 1
            while k > 0 and "joiner" in tokens[k - 1].classes:
                k -= 1
            mark = tokens[k - 1].text if k else ""
            is_own = mark in {",", ";", "–", "—"} or (
                k < begins and (later.subject == report.subject or mark[-1:] in '”"')
            )
            if is_own:
                cut = k - (tokens[k - 1].kind == "mark")
                contents = [(a, cut if a < cut < b else b) for a, b in contents]
        kept = tuple((a, b) for a, b in contents if a < b)
        if kept or not report.contents:
            result.append(report if kept == report.contents else replace(report, contents=kept))
    return result
