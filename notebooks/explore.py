"""Cells of 02-explore-a-dataset; see make.py."""

from __future__ import annotations

EXPLORE = [
    "# Explore a dataset\n\nTwo omics layers of one cohort: a GSA-Human workbook (donors, samples, sequencing; half of its cells in Chinese) and an SDRF of the "
    "proteomics of some of the same samples. All of it is invented (`examples/make_atlas.py`).",
    "```python\nimport matplotlib.pyplot as plt\nimport pandas as pd\n\nimport omics_standards as om\n\n"
    'data = om.convert("../examples/atlas", decisions=["../examples/atlas-decisions.sssom.tsv"])\ndata\n```',
    "## What is there\n\nA frame of every class; `typed=True` makes numbers of numbers.",
    '```python\nframes = data.to_frames(typed=True)\npd.Series({name: len(frame) for name, frame in frames.items()}, name="records").to_frame()\n```',
    "How much of each column is filled in? Columns of samples and of donors, without the ids beside labels.",
    "```python\nfig, axes = plt.subplots(1, 2, figsize=(11, 4))\n"
    'for axis, cls in zip(axes, ["Biosample", "Subject"], strict=True):\n    frame = data.to_frame(cls, ids=False, typed=True)\n'
    '    shown = frame[[c for c in frame if not c.endswith((" (missing)", " (rejected)"))]]\n'
    "    shown.notna().mean().mul(100).iloc[::-1].plot.barh(ax=axis, title=cls)\n"
    '    axis.set_xlabel("filled in (%)")\nfig.tight_layout()\n```',
    "## What is missing, and why\n\nThe tidy layout has a row per value, with the cell that it came from. A value that is absent has a reason.",
    '```python\ntidy = data.to_frame(layout="tidy")\ntidy[tidy["status"] == "missing"][["class", "id", "slot", "reason", "raw", "cell"]].head()\n```',
    '```python\nmissing = tidy[tidy["status"] == "missing"]\ncounts = pd.crosstab(missing["class"] + "." + missing["slot"], missing["reason"])\n'
    'counts.plot.barh(stacked=True, figsize=(8, 3), xlabel="records", ylabel="", title="missing, by reason")\nplt.legend(bbox_to_anchor=(1, 1))\nplt.tight_layout()\n```',
    "## Tissues\n\nOne term per tissue, whatever the two sites wrote.",
    '```python\ntissues = tidy[tidy["slot"] == "tissue"].groupby(["value", "term_id"])["raw"].agg(texts=lambda r: ", ".join(sorted(set(r))), samples="size")\n'
    'tissues.sort_values("samples", ascending=False)\n```',
    '```python\nsamples = data.to_frame("Biosample", with_="Subject", typed=True)\n'
    'groups = samples["Subject.disease"].fillna("control")\n'
    'pd.crosstab(samples["tissue"], groups).plot.bar(stacked=True, figsize=(8, 3), rot=0, xlabel="", ylabel="samples", title="tissues")\n'
    "plt.tight_layout()\n```",
    "## Omics layers of each donor\n\n`with_` follows the links of the model: from an assay up to its samples and to the people they were taken from.",
    '```python\nassays = data.to_frame("Assay", with_=["Biosample", "Subject"], many="explode")\n'
    'assays["layer"] = assays["library_strategy"].fillna(assays["class"].str.removesuffix("Assay"))\n'
    'layers = pd.crosstab(assays["Subject.name"], assays["layer"])\nlayers\n```',
    '```python\nfig, axis = plt.subplots(figsize=(6, 3.5))\nimage = axis.imshow(layers.T, cmap="Blues", vmax=4)\n'
    'axis.set(xticks=range(len(layers)), xticklabels=layers.index, yticks=range(layers.shape[1]), yticklabels=layers.columns, title="assays per donor")\n'
    "for (row, column), number in pd.DataFrame(layers.T.to_numpy()).stack().items():\n"
    '    axis.text(column, row, number or "", ha="center", va="center")\nfig.tight_layout()\n```',
    "Donors with all of them:",
    "```python\nlayers[(layers > 0).all(axis=1)].index.tolist()\n```",
    "## Which files?\n\nA row per file with the facts of its sample and donor: transcriptomes of the livers of women.",
    '```python\nfiles = data.to_frame("DataFile", with_=["Run", "Assay", "Biosample", "Subject"], typed=True)\n'
    'wanted = files["Assay.library_strategy"].eq("RNA-Seq") & files["Biosample.tissue_id"].eq("UBERON:0002107") & files["Subject.sex"].eq("female")\n'
    'files.loc[wanted, ["file_name", "md5", "Biosample.name", "Biosample.age", "Subject.disease"]]\n```',
    "## A frame of your own\n\n`import omics_standards.pandas` gives frames an accessor: findings under the frame's own labels, terms beside texts, doubtful cells marked.",
    "```python\nimport omics_standards.pandas\n\nown = pd.DataFrame(\n"
    '    {"sample_name": ["S1", "S2", "S3"], "organism": ["Mus musculus", "Mus musculus", "missing"], "collection_date": ["2020-05-01", "soon", "2020-02-30"], "tissue": ["liver", "Lung", "livre"]},\n'
    '    index=["cage 1", "cage 2", "cage 3"],\n)\nown.omics.check("ncbi-biosample", at_least="warning")[["row", "column", "severity", "code", "value", "expected"]]\n```',
    '```python\nown.join(own.omics.ground("tissue")[["status", "id", "label"]].add_prefix("tissue_"))\n```',
    '```python\nown.omics.marked("ncbi-biosample")\n```',
    "## What changed?\n\nThe next version of the sheet against this one, by record and slot.",
    '```python\nfrom omics_standards.comparing import compare_sources\n\nfixed = own.assign(collection_date=["2020-05-01", "2020-05-03", "2020-02-28"])\n'
    'with compare_sources(own.omics.convert("ncbi-biosample"), fixed.omics.convert("ncbi-biosample")) as found:\n'
    "    changes = pd.DataFrame(d.to_dict() for d in found)\nchanges\n```",
]
