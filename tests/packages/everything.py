"""An invented dataset that says all that a dataset can say of itself, as a conversion writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

POLICY = 'For research on ageing of the liver only.\nAsk the committee: "who" and why; no <re-identification> & no sale.'


def term(identifier: str, label: str) -> dict[str, str]:
    return {"id": identifier, "label": label}


def records() -> dict[str, Any]:
    human = term("NCBITaxon:9606", "Homo sapiens")
    samples = [
        {
            "id": f"ngdc.biosample:SAMC99000{k}", "name": f"=S{k}", "title": f"Liver of donor {k}", "organism": human, "studies": ["study/ageing"],
            "tissue": term("UBERON:0002107", "liver"), "disease": [term("MONDO:0005138", "lung carcinoma"), term("omst:term/disease/cough", "cough")][: k + 1],
            "age": {"value": 30 + k, "unit": "a"} if k else {"minimum": 20, "maximum": 30, "unit": "a"}, "sex": "male" if k else "female",
            "subject": [f"subject/D{k}"], "collection_date": ["2020-05-01", "2021", "2021-03"][k], "collection_place": {"country": "China", "region": "Beijing"},
            "collection_location": {"latitude": f"39.{k}", "longitude": "116.40"}, "treatment": ["none", "a; b"][: k + 1],
            "attributes": [{"name": "haemoglobin", "value": f"13.{k}", "unit": "g/dL"}, {"name": "box", "value": "7"}],
            "missing": [{"slot": "ethnicity", "reason": "not collected", "raw": "-"}],
        }
        for k in range(3)
    ]  # fmt: skip
    files = [
        {
            "id": f"file/R{k}_{m}.fastq.gz", "file_name": f"R{k}_{m}.fastq.gz", "file_size": 1000 + k, "md5": f"{k}{m}" * 16, "file_format": "fastq",
            "data_category": "raw", "run": f"ngdc.gsahuman:HRR99000{k}", "samples": [f"ngdc.biosample:SAMC99000{k}"],
            **({"locations": [f"https://download.example.org/HRA990001/R{k}_{m}.fastq.gz"]} if k else {}),
        }
        for k in range(3)
        for m in (1, 2)
    ]  # fmt: skip
    return {
        "base": "https://example.org/data/",
        "projects": [{
            "id": "ngdc.bioproject:PRJCA990001", "title": "Ageing of the liver", "description": "A project with studies.", "keywords": ["ageing"],
            "funding": ["Example Fund, grant 1"], "contacts": ["person/Ada/Example", "person/Bo/Sample"], "organizations": ["organization/Institute"],
            "publications": ["publication/10.1234%2Fexample"], "organisms": [human],
        }],
        "studies": [{"id": "study/ageing", "title": "Transcriptomes of aged livers", "description": "Case and control.", "omics_layers": ["transcriptomics"],
                     "projects": ["ngdc.bioproject:PRJCA990001"]}],
        "datasets": [{
            "id": "ngdc.gsahuman:HRA990001", "accessions": ["ngdc.gsahuman:HRA990001"], "title": "Liver RNA of three donors",
            "description": "Sequenced RNA of three donors' livers, \"young\" and old.", "access_policy": "policy/P1", "access_type": "controlled",
            "keywords": ["liver", "RNA"], "licence": "CC BY-NC 4.0", "release_date": "2024-06-01", "dataset_version": "2",
            "urls": ["https://ngdc.cncb.ac.cn/gsa-human/browse/HRA990001"], "projects": ["ngdc.bioproject:PRJCA990001"],
        }],
        "access_policies": [{
            "id": "policy/P1", "title": "Policy of the example committee", "access_type": "controlled", "policy_text": POLICY,
            "duo_codes": [term("DUO:0000007", "disease specific research"), term("DUO:0000018", "not for profit, non commercial use only")],
            "ethics_statement": "Approved; all donors consented.", "approval_number": "2020-123", "urls": ["https://example.org/committee"],
        }],
        "subjects": [{"id": f"subject/D{k}", "organism": human, "subject_kind": "human", "sex": "male" if k else "female"} for k in range(3)],
        "biosamples": samples,
        "transcriptomics_assays": [
            {"id": f"ngdc.gsahuman:HRX99000{k}", "samples": [f"ngdc.biosample:SAMC99000{k}"], "library_strategy": "RNA-Seq", "omics_layer": "transcriptomics"}
            for k in range(3)
        ],
        "runs": [
            {"id": f"ngdc.gsahuman:HRR99000{k}", "assay": f"ngdc.gsahuman:HRX99000{k}", "spots": 10 + k, "average_length": 150.5,
             "data_files": [f"file/R{k}_1.fastq.gz", f"file/R{k}_2.fastq.gz"]} for k in range(3)
        ],
        "data_files": files,
        "people": [
            {"id": "person/Ada/Example", "given_name": "Ada", "family_name": "Example", "orcid": "0000-0002-1825-0097", "email": "ada@example.org",
             "affiliations": ["organization/Institute"], "roles": ["principal investigator"]},
            {"id": "person/Bo/Sample", "given_name": "Bo", "middle_name": "C", "family_name": "Sample", "email": "bo@example.org"},
        ],
        "organizations": [{"id": "organization/Institute", "name": "Institute of Nowhere", "ror_id": "https://ror.org/05gq02987", "urls": ["https://example.org/"]}],
        "publications": [{"id": "publication/10.1234%2Fexample", "title": "On livers", "doi": "10.1234/example", "pmid": "12345678", "journal": "Journal of Nowhere",
                          "authors": ["person/Bo/Sample", "person/Ada/Example"], "publication_date": "2024-07"}],
    }  # fmt: skip


def write(folder: Path, data: dict[str, Any] | None = None) -> Path:
    """Write the dataset as a conversion does."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.json").write_text(json.dumps(records() if data is None else data, ensure_ascii=False), encoding="utf-8")
    report = {
        "inputs": [{"file": "livers.xlsx", "sha256": "ab" * 32, "sheets": []}],
        "ledger": {"cells": 0, "mapped": 0, "kept": 0, "missing": 0, "structural": 0, "rejected": 0},
        "records": {}, "findings": [], "versions": {"omics-standards": "0.1.0", "model": "0.1.0"},
    }  # fmt: skip
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return folder
