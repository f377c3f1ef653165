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
    "read": ("CorpusError", "project_root"),
    "dates": ("dates_in",),
    "zones": ("lines_in",),
    "sentences": ("sentences_in",),
    "corpus": ("Corpus", "corpus_of", "read_corpus"),
    "speech": ("find_statements", "mark_voices", "statements_in"),
    "quantities": ("extract_quantities", "quantities_in"),
    "tone": ("find_cues", "score_tone", "tone_of"),
    "reuse": ("find_passages", "passages_between"),
    "compare": ("compare_figures", "figures_in", "find_conflicts"),
    "analysis": ("analyze",),
    "parameters": ("check_parameters",),
    "show": ("show_article", "show_inputs", "show_table", "show_versions"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__version__ = "0.1.0"
__all__ = [*_HOME, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'rashomon' has no attribute {name!r}")
    return getattr(importlib.import_module(f"rashomon.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
