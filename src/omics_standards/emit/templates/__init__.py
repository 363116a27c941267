"""Empty sheets to fill in, one for each archive and kind of sample: what the archive asks for, with drop-downs and an example row.

The facts are those of :mod:`omics_standards.profiles.requirements`, the meaning of a column is what our own reader makes of its header:
what a person fills in is therefore read back as what was meant.
"""

from __future__ import annotations

from .build import Template, TemplateBlock, TemplateColumn, TemplateSheet, build_template
from .write import render_text, write_template

__all__ = ["Template", "TemplateBlock", "TemplateColumn", "TemplateSheet", "build_template", "render_text", "write_template"]
