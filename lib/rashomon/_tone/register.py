"""Signs of a way of writing: each adds to the evidence for one register.

Evidence of a sentence for a register: 10 / (n + 10) times the sum of the strengths of its signs, n its words;
0 when there are none. No sign speaks against a register: satire wears the form of a report. Signs between
quotation marks are somebody else's and do not count, save for interviews. The evidence of one sentence is
thin: `neighbors` adds that of the sentences around it, `registers` gathers it by part.

References
----------
Biber, D. (1988). Variation across speech and writing. Cambridge (pronouns, contractions, questions, modals,
tense as marks of involved and of informational writing).
Burfoot, C., & Baldwin, T. (2009). Automatic satire detection: Are you having a laugh? ACL-IJCNLP (slang,
headline and validity features).
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from rashomon._lexicon import Match, PhraseList, Token
from rashomon._tone.account import Found, cut
from rashomon._tone.listed import Listed
from rashomon.read import read_word_list

REGISTERS = ("wire", "analysis", "opinion", "comic", "promotional", "interview")  # measures register_<name>

_SMOOTHING = 10
_CLIPPED = (2, 4)  # words of a sentence that is hardly one; a single one may be a place before a report
_STOPS, _CLOSERS = tuple(".!?"), " ”\"’')"
# Strong wording, by the kind of its list, colors what the narrator says.
_WORDING = {
    "figure of speech": (("comic", 0.8), ("opinion", 0.2)),
    "drama": (("comic", 0.2), ("opinion", 0.3)),
    "attack verb": (("comic", 0.2), ("opinion", 0.3)),
    "comment": (("comic", 0.4), ("opinion", 0.4)),
    "evaluation": (("comic", 0.1), ("opinion", 0.2), ("promotional", 0.2)),
    "judgment noun": (("opinion", 0.4),),
    "intensity": (("comic", 0.2), ("opinion", 0.2)),
    "obligation": (("opinion", 0.4),),
    "promotion": (("promotional", 1.0),),
}
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]|(?:^|(?<=\s))[“\"][^“”\"]*$|''[^']+''")
_DATELINE = r"^(?:[A-Z][\w.'’]*,? ){1,5}?(?:\d{1,2} \w+\.? )?(?:\([^)\d]{2,25}\) ?)?[—–-]\s"
# An order to the reader opens a sentence, or follows its condition ("If it moves, paint it").
_ORDER = (
    r"^\W*(?:(?:And|But|So|Then|Now|First|Instead|Finally|Please|Just)[:,]? |"
    r"(?:If|When|Should|Once|Before)\b[^,.;:!?]{3,80}, )?"
    r"(?i:do not|don't|never|always|please|(?:ask|avoid|bring|buy|call|check|choose|close|consider|"
    r"count|enter|"
    r"expect|find|forget|get|give|go|grab|have|hide|hold|hug|ignore|imagine|invite|keep|leave|let|"
    r"listen|look|make|"
    r"mention|open|pack|paint|pay|picture|pick|practice|prepare|pretend|put|remember|replace|save|"
    r"say|send|set|show|"
    r"sit|smile|spare|spend|stand|start|stay|stick|stop|store|take|tell|think|throw|tip|treat|try|"
    r"turn|use|wait|"
    r"walk|wash|watch|wear|write)(?= (?:the|an?|your|yourself|it|him|her|them|me|us|that|this|these|"
    r"those|in|on|up|"
    r"out|off|down|for|with|as|at|of|back|what|how|who|no|not|any|some|all|every|everything|nothing|"
    r"until|to)\b|"
    r"[,:;.!]))(?= |[,:;.!])"
)
_MANNER = (
    r"\bwith (?:all )?the (?:[a-z]+ )?(?:expression|look|air|smile|face|voice|enthusiasm|confidence|"
    r"grace|dignity|"
    r"urgency|precision|energy|calm|joy|speed|tone|manner|charm|subtlety|determination|gravity|"
    r"solemnity|pride|"
    r"relief|elegance|caution|patience|zeal|composure|reflexes) of (?:an?|some\w+) "
)
_COMPARISON = (
    r"\b(?:(?:more|less|fewer) [a-z]+|better|worse|[a-z]{3,}er) than (?:most|your|my|an?) (?!year|"
    r"month|week|day|"
    r"decade|century|quarter|third|half|dozen|hundred|thousand|million|billion|percent|few|fifth|of\b)"
)
_APPOSITION = (
    r", (?:that|those) (?!is\b|was\b|are\b|were\b|would\b|will\b|could\b|can\b|has\b|had\b|same\b|"
    r"year\b|day\b|"
    r"who\b|with\b)[a-z]+ (?:[a-z]+ ){0,2}?[a-z]+(?=[,.!])"
)
_SUPERLATIVE = (
    r"\b(?:most|least|[a-z]{3,}est) (?:[a-z]+ ){0,4}(?:in history|on earth|of all|ever|"
    r"in the (?:land|galaxy|universe|world|room|building))\b"
)
_COUNT = "(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)"
_LABEL = rf"^(?!{_COUNT}: )(?:[A-Z][\w.'’-]*,? ){{0,6}}[A-Z][\w.'’-]+: "
# Registers, kind, strength, pattern, and what the text must hold for the pattern to be tried.
_SHAPES: tuple[tuple[tuple[str, ...], str, float, re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (tuple(registers.split()), kind, strength, re.compile(pattern), tuple(needs.split()))
    for registers, kind, strength, pattern, needs in (
        ("comic", "exclamation", 1.2, r"!+", "!"),
        ("comic opinion", "question", 0.6, r"\?+", "?"),
        ("comic", "dots", 0.7, r"(?<=\w)(?:…|\.\.\.)(?=\s*\w)", "… ..."),
        ("comic", "emphasis", 0.8, r"\*\w[^*\n]*\*", "*"),
        ("comic", "aside", 0.5, r"\((?=[^()]*[a-z] [a-z])[^()\d]{12,}\)", "("),
        ("comic", "aside", 0.5, r"(?:—| – )[a-z][^—–\d]{8,60}(?:—| – )", "— –"),
        ("comic", "opener", 0.5, r"^\W*(?:So|Well|Oh|Ah|Yes|And|But|Because(?! of)|Now|Just|Sure)\b", ""),
        ("comic", "scare quotes", 0.4, r"(?<!\w)[“\"‘][a-z][\w’'-]*(?: [a-z][\w’'-]*)?[”\"’](?!\w)", '“ " ‘'),
        ("comic", "as … as", 0.6, r"\bas \w+ as (?:an?|the)\b", "as"),
        ("comic promotional", "order", 0.5, _ORDER, ""),
        ("comic", "step", 1.0, rf"^(?:(?:Step|Rule|Tip|Lesson) (?:[a-z]+|\d+)|{_COUNT})(?=[:.] )", ": ."),
        ("comic", "manner", 1.0, _MANNER, "with"),
        ("comic", "comparison", 0.6, _COMPARISON, "than"),
        ("comic", "apposition", 0.8, _APPOSITION, "that those"),
        ("comic", "letter", 0.5, r"^(?:Dear|My dear) [A-Z]\w+", "ear"),
        ("comic", "the wrong thing", 0.4, r"\bthe wrong [a-z]+", "wrong"),
        ("comic", "superlative", 0.6, _SUPERLATIVE, "st"),
        ("opinion", "colon or semicolon", 0.4, r"\w[;:] \w", ": ;"),
        ("opinion", "not …, but", 0.8, r"(?i)\b(?:is|are) not [^.;:!?]{2,50}[;:,] (?:but|it|they)\b", "not"),
        ("wire", "dateline", 2.0, _DATELINE, "- – —"),
        ("wire", "age", 0.5, r", \d\d,", ","),
        ("wire", "whole quotation", 0.6, r"[“\"][^“”\"]{40,}[”\"]", '“ "'),
        ("promotional", "trade mark", 1.5, r"[®™]", "® ™"),
        ("promotional", "price", 1.0, r"\d (?:euros|dollars) (?:a|per) (?:month|night)\b", "euros dollars"),
        ("analysis", "past", 0.4, r"\b(?:[Ii]n|[Ss]ince|from|until|of) (?:the )?(?:1[89]|20)\d\ds?\b", "1 2"),
        ("analysis", "open if", 0.6, r"\b[Ii]f [^.;:!?]{8,80}, .{0,60}\b(?:[cw]ould|will|may)\b", "if If"),
        ("analysis", "question of a heading", 0.8, r"^(?:Why|How|What) (?!to\b)[^.?!]*$", "Why How What"),
        ("promotional", "price", 1.0, r"(?i)\b(?:from|only) (?:just )?[$€£] ?\d+", "$ € £"),
        ("interview", "speaker label", 2.0, _LABEL, ":"),
        ("interview", "form of address", 1.5, r"^(?:Mr|Ms|Mrs|Dr|Professor)\.? [A-Z][\w’'-]+, ", ","),
        ("interview", "question to you", 0.6, r"^[^?“”\"]*\b(?:you|your)\b[^?“”\"]*\?$", "?"),
    )
)  # fmt: skip
_CONTRACTION = re.compile(r"\w+(?:n't|'(?:re|ve|ll|d|m))|(?:it|that|what|who|there|here|he|she|how|let)'s")


class Sign(NamedTuple):
    """An entry of `register_signs`: which register it speaks for, its kind, first form and strength."""

    register: str
    kind: str
    entry: str
    strength: float


@functools.cache
def load_signs() -> PhraseList[tuple[Sign, ...]]:
    """Load `register_signs`; a form may speak for several registers, one without a register for none."""
    signs: dict[str, tuple[Sign, ...]] = {}
    for row in read_word_list("register_signs"):
        forms = row["forms"].split("|")
        sign = Sign(row["register"], row["kind"], forms[0], float(row["strength"]))
        for form in forms:
            signs[form] = (*signs.get(form, ()), sign)
    return PhraseList.of(signs.items())


def find(tokens: Sequence[Token], text: str, wording: Iterable[Match[Listed]]) -> list[Found]:
    """Find signs of a register; their rule reads `kind: entry`, or `kind` alone for shapes."""
    unit = _SMOOTHING / (len(tokens) + _SMOOTHING)
    found: list[Found] = []
    for start, end, sign in _signs(tokens, text, wording):
        if sign.register not in REGISTERS:
            continue
        rule, weight = f"{sign.kind}: {sign.entry}" if sign.entry else sign.kind, sign.strength * unit
        found.append(Found(start, end, f"register_{sign.register}", cut(weight), rule))
    return found


def _signs(
    tokens: Sequence[Token], text: str, wording: Iterable[Match[Listed]]
) -> Iterator[tuple[int, int, Sign]]:
    """Yield start, end and sign, those of the list first."""
    quoted = [m.span() for m in _QUOTED.finditer(text)] if any(c in text for c in ("“", '"', "''")) else []
    for first, last, signs in load_signs().matches(tokens):
        start, end = tokens[first].start, tokens[last - 1].end
        theirs = _is_inside(start, quoted)
        for sign in signs:
            if sign.register == "interview" or not theirs:
                yield start, end, sign
    for first, last, word in wording:
        start, end = tokens[first].start, tokens[last - 1].end
        if word.kind in _WORDING and not _is_inside(start, quoted):
            for register, strength in _WORDING[word.kind]:
                yield start, end, Sign(register, word.kind, word.entry, strength)
    for token in tokens:
        if "'" in token.key and _CONTRACTION.fullmatch(token.key):
            sign = Sign("comic", "contraction", "", 0.4)
        elif token.key[0].isdigit():
            sign = Sign("wire", "figure", "", 0.5)
        else:
            continue
        if not _is_inside(token.start, quoted):
            yield token.start, token.end, sign
    words = [token for token in tokens if token.is_word]
    ends = text.rstrip(_CLOSERS)[-1:] in _STOPS
    if ends and _CLIPPED[0] <= len(words) <= _CLIPPED[1] and not _is_inside(words[0].start, quoted):
        yield words[0].start, words[-1].end, Sign("comic", "clipped sentence", "", 0.6)
    for registers, kind, strength, pattern, needs in _SHAPES:
        if needs and not any(need in text for need in needs):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind in ("whole quotation", "scare quotes") or not _is_inside(start, quoted):
                for register in registers:
                    yield start, end, Sign(register, kind, "", strength)


def _is_inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place lies in one of the spans, which are in order and do not overlap."""
    last = bisect_right(spans, at, key=itemgetter(0)) - 1
    return last >= 0 and at < spans[last][1]
