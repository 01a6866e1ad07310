"""Words that are kept with rows and said in the reader's language where they are shown."""

RELATIVE = "same organisation as an applicant"  # why an expert was recused by the system
