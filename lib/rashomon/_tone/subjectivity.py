"""Words and marks that show an opinion, less what shows a report.

Score of a sentence: W * F / (n + 20), 0 to 1, up is more opinion. W is the sum of the strengths of its words
of opinion, loaded words and exclamation marks; n its words. F multiplies, each a named rule that takes away:

* 0.5 for each number, at most three: figures go with reports;
* 0.4 when somebody is named as saying it: then it is told, not held;
* 0.3 for a word between quotation marks, and 1 - 0.9 q for the sentence, q its share between them.

References
----------
Wiebe, J., Bruce, R., & O'Hara, T. (1999). Development and use of a gold-standard data set for
subjectivity classifications. ACL 37 (adjectives, adverbs, modals, pronouns for opinion, numbers against it).
Wiebe, J., Wilson, T., & Cardie, C. (2005). Annotating expressions of opinions and emotions in language.
Language Resources and Evaluation 39 (expressive words against plain speech events).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rashomon._lexicon import Match, Token
from rashomon._tone.account import Found, cut
from rashomon._tone.listed import NO_CUE, Listed

_SMOOTHING = 20
_NUMBER, _MOST_NUMBERS = 0.5, 3
_TOLD = 0.4
_WORD_IN_QUOTES, _QUOTED = 0.3, 0.9
_QUOTED_SPAN = re.compile(r"[“\"][^“”\"]{3,}[”\"]")
_PASSIVE = "".join(rf"(?<!\b{verb} )" for verb in ("is", "are", "was", "were", "be"))
_TELLING = re.compile(
    rf"\b(?:(?:{_PASSIVE}sa(?:ys|id|ying)|t(?:ells|old)|according to|announce[sd]|report(?:s|ed)|add(?:s|ed)"
    r"|stat(?:es|ed)|not(?:es|ed)|explain(?:s|ed)|testifi(?:es|ed)|writes|wrote|tweet(?:s|ed)|post(?:s|ed))\b"
    r"|spokes(?:man|woman|person))"
)


def find(tokens: Sequence[Token], text: str, wording: Iterable[Match[Listed]]) -> list[Found]:
    """Find signs of opinion, matches of `load_wording` and marks, then what each rule takes away."""
    signs = list(_signs(tokens, wording))
    if not signs:
        return []
    quoted = [m.span() for m in _QUOTED_SPAN.finditer(text)] if '"' in text or "“" in text else []
    unit = 1 / (len(tokens) + _SMOOTHING)
    found = [
        Found(start, end, "subjectivity", cut(weight * unit), rule) for start, end, weight, rule in signs
    ]
    total = sum(weight for _, _, weight, _ in signs)
    for start, end in quoted:
        held = sum(weight for at, _, weight, _ in signs if start <= at < end)
        if held:
            found.append(
                Found(start, end, "subjectivity", cut(held * (_WORD_IN_QUOTES - 1) * unit), "quoted words")
            )
            total += held * (_WORD_IN_QUOTES - 1)
    for start, end, factor, rule in _damping(tokens, text, quoted):
        found.append(Found(start, end, "subjectivity", cut(total * (factor - 1) * unit), rule))
        total *= factor
    return found


def _signs(
    tokens: Sequence[Token], wording: Iterable[Match[Listed]]
) -> Iterator[tuple[int, int, float, str]]:
    """Yield start, end, strength and rule of words and marks of opinion."""
    for first, last, word in wording:
        if word.kind != NO_CUE and word.strength:
            yield tokens[first].start, tokens[last - 1].end, word.strength, word.rule
    for token in tokens:
        if not token.is_word:
            yield token.start, token.end, 1.0, "exclamation mark"


def _damping(
    tokens: Sequence[Token], text: str, quoted: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, float, str]]:
    """Yield start, end, factor and name of each rule that speaks for a report."""
    numbers = [token for token in tokens if token.key[0].isdigit()]
    for token in numbers[:_MOST_NUMBERS]:
        yield token.start, token.end, _NUMBER, "number"
    telling = _TELLING.search(text)
    if telling:
        yield telling.start(), telling.end(), _TOLD, "told by somebody"
    if quoted and text:
        share = sum(end - start for start, end in quoted) / len(text)
        yield quoted[0][0], quoted[0][1], 1 - _QUOTED * share, "share of quoted words"
