"""The command line: ``omics-standards`` (short: ``omstd``).

Data goes to standard output, logs and progress to standard error. Exit codes: 0 clean, 1 findings at or above ``--fail-on``,
2 wrong use, 3 unreadable input or broken environment, 4 unverifiable terms under ``--strict``; where several hold: 3, 2, 4, 1.
"""

from __future__ import annotations

from .app import app, main

__all__ = ["app", "main"]
