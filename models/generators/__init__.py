"""Writers of the files that ship with the package: each takes the schema or the slot table and returns text."""
