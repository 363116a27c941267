"""What other tools complain of in the files of formats whose rows are paths; they live in an environment of their own (make setup)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_MADE = Path(__file__).resolve().parents[1] / ".venv-peers" / "bin" / "python"
PEERS = os.environ.get("OMICS_STANDARDS_PEERS") or (str(_MADE) if _MADE.is_file() else "")


def complaints(script: str, *arguments: str) -> set[str]:
    """What a tool complains of, one line each; numbers of rows and columns left out, since columns stand in another order."""
    run = subprocess.run([PEERS, "-c", script, *arguments], capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr[-2000:]
    return {line for line in run.stdout.splitlines() if line.startswith("! ")}


# The templates of samples are asked, whatever is declared, since they say how values are written; of others those that are declared.
SDRF_TOOL = """
import sys, re, logging; logging.disable(logging.CRITICAL)
from sdrf_pipelines.sdrf.sdrf import read_sdrf
from sdrf_pipelines.sdrf.schemas import SchemaRegistry, SchemaValidator
registry, sheet = SchemaRegistry(), read_sdrf(sys.argv[1])
asked = {"ms-proteomics", "human", "vertebrates", "invertebrates", "plants", "cell-lines", "clinical-metadata", "oncology-metadata", "soil"}
with open(sys.argv[1], encoding="utf-8", errors="replace") as file: asked.update(re.findall(r"NT=([a-z-]+);VV=", file.read()))
for template in sorted(asked & set(registry.get_schema_names())):
    for e in SchemaValidator(registry).validate(sheet, template, skip_ontology=True):
        print("!", template, getattr(e, "column", ""), str(getattr(e, "message", e)).split("'")[0].split("\\n")[0])
"""
ISA_TOOL = """
import sys, os, io, logging, contextlib; logging.disable(logging.CRITICAL)
from isatools import isatab
name = next(f for f in os.listdir(sys.argv[1]) if f.lower().startswith("i_"))
with contextlib.redirect_stdout(io.StringIO()), open(os.path.join(sys.argv[1], name)) as fp: report = isatab.validate(fp)
for e in report["errors"]: print("!", e.get("code"), e.get("message"))
"""
ALTAMISA_TOOL = """
import sys, os, warnings
from altamisa.isatab import AssayReader, InvestigationReader, StudyReader
from altamisa.isatab import AssayValidator, InvestigationValidator, StudyValidator
folder = sys.argv[1]
name = next(f for f in os.listdir(folder) if f.lower().startswith("i_"))
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    try:
        with open(os.path.join(folder, name)) as fp: whole = InvestigationReader.from_stream(fp, filename=name).read()
        InvestigationValidator(whole).validate()
        for i, info in enumerate(whole.studies):
            with open(os.path.join(folder, str(info.info.path))) as fp: study = StudyReader.from_stream(f"S{i}", fp).read()
            StudyValidator(whole, info, study).validate()
            for j, a in enumerate(info.assays):
                with open(os.path.join(folder, str(a.path))) as fp: assay = AssayReader.from_stream(f"S{i}", f"A{j}", fp).read()
                AssayValidator(whole, info, a, assay).validate()
    except Exception as e: print("!", type(e).__name__, str(e)[:80])
for w in told:
    if "Error" in w.category.__name__ or "Critical" in w.category.__name__: print("!", w.category.__name__, str(w.message).split("\\n")[0][:80])
"""
ISA_JSON_TOOL = """
import sys, io, logging, contextlib; logging.disable(logging.CRITICAL)
from isatools import isajson
with contextlib.redirect_stdout(io.StringIO()), open(sys.argv[1], encoding="utf-8") as fp: report = isajson.validate(fp)
for e in report["errors"]: print("!", e.get("code"), e.get("message"), str(e.get("supplemental"))[:200])
"""
ISA_TO_JSON = """
import sys, os, io, json, logging, contextlib; logging.disable(logging.CRITICAL)
from isatools import isatab
from isatools.isajson import ISAJSONEncoder
name = next(f for f in os.listdir(sys.argv[1]) if f.lower().startswith("i_"))
with contextlib.redirect_stdout(io.StringIO()), open(os.path.join(sys.argv[1], name), encoding="utf-8") as fp: whole = isatab.load(fp)
with open(sys.argv[2], "w", encoding="utf-8") as out: json.dump(whole, out, cls=ISAJSONEncoder)
"""
