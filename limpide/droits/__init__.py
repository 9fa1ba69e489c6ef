"""The law: every right is a pure function of the dated facts of one household.

Comes in: law records of a month (`situation`), the parameters in force (`bareme`). Goes out: for each right an
amount in cents, a reason, the facts that were missing, and the steps that led there (`calcul`, `explication`,
`recu`). One folder per right (`af/`, `rsa/`, `ppa/`), found by `calcul`; shared law in `bases/`.
Calls no other room, no Django, reads nothing but its own files.
"""
