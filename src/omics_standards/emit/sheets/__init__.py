"""Archives' own sheets, written from records: the profile that reads a format writes it.

Records and a profile in, :class:`~omics_standards.emit.sheets.composed.Composed` out: grids of text cells or whole documents,
and what the format cannot hold. No file is touched here.
"""
