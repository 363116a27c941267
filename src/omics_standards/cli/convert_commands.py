"""``convert``, ``check`` and ``look``."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..conversion.flow import Options, Outcome
    from ..findings import Finding

from .reports import Reports

__all__ = ["Bundle", "DecisionFiles", "ProfileFolders", "ProfileName", "options_of", "register"]

FailOn = Literal["error", "warning"]
Lang = Literal["en", "zh"]

_Inputs = Annotated[list[str], typer.Argument(help="Files or folders; - reads standard input.", metavar="INPUT...")]
ProfileName = Annotated[str | None, typer.Option("--profile", help="Id or family of a profile; left out, each sheet is recognised.")]
ProfileFolders = Annotated[list[str] | None, typer.Option("--profiles", help="A folder of further profiles; may be repeated.")]
_Fail = Annotated[FailOn, typer.Option("--fail-on", help="Exit with 1 where there are findings of this severity or worse.")]
_Strict = Annotated[bool, typer.Option("--strict", help="Exit with 4 where terms could not be checked.")]
Bundle = Annotated[str | None, typer.Option("--bundle", help="The ontology bundle to use.", envvar="OMICS_STANDARDS_BUNDLE")]

_NoPrivacy = Annotated[bool, typer.Option("--no-privacy", help="Do not look for what points at a person in rows of people.")]
DecisionFiles = Annotated[
    list[str] | None, typer.Option("--decisions", help="SSSOM file of curated decisions on texts; may be repeated, later ones win.")
]

_Report = Annotated[
    str | None,
    typer.Option("--report", help="html: a page for people; xlsx: the workbook returned with comments and colours. Or html,xlsx."),
]
_Lang = Annotated[Lang, typer.Option("--lang", help="Language in which findings are told; report.json stays English.")]
_Force = Annotated[bool, typer.Option("--force", help="Overwrite a returned workbook that is there already.")]

# Findings shown in a terminal before the rest is counted only; report.json has them all.
_SHOWN = 25


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("convert")(convert)
    app.command("check")(check)
    app.command("look")(look)


@contextmanager
def _spooled(inputs: Sequence[str]) -> Iterator[list[str]]:
    """Put standard input into a file: columns may have to be read twice."""
    if "-" not in inputs:
        yield list(inputs)
        return
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin"
        with path.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield [str(path) if i == "-" else i for i in inputs]


def _progress() -> Callable[[str, int], None] | None:
    """Report rows on standard error once a run takes longer than a second; silent where no person looks."""
    if not sys.stderr.isatty():
        return None
    start = last = time.monotonic()

    def tell(name: str, rows: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - start > 1 and now - last > 0.5:
            last = now
            typer.echo(f"\r{name}: {rows:,} rows", err=True, nl=False)

    return tell


def options_of(profile: str | None, profiles: list[str] | None, bundle: str | None, decisions: list[str] | None, **more: object) -> Options:
    """Gather what the options of a command say; those that are None keep their defaults."""
    from ..conversion.flow import Options
    from ..errors import UsageError

    # Reproducible runs name their day (https://reproducible-builds.org/specs/source-date-epoch/).
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(epoch))) if epoch else None
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}: a number of seconds since 1970 is expected") from None
    settings: dict[str, object] = {
        "profile": profile,
        "profiles": tuple(profiles or ()),
        "bundle": bundle,
        "decisions": tuple(decisions or ()),
        "today": moment and moment[:10],
        "stamp": moment,
        "progress": _progress(),
    }
    return Options(**(settings | {k: v for k, v in more.items() if v is not None}))  # type: ignore[arg-type]


def exit_code(findings: Sequence[Finding], fail_on: str, *, strict: bool) -> int:
    """Return the exit code of a run: 4 before 1."""
    from ..findings import at_least

    if strict and any(f.code == "term-unverifiable" for f in findings):
        return 4
    return 1 if next(at_least(findings, fail_on), None) is not None else 0


def convert(
    inputs: _Inputs,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for report.json and the outputs.")],
    profile: ProfileName = None,
    to: Annotated[
        str, typer.Option("--to", help="Any of json, turtle, ntriples, nquads, jsonld, jsonld-framed, rdfxml, tsv, xlsx, parquet.")
    ] = "json,turtle",
    base: Annotated[str | None, typer.Option("--base", help="IRI that local names are relative to.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes for large flat tables.")] = 1,
    stamp: Annotated[str | None, typer.Option("--stamp", help="ISO date of the run; later sampling dates are flagged.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who converts, for the dataset's description: an ORCID or a name.")] = None,
    provenance: Annotated[
        bool, typer.Option("--provenance", help="Say in the RDF where each value comes from: cell, text, steps.")
    ] = False,
    profiles: ProfileFolders = None,
    bundle: Bundle = None,
    decisions: DecisionFiles = None,
    no_privacy: _NoPrivacy = False,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out of all outputs what points at a person; redactions.tsv says what was changed.")
    ] = False,
    report: _Report = None,
    lang: _Lang = "en",
    force: _Force = False,
    strict: _Strict = False,
    fail_on: _Fail = "error",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No summary.")] = False,
) -> None:
    """Convert spreadsheets into the standard; every cell ends up in the ledger."""
    from ..conversion.api import convert_to
    from ..emit import parse_formats

    parse_formats(to)
    reports = Reports(report, output, lang, force=force, redact=redact)
    more: dict[str, object] = {
        "base": base,
        "jobs": jobs,
        "today": stamp,
        "privacy": not no_privacy,
        "redact": redact,
        "provenance": provenance,
        "by": by,
        "stamp": stamp,
    }
    with _spooled(inputs) as paths:
        reports.look(paths)
        options = options_of(profile, profiles, bundle, decisions, observer=reports.coverage, **more)
        outcome = convert_to(paths, output, to, options)
        told = reports.write(paths, outcome, options)
    if not quiet:
        _summary(outcome, output, lang)
    for sentence in told:
        typer.echo(sentence, err=True)
    raise typer.Exit(exit_code(outcome.findings, fail_on, strict=strict))


def _summary(outcome: Outcome, folder: Path, lang: str) -> None:
    """Say on standard error what a person wants to know first."""
    from ..curation import get_language

    _show_findings(outcome.findings, lang)
    language = get_language(lang)
    say, phrase = language.say, language.phrase
    lines = []
    for book in outcome.inputs:
        for sheet in book["sheets"]:  # type: ignore[attr-defined]
            name = f"{book['file']}{' / ' + sheet['sheet'] if sheet['sheet'] else ''}"
            if sheet["profile"]:
                score = f"{sheet['score']:.2f}"
                lines.append(
                    phrase("{name}: {profile} (score {score}), {n} rows", name=name, profile=sheet["profile"], score=score, n=sheet["rows"])
                )
            else:
                some = len(sheet.get("by_name", ()))
                kept = phrase("{n} columns read by name, the rest kept", n=some) if some else say("kept as it is")
                told = phrase("of no known format, {kept}", kept=kept) if sheet["rows"] else say("no records")
                lines.append(f"{name}: {told}")
    counts = outcome.ledger.to_dict()
    made = ", ".join(f"{n} {c}" for c, n in sorted(outcome.records.items())) or say("none")
    lines.append(phrase("records: {made}", made=made))
    fates = " + ".join(f"{counts[k]} {say(k)}" for k in counts if k != "cells")
    lines.append(phrase("cells: {n} = {fates}", n=counts["cells"], fates=fates))
    if outcome.redactions is not None:
        changed = ", ".join(f"{n} {rule}" for rule, n in outcome.redactions.items()) or say("nothing was found")
        lines.append(phrase("redacted: {changed}; read what is written before you give it away", changed=changed))
    lines.append(phrase("written to {folder}", folder=folder))
    typer.echo("\n".join(lines), err=True)


def _show_findings(findings: Sequence[Finding], lang: str, limit: int | None = _SHOWN) -> None:
    from collections import Counter

    from ..curation import get_language
    from ..findings import SEVERITIES

    language = get_language(lang)
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: SEVERITIES[f.severity]):
        if finding.severity != "info":
            at = finding.address
            groups.setdefault((finding.code, at.file, at.sheet, finding.header or str(at.column)), []).append(finding)
    told = list(groups.values())[:limit]
    for first, *alike in told:
        typer.echo(language.finding(first), err=True)
        # A column of forty bad dates is one thing to look at.
        if alike:
            cells = ", ".join(f.address.cell for f in alike[:8])
            more = language.phrase("alike     {n} more in this column: {cells}", n=len(alike), cells=cells)
            typer.echo(f"  {more}{', …' if len(alike) > 8 else ''}", err=True)
        typer.echo("", err=True)
    counts: Counter[str] = Counter(f.severity for f in findings)
    rest = len(findings) - sum(map(len, told))
    if findings:
        several = {s: "s" if counts[s] != 1 and s != "info" else "" for s in SEVERITIES}
        said = ", ".join(f"{counts[s]} {language.say(s + several[s])}" for s in SEVERITIES if counts[s])
        hidden = language.phrase(" ({n} not shown here; see report.json or check --json)", n=rest) if rest else ""
        typer.echo(language.phrase("findings: {said}", said=said) + hidden, err=True)


def check(
    inputs: _Inputs,
    profile: ProfileName = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON Lines.")] = False,
    profiles: ProfileFolders = None,
    bundle: Bundle = None,
    decisions: DecisionFiles = None,
    no_privacy: _NoPrivacy = False,
    report: _Report = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the reports of --report.")] = None,
    lang: _Lang = "en",
    force: _Force = False,
    strict: _Strict = False,
    fail_on: _Fail = "error",
) -> None:
    """Check spreadsheets: all that a conversion would say; nothing is written but the reports that are asked for."""
    from ..conversion.api import examine
    from ..curation import get_language

    reports = Reports(report, output, lang, force=force)
    with _spooled(inputs) as paths:
        reports.look(paths)
        options = options_of(profile, profiles, bundle, decisions, privacy=not no_privacy, observer=reports.coverage)
        outcome = examine(paths, options)
        told = reports.write(paths, outcome, options)
    findings, language = outcome.findings, get_language(lang)
    if as_json:
        for finding in findings:
            typer.echo(json.dumps(finding.to_dict(), ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(f"{language.finding(finding)}\n")
        if not findings:
            typer.echo(language.say("nothing to say"))
    for sentence in told:
        typer.echo(sentence, err=True)
    raise typer.Exit(exit_code(findings, fail_on, strict=strict))


def look(
    source: Annotated[str, typer.Argument(help="A file; - reads standard input.", metavar="INPUT")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per sheet.")] = False,
    profiles: ProfileFolders = None,
    samples: Annotated[int, typer.Option("--samples", min=0, help="Distinct values to show per column.")] = 3,
) -> None:
    """Show the sheets of a file: header row, columns with sample values, nearest profiles."""
    from .looking import look_at, show_sheet

    with _spooled([source]) as paths:
        for sheet in look_at(paths[0], tuple(profiles or ()), samples):
            typer.echo(json.dumps(sheet, ensure_ascii=False) if as_json else show_sheet(sheet))
