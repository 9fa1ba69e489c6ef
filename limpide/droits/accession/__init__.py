"""The housing aid of who pays a home loan (accession): which loans open it, its formula (CCH D832-5 on, D842-5 on).

Shared by `apl`, `alf` and `als`, which come here by `logement`. Nothing here is a right by itself.
"""
