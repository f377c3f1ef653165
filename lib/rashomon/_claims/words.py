"""Read a telling as the words that carry its claim, and as what it does with the claim: denies or hedges."""

from __future__ import annotations

import functools
import re

from rashomon.read import read_word_list

# "Denied access": something is withheld, nothing is called untrue.
_WITHHOLDS = re.compile(
    r"\bden(?:y|ies|ied|ying)\s+(?:\w+\s+){0,2}"
    r"(?:access|aid|asylum|bail|care|entry|help|parole|permission|rights|services?|treatment|visas?)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?<=\w )May\b")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ingly", "edly", "ions", "ings", "ion", "ing", "ied", "ies"),
    *("ed", "er", "ers", "es", "ly", "al", "s"),
)
_SHORTEST_STEM = 3
# "Nobody has ever denied it": how far before the denial that may stand.
_WORDS_BEFORE = 6


def content_words(text: str) -> list[str]:
    """Give the words that carry what is said, each as the stem that stands for its synonyms.

    Parameters
    ----------
    text : str
        A sentence or a piece of one.

    Returns
    -------
    list of str
        In the order of the text; words that any sentence may hold are left out.

    Examples
    --------
    >>> content_words("The army dispatched troops.") == content_words("Its army is sending soldiers")
    True
    """
    words = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text.casefold()))
    return [_heads().get(stem(word), stem(word)) for word in words if word not in _forms("empty")]


@functools.cache
def stem(word: str) -> str:
    """Take the endings off a word, so that its forms look the same.

    Examples
    --------
    >>> {stem(word) for word in ("supply", "supplies", "supplied", "supplying")}
    {'supply'}
    """
    for ending in _ENDINGS:
        # "quickly", but not "supply" and "family".
        shortest = _SHORTEST_STEM + 2 if ending == "ly" else _SHORTEST_STEM
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word.removesuffix(ending) + ("y" if ending in ("ies", "ied") else "")
            # "stopped", "planning": the consonant that was doubled before the ending.
            if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeioulsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM else word


def is_negated(text: str) -> bool:
    """Whether the words negate what they tell; "not only" and the like do not.

    Examples
    --------
    >>> is_negated("No troops were sent"), is_negated("They sent not only arms")
    (True, False)
    """
    return bool(_pattern("negation").search(_pattern("no_negation").sub(" ", text.replace("’", "'"))))


def has_denial(text: str) -> bool:
    """Whether the words call something untrue; not when they only say that nobody denies it.

    Examples
    --------
    >>> has_denial("Officials dismissed the reports as groundless")
    True
    """
    words = _WITHHOLDS.sub(" ", text)
    found = _pattern("denial").search(words) or _rejection().search(words)
    return found is not None and not is_negated(" ".join(words[: found.start()].split()[-_WORDS_BEFORE:]))


def may_refuse(cue: str) -> bool:
    """Whether the verb denies what is true of a report, and refuses an offer: its object decides.

    Examples
    --------
    >>> may_refuse("rejected"), may_refuse("refuted")
    (True, False)
    """
    return bool(_pattern("denial_verb").search(cue)) or cue.casefold().startswith(("deny", "deni"))


def without_denial(text: str) -> str:
    """Take out the words that call something untrue, so that what they are about is left.

    Examples
    --------
    >>> without_denial("They rejected claims of theft as untrue").split()
    ['They', 'of', 'theft', 'as']
    """
    for role in ("denial", "denial_verb", "deniable", "untrue"):
        text = _pattern(role).sub(" ", text)
    return text


def is_counter(text: str) -> bool:
    """Whether the words say that something is not so; "would not" and "cannot say" do not.

    Examples
    --------
    >>> is_counter("It had not sent arms"), is_counter("It should not send arms")
    (True, False)
    """
    return bool(_pattern("counter").search(_pattern("no_counter").sub(" ", text.replace("’", "'"))))


@functools.cache
def is_attitude(word: str) -> bool:
    """Whether the stem tells what somebody wants or feels about a thing, not the thing.

    Examples
    --------
    >>> is_attitude("warn")
    True
    """
    return word in {known for form in _forms("attitude") for known in content_words(form)}


def has_hedge(text: str) -> bool:
    """Whether the words leave open whether it is so.

    Examples
    --------
    >>> has_hedge("It could send weapons"), has_hedge("It sent weapons")
    (True, False)
    """
    return bool(_pattern("hedge").search(_MONTH.sub(" ", text)))


@functools.cache
def _forms(role: str) -> frozenset[str]:
    rows = read_word_list("claim_words")
    return frozenset(form for row in rows if row["role"] == role for form in row["forms"].split("|"))


@functools.cache
def _pattern(role: str) -> re.Pattern[str]:
    longest_first = sorted(_forms(role), key=lambda form: (-len(form), form))
    words = "|".join(map(re.escape, longest_first))
    return re.compile(rf"\b(?:{words})\b" + (r"|n't\b" if role == "negation" else ""), re.IGNORECASE)


@functools.cache
def _rejection() -> re.Pattern[str]:
    """Give the pattern of a verb such as "dismiss" with what can be untrue a few words behind it."""
    verbs, objects = (_pattern(role).pattern for role in ("denial_verb", "deniable"))
    return re.compile(rf"{verbs}\s+(?:[\w’'-]+\s+){{0,3}}?{objects}", re.IGNORECASE)


@functools.cache
def _heads() -> dict[str, str]:
    """Map the stem of each synonym to that of the first of its row."""
    rows = (row["forms"].split("|") for row in read_word_list("claim_words") if row["role"] == "same")
    return _demonyms() | {stem(form): stem(forms[0]) for forms in rows for form in forms}


def _demonyms() -> dict[str, str]:
    """Map "Korean" to "Korea", word by word where the name has as many words."""
    heads: dict[str, str] = {}
    for row in read_word_list("countries"):
        name = row["name"].casefold().split()
        for form in row["demonyms"].casefold().split("|"):
            if len(form.split()) == len(name):
                heads |= {stem(a): stem(b) for a, b in zip(form.split(), name, strict=True)}
    return heads
