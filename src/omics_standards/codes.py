"""What a finding code is, and the codes of terms, of the detectors of whole columns and tables, and of privacy."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

__all__ = ["DETECTED", "PRIVATE", "TERMS", "Code", "Severity"]

Severity = Literal["error", "warning", "info"]


class Code(NamedTuple):
    """A finding code: how bad, in what words, and what a curator should know about it."""

    severity: Severity
    title: str
    meaning: str


DETECTED: Final[dict[str, Code]] = {
    # --- columns
    "drag-fill-date": Code(
        "warning",
        "date that counts up from row to row",
        "Each row is a day (month, year) after the one above, as a spreadsheet fills a column.",
    ),
    "drag-fill-coordinates": Code(
        "warning",
        "coordinates that count up from row to row",
        "One number of the position grows by one, or by one in its last place, as a spreadsheet fills a column.",
    ),
    "drag-fill-text": Code(
        "warning",
        "text whose number counts up from row to row",
        "A description, a protocol or a word of a vocabulary that differs from the one above in a number that grows by one.",
    ),
    "drag-fill-reference": Code(
        "warning",
        "accession of something shared that counts up from row to row",
        "Projects, studies, publications and taxa are shared by rows; successive numbers are what a spreadsheet fills a column with.",
    ),
    "number-sentinel": Code(
        "warning", "number that stands for no value", "999, -9999 and the like, far from all other numbers of the column."
    ),
    "zeros-lost": Code(
        "warning", "identifier that lost its leading zeros", "Other identifiers of the column have the same width and begin with zeros."
    ),
    "template-residue": Code(
        "warning", "text of the template", "An explanation, an example or a placeholder of the form that was not replaced."
    ),
    "cell-packed": Code(
        "info", "several values in one cell", "The cells of the column are lists of names and values ('age: 45; sex: male')."
    ),
    "names-contradict": Code(
        "error", "sample and file names contradict each other", "The file of the row carries the name of the sample of another row."
    ),
    "checksum-duplicate": Code("warning", "one checksum for several files", "Files that differ in name have the same checksum."),
    "header-alike": Code(
        "warning", "headers that differ by case or punctuation only", "Two columns that a person will take for one; each is read by itself."
    ),
    "values-several": Code(
        "warning", "several values where one is expected", "The cell cannot be read as one value; each of its parts can."
    ),
    "row-shifted": Code(
        "error", "cells of a row beside their columns", "What cannot be read under its own header can be read under the one beside it."
    ),
    # --- what curators of archives send back
    "source-not-single-cell": Code(
        "warning", "library of single cells under a source of bulk", "Title, design or strategy speak of single cells."
    ),
    "organism-not-metagenome": Code(
        "warning", "metagenomic library of one organism", "Its sample is a metagenome to the taxonomy; the organism is its host."
    ),
    "format-without-qualities": Code(
        "warning", "FASTA of a machine that gives FASTQ", "Archives of reads want the files of the machine, with qualities."
    ),
    "format-contradicts-name": Code(
        "warning", "file name without the suffix of its format", "Archives tell formats by the name; one of the two is wrong."
    ),
    "description-misplaced": Code(
        "info", "library described where the sample is", "How libraries were made and sequenced belongs to the experiment."
    ),
    "provider-is-place": Code(
        "info", "provider that is a place only", "A place provides nothing: a person, a laboratory or an institution does."
    ),
    "samples-identical": Code(
        "info", "samples that differ in their names only", "Nothing says what tells them apart; archives ask, or refuse them."
    ),
    "runs-are-replicates": Code(
        "warning", "replicates as runs of one experiment", "The names of its runs count replicates; each is a library of its own."
    ),
    "assembly-missing": Code(
        "warning", "aligned reads without their assembly", "A BAM or CRAM file says where reads lie on an assembly that is not named."
    ),
}
"""Part of :data:`omics_standards.findings.CODES`."""

# What points at one person, in rows of people.
PRIVATE: Final[dict[str, Code]] = {
    "privacy-national-id": Code(
        "error",
        "number that a state gave a person",
        "A number of an identity card, an insurance or a tax office; by its check digit, or by its header.",
    ),
    "privacy-record-number": Code("warning", "number of a patient's records", "A number of a hospital or an insurance, by its header."),
    "privacy-telephone": Code("warning", "telephone number", "In a row of people, outside the fields of contacts."),
    "privacy-email": Code("warning", "e-mail address", "In a row of people, outside the fields of contacts."),
    "privacy-address": Code("warning", "address of a person", "A street, a postal code or a home, by its header."),
    "privacy-name": Code(
        "warning",
        "name of a person",
        "By its header; in Chinese characters; or in Pinyin, where a whole column of samples, titles or files shows such names.",
    ),
    "privacy-initials": Code(
        "info",
        "may be initials of names",
        "Nearly all names of a Chinese column are two or three letters that may begin a name's syllables, all different.",
    ),
    "privacy-age": Code("warning", "age over 89", "So few people are that old that the age may tell who it is; one group is made of them."),
    "privacy-birth-date": Code("warning", "day of birth", "Day or month of birth, or a year that says an age over 89."),
    "privacy-date": Code("info", "day in a person's life", "A day or month of sampling, diagnosis or death; told once for each column."),
    "privacy-coordinates": Code(
        "warning", "position of people finer than 0.01 degree", "A third decimal shows the block of houses; told once for each column."
    ),
    "privacy-small-cells": Code(
        "info", "few people share what neighbours know", "Combinations of age, sex, ethnicity and place that fewer than five people share."
    ),
    "privacy-free-text": Code(
        "info", "free text on single people", "Nobody but a reader can say what such texts give away; told once for each column."
    ),
}

# Ontology terms.
TERMS: Final[dict[str, Code]] = {
    "term-not-found": Code(
        "warning", "no ontology term of this name", "Neither a label nor a synonym in the ontologies of the slot; kept as a local term."
    ),
    "term-ambiguous": Code(
        "warning", "several terms of this name", "More than one term of the slot's ontologies has this name; none is taken."
    ),
    "term-unverifiable": Code(
        "info", "term could not be checked", "No bundle of this ontology is built, or the id is newer than the bundle."
    ),
    "term-id-unknown": Code(
        "error",
        "accession that the ontology does not have",
        "The name beside it is that of another id of the same ontology, so that it is no newer term; neither is taken.",
    ),
    "term-obsolete": Code("warning", "obsolete term", "The ontology has retired this term; its replacement is named where there is one."),
    "term-label-mismatch": Code(
        "warning",
        "name and accession disagree",
        "The name beside the accession is neither its label nor a synonym; an error where it is another term's.",
    ),
    "term-name-near": Code(
        "info",
        "short, wordy or misspelt name",
        "A slip of one of the term's names, a part of it, or the name with words that say no more, and the name of no other term; the term is taken.",
    ),
    "term-broader-than-text": Code(
        "warning",
        "accession is broader than the text",
        "The text says more than the accession's term ('adenocarcinoma of lung' beside adenocarcinoma); neither is taken.",
    ),
    "term-narrower-than-text": Code(
        "warning",
        "accession is narrower than the text",
        "The accession's term is a kind or a part of what the text names; neither is taken.",
    ),
    "drag-fill-accession": Code(
        "error",
        "accession that counts up under one name",
        "One name stands beside accessions with running numbers, as a spreadsheet makes them when a cell is dragged down.",
    ),
    "copied-accession": Code(
        "error",
        "one accession beside names of different terms",
        "The accession was copied down a column whose names change; each of them is the name of another term.",
    ),
    "term-wrong-ontology": Code(
        "warning", "term of an ontology that the slot does not use", "The accession is of another ontology than those the slot allows."
    ),
    "term-wrong-branch": Code(
        "warning",
        "term from another part of the ontology",
        "The term exists, but not under the terms that the slot allows (a disease in a tissue column, and the like).",
    ),
    "term-not-exact": Code(
        "info",
        "decided term is broader or narrower than the text",
        "A person decided on a term that does not say quite the same; it is carried, and this says so.",
    ),
    "decision-unreadable": Code(
        "error",
        "not a decision",
        "A cell of a filled-in review table is neither a term's CURIE, the number of a suggestion, 'none', nor 'not' with a CURIE.",
    ),
    "decisions-contradict": Code(
        "error", "two decisions on one text", "Two rows of a filled-in review table say different things of one text in one slot."
    ),
    "term-id-malformed": Code(
        "warning", "malformed term accession", "The accession is not PREFIX:digits; the repaired form is named where it can be told."
    ),
}
