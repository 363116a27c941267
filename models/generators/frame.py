"""The JSON-LD frame: what points up in the data (a run at its assay, an assay at its sample) read downwards, from project to file."""

from __future__ import annotations

import json
from typing import Any

# A slot that points up, and the name of the same edge seen from above.
DOWN = {
    "parent_projects": "sub_projects",
    "projects": "project_members",
    "studies": "study_members",
    "derived_from": "derived_materials",
    "samples": "sample_uses",
    "assay": "assay_runs",
    "run": "run_files",
}


def generate(table: dict[str, Any], context: str) -> str:
    """Return the frame: projects, and studies without one, with what belongs to them below."""
    terms = json.loads(context)["@context"]
    for slot, name in DOWN.items():
        if name in terms:
            raise ValueError(f"{name} is a name of the context already")
        terms[name] = {"@reverse": table["slots"][slot]["uri"], "@type": "@id", "@container": "@set"}
    run: dict[str, Any] = {"run_files": {}}
    use = {"assay_runs": run, **run}
    sample = {"sample_uses": use, "derived_materials": {"sample_uses": use, "derived_materials": {"sample_uses": use}}}
    study = {"study_members": sample | use}
    project = {"project_members": study | sample | use}
    frame = {"@requireAll": True, "type": ["Project", "Study"], "projects": [], "parent_projects": []}
    return json.dumps({"@context": terms, **frame, "sub_projects": project, **project, **study}, ensure_ascii=False, indent=1) + "\n"
