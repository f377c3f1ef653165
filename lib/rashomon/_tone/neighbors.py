"""What neighboring sentences say of a sentence's register: one alone shows little of a way of writing."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._tone.account import Found, cut
from rashomon._tone.register import REGISTERS

REACH = 4  # sentences on either side
RULE = "neighboring sentences"


def find(found: Sequence[Sequence[Found]], lengths: Sequence[int]) -> list[list[Found]]:
    """Find for each sentence of a part what brings its evidence to the mean of its neighborhood.

    Parameters
    ----------
    found : sequence of sequence of Found
        What the sentences hold, in order; measures other than registers are passed over.
    lengths : sequence of int
        Characters of each sentence; the span of what is found here is the whole sentence.

    Returns
    -------
    list of list of Found
        For each sentence one weight a register, with which its evidence is the mean over itself and up to
        four sentences before and after it; none where nothing changes.

    Examples
    --------
    >>> laugh = Found(4, 5, "register_comic", 1.0, "exclamation")
    >>> [[round(one.weight, 2) for one in more] for more in find([[laugh], []], [5, 9])]
    [[-0.5], [0.5]]
    """
    added: list[list[Found]] = [[] for _ in found]
    for register in REGISTERS:
        measure = f"register_{register}"
        own = [sum(one.weight for one in sentence if one.measure == measure) for sentence in found]
        if not any(own):
            continue
        for i, length in enumerate(lengths):
            around = own[max(0, i - REACH) : i + REACH + 1]
            weight = cut(sum(around) / len(around)) - own[i]
            if weight:
                added[i].append(Found(0, length, measure, weight, RULE))
    return added
