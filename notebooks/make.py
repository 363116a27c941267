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

QUERY = [
    "# Explore a dataset as a graph\n\nA tour in SPARQL: from what is there to what is missing, on the invented example workbook.",
    '```python\nimport omics_standards as om\n\ndata = om.convert("../examples/gsa-liver.xlsx")\ndata.classes\n```',
    "`data.query` loads the records into an embedded store (once) and answers with a frame. Prefixes of the model, of archives and of ontologies "
    "are declared for you. What is in it, records and the nodes of their values?",
    '```python\ndata.query("""\nSELECT ?class (COUNT(?thing) AS ?things)\nWHERE { ?thing a ?class }\nGROUP BY ?class ORDER BY DESC(?things) ?class\n""")\n```',
    "A value that is a term points straight to the ontology; its label stands once, at the term. So a query may ask by either.",
    '```python\ndata.query("""\nSELECT ?sample ?name ?tissue ?label\nWHERE { ?sample a omst:Biosample ; omst:name ?name ; omst:tissue ?tissue . '
    '?tissue rdfs:label ?label }\nORDER BY ?name\n""")\n```',
    "Quantities, places, points and attributes are nodes with parts; equal values are one node. How old were the animals, and where were they?",
    '```python\nages = data.query("""\nSELECT ?name ?age ?unit ?country ?region\nWHERE {\n  ?sample omst:name ?name ; omst:collection_place ?place .\n'
    "  OPTIONAL { ?sample omst:age ?quantity . ?quantity omst:value ?age ; omst:unit ?unit }\n  ?place omst:country ?country ; omst:region ?region .\n"
    '}\nORDER BY ?name\n""")\nages\n```',
    "Numbers are numbers.",
    '```python\nages.groupby("unit")["age"].agg(["count", "min", "max"])\n```',
    "From samples to files the graph is walked with a path: run to assay to sample.",
    '```python\ndata.query("""\nSELECT ?label (COUNT(DISTINCT ?file) AS ?files) (SUM(?size) AS ?bytes)\nWHERE {\n  ?run omst:data_files ?file ; '
    'omst:assay/omst:samples/omst:tissue/rdfs:label ?label .\n  ?file omst:file_size ?size .\n}\nGROUP BY ?label ORDER BY ?label\n""")\n```',
    "What is missing is said, with its reason; what could not be carried as well, with the finding that says why.",
    '```python\ndata.query("""\nSELECT ?record ?slot ?why ?raw\nWHERE {\n  { ?record omst:missing ?value . ?value omst:reason ?why }\n'
    "  UNION { ?record omst:rejected ?value . ?value omst:finding ?why }\n  ?value omst:slot ?slot ; omst:raw ?raw .\n}\nORDER BY ?record ?slot\n"
    '""")\n```',
    "Questions that everybody asks have names (`omics-standards query --list`). Each is a SPARQL file that runs as it is; on the command line its "
    "parameters are set with `--set`: `omics-standards query DIR --question files-of-samples --set tissue=liver`.",
    "```python\nfrom omics_standards.query.questions import load_questions\n\nquestions = load_questions()\n"
    "{name: q.title for name, q in questions.items()}\n```",
    '```python\ndata.query(questions["files-of-samples"].text).head()\n```',
    '```python\ndata.query(questions["files-without-checksum"].text)\n```',
    "Texts that no ontology knows are terms of their own, and a curator's next decisions.",
    '```python\ndata.query(questions["local-terms"].text)\n```',
    "ASK gives true or false, CONSTRUCT a graph of your own, here the pairs of sample and tissue as plain labels.",
    '```python\ndata.query("ASK { ?file a omst:DataFile FILTER NOT EXISTS { ?file omst:md5 ?md5 } }")\n```',
    '```python\ndata.query("CONSTRUCT { ?name rdfs:seeAlso ?label } WHERE { ?name omst:tissue/rdfs:label ?label }").head(3)\n```',
    "A query only reads, asks no other server, and is stopped when it takes too long.",
    '```python\nfrom omics_standards.errors import OmicsStandardsError\n\nfor text in ("DELETE WHERE { ?s ?p ?o }", '
    '"SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }"):\n    try:\n        data.query(text)\n'
    "    except OmicsStandardsError as e:\n        print(e)\n```",
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


BOOKS = {"01-convert-a-spreadsheet": CONVERT, "02-explore-a-dataset": EXPLORE, "03-query-rdf": QUERY}

if __name__ == "__main__":
    for name, cells in BOOKS.items():
        nbformat.write(notebook(cells), HERE / f"{name}.ipynb")
