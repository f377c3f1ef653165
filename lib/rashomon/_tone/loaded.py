"""Words that put strongly what could be put plainly.

Score of a sentence: words in loaded cues / words; a sentence of fewer than ten words counts as ten.

References
----------
Recasens, M., Danescu-Niculescu-Mizil, C., & Jurafsky, D. (2013). Linguistic models for analyzing and
detecting biased language. ACL 51 (subjective intensifiers and one-sided terms; assertive and factive verbs).
Martin, J., & White, P. (2005). The language of evaluation: Appraisal in English. Palgrave (judgment and
graduation put into the word itself).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rashomon._lexicon import Match, Token
from rashomon._tone.account import Found, share_of
from rashomon._tone.listed import Listed


def find(tokens: Sequence[Token], wording: Iterable[Match[Listed]]) -> list[Found]:
    """Find loaded words among matches of `load_wording`."""
    share = share_of(tokens)
    return [
        Found(tokens[a].start, tokens[b - 1].end, "loaded", share * (b - a), word.rule)
        for a, b, word in wording
        if word.is_loaded
    ]
