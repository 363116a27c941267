"""Any omics metadata spreadsheet in; one validated, ontology-grounded standard out."""
