"""The comparison with OpenFisca-France: a development tool, not part of what Limpide ships.

Comes in: random households (`limpide.droits.hasard`). They are told to both engines (`passerelle`);
OpenFisca lives in its own environment, behind a pipe (`openfisca`, `openfisca_programme`). Goes out: the
agreement per right, the known differences with the article that explains each (`classes`), and what nobody
explained (`comparer`). Calls `limpide.droits` only.
"""
