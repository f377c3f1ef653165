"""How several outlets tell the same event, shown with the very words that prove it.

The public names in the order the data goes. They load when first used, so that importing the
package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, tuple[str, ...]] = {
    "tables": ("TABLES", "VOCABULARIES", "TableError", "check_table", "describe_table", "make_table"),
    "normalize": ("normalize",),
    "resources": ("CorpusError", "project_root"),
    "corpus": ("Corpus", "corpus_of", "dates_in", "lines_in", "read_corpus", "sentences_in"),
    "names": ("find_names", "names_in"),
    "speech": ("find_statements", "mark_voices", "statements_in"),
    "voices": (
        "compare_speakers",
        "join_statements",
        "link_speakers",
        "share_voices",
        "split_voices",
        "trace_relays",
    ),
    "quantities": ("extract_quantities", "quantities_in"),
    "tone": ("find_cues", "score_tone", "score_with_cues", "tone_of"),
    "attitudes": ("attitudes_in", "find_attitude_cues", "find_attitudes"),
    "tone_summary": ("compare_methods", "summarize_attitudes", "summarize_tone"),
    "tone_views": ("compare_attitudes", "lay_out_tone", "mark_cues", "score_voices", "score_whole_texts"),
    "registers": ("score_registers",),
    "readability": ("measure_readability", "score_readability"),
    "reuse": ("find_near_duplicates", "find_passages", "measure_reuse", "passages_between"),
    "compare": (
        "compare_figures",
        "compare_wording",
        "figures_about",
        "figures_in",
        "find_conflicts",
        "find_topic",
        "group_tellings",
    ),
    "claims": (
        "claim_similarity",
        "claims_in",
        "compare_claims",
        "find_omissions",
        "lay_out_claims",
        "same_claim",
    ),
    "distinctive": ("compare_words", "words_between"),
    "events": ("event_similarity", "group_events"),
    "timeline": ("build_timeline", "merge_days", "timeline_in"),
    "analysis": ("analyze", "compute_table"),
    "gold": ("score_labels", "wilson_interval", "worst_misses"),
    "figures": (
        "Picture",
        "draw_bars",
        "draw_claims",
        "draw_days",
        "draw_intervals",
        "draw_matrix",
        "draw_network",
        "draw_panels",
        "draw_stances",
    ),
    "show": ("name_articles", "pick_article", "show_article", "show_inputs", "show_table", "show_versions"),
    "parameters": ("check_parameters",),
    "intake": ("load_corpus",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__version__ = "0.1.0"
__all__ = [*_HOME, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'rashomon' has no attribute {name!r}")
    return getattr(importlib.import_module(f"rashomon.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
