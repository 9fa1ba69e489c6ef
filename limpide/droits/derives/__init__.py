"""Derived figures: what is computed from the rights of a month and is no right: nothing is paid, nothing is owed.

Four of them: the quotient familial that partners ask for (`quotient`); whether a parent is affiliated to the old-age
insurance of parents at home, the AVPF (`avpf`), or of carers, the AVA (`aidants`); the contributions that the CMG pays
to the Urssaf (`cotisations`); what the Urssaf adds since the reform of the CMG (`differentiel`). Each is rules with
sentences, as a right is; what they read of other benefits is what the month gives or what was received. `figures`
computes and explains them for one household. They are never compiled: nobody asks for a million of them. Parameters
are in `bareme.toml`; `bases`, `ars`, `cf` and `paje_cmg` are read.
"""
