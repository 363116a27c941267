"""An embedded SPARQL store, in a process of its own that can be stopped: RDF files in, results out.

It knows nothing of folders, questions and servers, which are the matter of :mod:`omics_standards.query`.
"""

from __future__ import annotations

from .session import TIMEOUT, Answer, Session, Source
from .syntax import calls_out, form_of, is_update, uses_word

__all__ = ["TIMEOUT", "Answer", "Session", "Source", "calls_out", "form_of", "is_update", "uses_word"]
