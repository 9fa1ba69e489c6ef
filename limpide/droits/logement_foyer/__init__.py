"""The housing aid of who lives in a hostel (logement-foyer): formula and scales (CCH D832-20 to D832-28, D842-14 on).

Shared by `apl`, `alf` and `als`, which come here by `logement`. `prise_en_charge` holds what the aid of home buyers
(`accession`) reads too. Nothing here is a right by itself.
"""
