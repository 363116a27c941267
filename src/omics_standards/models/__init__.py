"""The model: generated classes, vocabularies, slot table, rules and prefixes.

``from omics_standards.models import Biosample`` gives the generated Pydantic class. The classes are loaded when one is
asked for: importing this package costs nothing, and neither the slot table (:mod:`.slots`) nor the rules
(:mod:`.rules`) need Pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._classes import (
        Accession as Accession,
    )
    from ._classes import (
        AccessPolicy as AccessPolicy,
    )
    from ._classes import (
        AccessType as AccessType,
    )
    from ._classes import (
        Analysis as Analysis,
    )
    from ._classes import (
        AnalysisType as AnalysisType,
    )
    from ._classes import (
        ArrayAssay as ArrayAssay,
    )
    from ._classes import (
        Assay as Assay,
    )
    from ._classes import (
        Attribute as Attribute,
    )
    from ._classes import (
        Biosample as Biosample,
    )
    from ._classes import (
        DataCategory as DataCategory,
    )
    from ._classes import (
        DataFile as DataFile,
    )
    from ._classes import (
        Dataset as Dataset,
    )
    from ._classes import (
        Entry as Entry,
    )
    from ._classes import (
        EpigenomicsAssay as EpigenomicsAssay,
    )
    from ._classes import (
        Factor as Factor,
    )
    from ._classes import (
        FileFormat as FileFormat,
    )
    from ._classes import (
        GenomicsAssay as GenomicsAssay,
    )
    from ._classes import (
        GeoPoint as GeoPoint,
    )
    from ._classes import (
        ImagingAssay as ImagingAssay,
    )
    from ._classes import (
        InsdcCountry as InsdcCountry,
    )
    from ._classes import (
        InstrumentModel as InstrumentModel,
    )
    from ._classes import (
        LibraryLayout as LibraryLayout,
    )
    from ._classes import (
        LibrarySelection as LibrarySelection,
    )
    from ._classes import (
        LibrarySource as LibrarySource,
    )
    from ._classes import (
        LibraryStrategy as LibraryStrategy,
    )
    from ._classes import (
        MassSpectrometryAssay as MassSpectrometryAssay,
    )
    from ._classes import (
        Material as Material,
    )
    from ._classes import (
        MaterialEntity as MaterialEntity,
    )
    from ._classes import (
        MaterialKind as MaterialKind,
    )
    from ._classes import (
        MeasuringPlatform as MeasuringPlatform,
    )
    from ._classes import (
        MetabolomicsAssay as MetabolomicsAssay,
    )
    from ._classes import (
        MetagenomicsAssay as MetagenomicsAssay,
    )
    from ._classes import (
        MissingReason as MissingReason,
    )
    from ._classes import (
        MissingValue as MissingValue,
    )
    from ._classes import (
        MoleculeType as MoleculeType,
    )
    from ._classes import (
        NamedThing as NamedThing,
    )
    from ._classes import (
        NMRAssay as NMRAssay,
    )
    from ._classes import (
        OmicsDataset as OmicsDataset,
    )
    from ._classes import (
        OmicsLayer as OmicsLayer,
    )
    from ._classes import (
        OntologyTerm as OntologyTerm,
    )
    from ._classes import (
        Organization as Organization,
    )
    from ._classes import (
        Origin as Origin,
    )
    from ._classes import (
        Person as Person,
    )
    from ._classes import (
        Place as Place,
    )
    from ._classes import (
        Platform as Platform,
    )
    from ._classes import (
        Process as Process,
    )
    from ._classes import (
        ProcessType as ProcessType,
    )
    from ._classes import (
        Project as Project,
    )
    from ._classes import (
        ProjectType as ProjectType,
    )
    from ._classes import (
        ProteomicsAssay as ProteomicsAssay,
    )
    from ._classes import (
        Protocol as Protocol,
    )
    from ._classes import (
        Publication as Publication,
    )
    from ._classes import (
        PublicationStatus as PublicationStatus,
    )
    from ._classes import (
        Quantity as Quantity,
    )
    from ._classes import (
        ReadIndex as ReadIndex,
    )
    from ._classes import (
        RejectedValue as RejectedValue,
    )
    from ._classes import (
        Relevance as Relevance,
    )
    from ._classes import (
        Run as Run,
    )
    from ._classes import (
        SampleScope as SampleScope,
    )
    from ._classes import (
        ScanPolarity as ScanPolarity,
    )
    from ._classes import (
        SequencingAssay as SequencingAssay,
    )
    from ._classes import (
        Sex as Sex,
    )
    from ._classes import (
        SingleCellAssay as SingleCellAssay,
    )
    from ._classes import (
        SpatialAssay as SpatialAssay,
    )
    from ._classes import (
        Strandedness as Strandedness,
    )
    from ._classes import (
        Study as Study,
    )
    from ._classes import (
        StudyType as StudyType,
    )
    from ._classes import (
        Subject as Subject,
    )
    from ._classes import (
        SubjectKind as SubjectKind,
    )
    from ._classes import (
        SuspensionType as SuspensionType,
    )
    from ._classes import (
        TranscriptomicsAssay as TranscriptomicsAssay,
    )
    from ._classes import (
        UcumUnit as UcumUnit,
    )
    from .slots import MODEL as MODEL
    from .slots import check_value as check_value

_LIGHT = {"MODEL": "slots", "check_value": "slots"}

__all__ = [
    "MODEL",
    "AccessPolicy",
    "AccessType",
    "Accession",
    "Analysis",
    "AnalysisType",
    "ArrayAssay",
    "Assay",
    "Attribute",
    "Biosample",
    "DataCategory",
    "DataFile",
    "Dataset",
    "Entry",
    "EpigenomicsAssay",
    "Factor",
    "FileFormat",
    "GenomicsAssay",
    "GeoPoint",
    "ImagingAssay",
    "InsdcCountry",
    "InstrumentModel",
    "LibraryLayout",
    "LibrarySelection",
    "LibrarySource",
    "LibraryStrategy",
    "MassSpectrometryAssay",
    "Material",
    "MaterialEntity",
    "MaterialKind",
    "MeasuringPlatform",
    "MetabolomicsAssay",
    "MetagenomicsAssay",
    "MissingReason",
    "MissingValue",
    "MoleculeType",
    "NMRAssay",
    "NamedThing",
    "OmicsDataset",
    "OmicsLayer",
    "OntologyTerm",
    "Organization",
    "Origin",
    "Person",
    "Place",
    "Platform",
    "Process",
    "ProcessType",
    "Project",
    "ProjectType",
    "ProteomicsAssay",
    "Protocol",
    "Publication",
    "PublicationStatus",
    "Quantity",
    "ReadIndex",
    "RejectedValue",
    "Relevance",
    "Run",
    "SampleScope",
    "ScanPolarity",
    "SequencingAssay",
    "Sex",
    "SingleCellAssay",
    "SpatialAssay",
    "Strandedness",
    "Study",
    "StudyType",
    "Subject",
    "SubjectKind",
    "SuspensionType",
    "TranscriptomicsAssay",
    "UcumUnit",
    "check_value",
]


def __getattr__(name: str) -> object:
    """Load the module that holds a public name when the name is first asked for."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f".{_LIGHT.get(name, '_classes')}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
