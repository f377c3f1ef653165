"""Words that hold back certainty, or leave open who and how many.

Score of a sentence: W / (W + 1), W the sum of the strengths of its hedges; 0 without any, 1/2 with one full
hedge, below 1. A cue's weight is its share of that.

References
----------
Hyland, K. (1998). Hedging in scientific research articles. Benjamins (epistemic words, approximators,
conditions).
Prince, E., Frader, J., & Bosk, C. (1982). On hedging in physician-physician discourse (approximators against
shields).
Ganter, V., & Strube, M. (2009). Finding hedges by chasing weasels. ACL-IJCNLP (vague quantities and sources).
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._lexicon import Token
from rashomon._tone.account import Found, cut
from rashomon._tone.listed import NO_CUE, load_hedges

# A rule begins with one of them. `vague`: some, many, critics, often: nothing is doubted, but who, how many
# or how often stays open; who asks only whether something is held for certain leaves it out.
KINDS = ("epistemic", "attribution", "approximation", "condition", "vague")


def find(tokens: Sequence[Token]) -> list[Found]:
    """Find hedges; their rule begins with the kind."""
    hedges = [match for match in load_hedges().matches(tokens) if match.payload.kind != NO_CUE]
    if not hedges:
        return []
    unit = 1 / (1 + sum(match.payload.strength for match in hedges))
    return [
        Found(tokens[a].start, tokens[b - 1].end, "hedging", cut(hedge.strength * unit), hedge.rule)
        for a, b, hedge in hedges
    ]
