"""What a finding code is, and those of the detectors, which look at whole columns and tables."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

__all__ = ["DETECTED", "PRIVATE", "Code", "Severity"]

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
