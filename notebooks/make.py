"""Writes the notebooks from plain Python; outputs are made by running them.

python notebooks/make.py
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from explore import EXPLORE

HERE = Path(__file__).resolve().parent

CONVERT = [
    "# Convert a spreadsheet\n\nFrom a messy GSA workbook to records, frames and a graph, with every cell accounted for.",
    '```python\nimport omics_standards as om\n\ndata = om.convert("../examples/gsa-liver.xlsx")\ndata\n```',
    "The ledger says where every cell went; the five fates add up to the number of cells.",
    "```python\ndata.ledger.to_dict(), data.ledger.closes\n```",
    "Every finding names the cell, what was found, what is expected, and how to fix it.",
    '```python\nfor finding in [f for f in data.findings if f.severity != "info"][:4]:\n    print(finding, end="\\n\\n")\n```',
    "Records of one class as a frame: labels, and the ids of ontology terms beside them.",
    '```python\nframe = data.to_frame("Biosample")\nframe[[c for c in ("name", "organism", "tissue", "tissue_id", "sex", "age", "collection_date", "collection_place") if c in frame]]\n```',
    "Where a value came from: addresses of its cells, and the steps from the raw text.",
    '```python\nsample = data.records("Biosample")[0]\nsample.origin("age")\n```',
    "The same record as a typed object of the generated model.",
    '```python\nnext(data.models("Biosample")).model_dump(exclude_none=True, exclude={"attributes", "missing", "rejected"})\n```',
    "And as a graph: which files belong to which tissue?",
    '```python\nquestion = """\nPREFIX omst: <https://w3id.org/omics-standards/>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n'
    "SELECT ?tissue (COUNT(?file) AS ?files) WHERE {\n  ?run omst:data_files ?file ; omst:assay ?assay .\n  ?assay omst:samples ?sample .\n"
    '  ?sample omst:tissue/rdfs:label ?tissue .\n} GROUP BY ?tissue ORDER BY ?tissue\n"""\n'
    "[(str(row.tissue), int(row.files)) for row in data.to_graph().query(question)]\n```",
    "A frame of your own is converted in the same way.",
    '```python\nimport pandas as pd\n\nown = pd.DataFrame({"*sample_name": ["S1", "S2"], "*organism": ["Mus musculus", "Mus musculus"], "*collection_date": ["Oct-2019", "soon"]})\n'
    'small = om.convert(own)\nsmall.to_frame("Biosample")\n```',
    '```python\n[str(f).splitlines()[0] for f in small.findings if f.severity == "error"]\n```',
]


def notebook(cells: list[str]) -> nbformat.NotebookNode:
    """Make a notebook: fenced cells are code, the others text."""
    book = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}
    )
    for i, cell in enumerate(cells):
        code = cell.startswith("```python\n")
        text = cell.removeprefix("```python\n").removesuffix("\n```")
        made = nbformat.v4.new_code_cell(text) if code else nbformat.v4.new_markdown_cell(text)
        made["id"] = f"cell-{i}"
        book.cells.append(made)
    return book


BOOKS = {"01-convert-a-spreadsheet": CONVERT, "02-explore-a-dataset": EXPLORE}

if __name__ == "__main__":
    for name, cells in BOOKS.items():
        nbformat.write(notebook(cells), HERE / f"{name}.ipynb")
