"""Text to value: what one cell's text means, without files, ontologies or records.

In: the text of a cell (and where a format splits one meaning over two cells, both texts), with what the column has
decided (day or month first, decimal comma, a unit). Out: a :class:`Parsed` (value, steps, issues), or None for a
blank text.

Every parser is pure: same text, same answer; no clock, no locale, no environment. None of them raises on any text,
and none guesses: what the text alone cannot decide has an issue, and no value unless the text says it.

=========== ==========================================================================
module      holds
=========== ==========================================================================
text        cleaning, normal forms, headers, garbled text
missing     words that say "no value", with their INSDC reason
dates       EDTF dates and the day/month order of a column
quantities  numbers and ranges with UCUM units; ``units`` knows the units, ``ages`` reads ages
geo         latitude and longitude
places      countries and seas of the INSDC list with the rest of the place's name
sex         words and codes of sex
accessions  accessions of the archives, and their CURIEs
files       file cells, checksums, formats, mates
enums       controlled vocabularies
numbers     integers, decimals, booleans
lists       several values in one cell
local_terms names of texts that no ontology holds
=========== ==========================================================================
"""

from .parsed import Parsed

__all__ = ["Parsed"]
