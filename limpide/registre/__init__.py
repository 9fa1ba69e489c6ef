"""The register that runs: processings declared once become page, PostgreSQL rights, journal.

In: the `declarations.py` of every room. Out: roles, column grants, row policies, the `traitement` context,
the journal of reads. Knows nobody but Django and the ground (`socle`).
"""
