"""What the three housing benefits share (CCH, book VIII): which of them is due, its income, its rent, its amount.

A dwelling and a household open one aid at most: APL if the dwelling is under agreement, ALF for a family, ALS
otherwise. `apl`, `alf` and `als` are thin: each asks here whether it is the one, and adds its threshold.
Reads `bases`. Nothing here is a right by itself.
"""
