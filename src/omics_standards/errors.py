"""Exceptions for misuse and broken environments; problems in the data are findings, never raised.

::

    OmicsStandardsError
    ├── ReadError               a file cannot be opened, decoded or is beyond the declared limits
    ├── UnknownFormatError      no profile fits and one was asked for by name
    ├── ProfileError            a profile is wrong (file and line)
    ├── TermIndexError          no ontology bundle, a broken one, or a hash that differs
    ├── DecisionError           a file of curated decisions is broken or contradicts itself (file and line)
    ├── MissingDependencyError  an optional package is not installed (says the exact pip command)
    ├── QueryStopped            a query took longer than it was given, or more memory than there is
    ├── UsageError              arguments that do not fit together
    └── ConversionFailed        raised by ``strict=True`` only; carries ``findings``

Every one of them has ``exit_code``: what the command line ends with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .findings import Finding

__all__ = [
    "ConversionFailed",
    "DecisionError",
    "MissingDependencyError",
    "OmicsStandardsError",
    "ProfileError",
    "QueryStopped",
    "ReadError",
    "TermIndexError",
    "UnknownFormatError",
    "UsageError",
]


class OmicsStandardsError(Exception):
    """Base of everything this package raises."""

    exit_code = 3


class ReadError(OmicsStandardsError):
    """A file cannot be opened, decoded, or is larger than the declared limits."""


class UsageError(OmicsStandardsError):
    """Arguments that do not exist or do not fit together."""

    exit_code = 2


class UnknownFormatError(UsageError):
    """A profile was asked for that does not exist, or none fits where one is needed."""


class ProfileError(UsageError):
    """A profile file is wrong; the message names the file and the line."""


class TermIndexError(OmicsStandardsError):
    """The ontology bundle is absent, broken, or not what its hash says."""


class DecisionError(OmicsStandardsError):
    """A file of curated decisions is broken, or says two things of one text; the message names file and line."""


class MissingDependencyError(OmicsStandardsError, ImportError):
    """An optional package is needed; the message holds the command that installs it."""


class QueryStopped(OmicsStandardsError):
    """A query took longer than it was given, or more memory than there is; the process that ran it is gone."""


class ConversionFailed(OmicsStandardsError):
    """A strict conversion met findings at or above its limit; they are in ``findings``."""

    exit_code = 1

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)
