"""Pages of registration: entries, the entry form, and the workbook import."""
