"""The reports that ``convert`` and ``check`` write on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..conversion.flow import Options, Outcome
    from ..curation import Coverage
    from ..tables import Workbook

__all__ = ["Reports"]


class Reports:
    """What ``--report`` asks for.

    Parameters
    ----------
    asked
        The option's text, or None.
    folder
        Where they go.
    lang
        The language that they are in.
    force
        Whether a returned workbook may be overwritten.
    redact
        Whether the run leaves out what points at a person.

    Raises
    ------
    UsageError
        A kind of report does not exist, has no folder to go to, or would hold what the run leaves out.
    """

    def __init__(self, asked: str | None, folder: Path | None, lang: str, *, force: bool, redact: bool = False) -> None:
        from ..errors import UsageError

        self._kinds: tuple[str, ...] = ()
        self.coverage: Coverage | None = None
        if asked:
            # What writes reports is loaded for those who want one.
            from ..curation import Coverage
            from ..curation.reporting import parse_reports

            self._kinds = parse_reports(asked)
            self.coverage = Coverage(samples=not redact)
        self._folder = folder
        self._lang = lang
        self._force = force
        if self._kinds and folder is None:
            raise UsageError("--report needs a folder to write to: name it with -o")
        if redact and "xlsx" in self._kinds:
            raise UsageError("the returned workbook holds all that --redact leaves out: ask for --report html alone")

    def look(self, paths: Sequence[str]) -> None:
        """Find out before the work whether the workbooks can be put where they are to go."""
        if "xlsx" in self._kinds and self._folder is not None:
            from ..curation.returning import check_targets

            check_targets(self._books(paths), self._folder, force=self._force)

    def write(self, paths: Sequence[str], outcome: Outcome, options: Options) -> list[str]:
        """Write them; return what is to be said of it."""
        if self.coverage is None or self._folder is None:
            return []
        from ..curation.reporting import write_reports

        books = self._books(paths) if "xlsx" in self._kinds else []
        return write_reports(
            self._kinds,
            self._folder,
            outcome,
            self.coverage,
            books,
            lang=self._lang,
            bundle=options.bundle,
            decisions=options.decisions,
            force=self._force,
        )

    def _books(self, paths: Sequence[str]) -> list[Workbook]:
        from ..conversion.inputs import open_inputs

        return open_inputs(list(paths))
