"""Which module has which command: a module is imported when one of its commands is called, not for the list of commands."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["HOMES", "Group", "load_command"]

# In the order in which they are listed: the module, whose function ``register`` adds its commands to an application, and the first
# line of the command's help, which must be known without the module.
HOMES: Final = {
    "convert": ("convert_commands", "Convert spreadsheets into the standard; every cell ends up in the ledger."),
    "check": (
        "convert_commands",
        "Check spreadsheets: all that a conversion would say; nothing is written but the reports that are asked for.",
    ),
    "look": ("convert_commands", "Show the sheets of a file: header row, columns with sample values, nearest profiles."),
    "export": ("export_commands", "Write a dataset as an archive's own sheets; what they cannot hold is said in export.json."),
    "template": ("template_commands", "Write a template to fill in: the archive's columns with drop-downs, notes and an example row."),
    "query": ("query_commands", "Ask converted datasets in SPARQL, or by a named question; or send them to a SPARQL server."),
    "package": (
        "package_commands",
        "Package a converted dataset to share it: RO-Crate, DCAT, schema.org, DataCite, Croissant, tables with a Data Package.",
    ),
    "fix": (
        "fix_commands",
        "Apply the safe fixes to a file, and say each: the fixed file converts to the same records, with nothing new to look at.",
    ),
    "attach": (
        "attach_commands",
        "Merge the accessions that an archive returned into a converted dataset; what does not fit is said, never forced.",
    ),
    "diff": (
        "diff_commands",
        "Say which records were added, removed, renamed and changed, slot by slot; ends with 1 where the two differ.",
    ),
    "terms": ("term_commands", "Ontology terms."),
    "ontologies": ("ontology_commands", "The ontologies that terms are looked up in."),
    "profiles": ("profile_commands", "Formats that are known."),
    "model": ("model_commands", "The model in the languages of other tools."),
}


@cache
def load_command(name: str) -> Any:
    """Import the module of a command (one of :data:`HOMES`) and make the command, or group of commands, with its options."""
    app = typer.Typer(pretty_exceptions_enable=False)
    import_module(f".{HOMES[name][0]}", __package__).register(app)
    return typer.main.get_group(app).commands[name]


class Group(TyperGroup):
    """The commands of :data:`HOMES`, of which only the one that is called is made in full."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: TyperCommand(name, help=line) for name, (_, line) in HOMES.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the arguments begin with."""
        if args and args[0] in HOMES:
            self.commands[args[0]] = load_command(args[0])
        return super().resolve_command(ctx, args)
