"""Worked cases of the law, in OpenFisca's YAML test format: a household, a month, the amounts expected.

    - name: Couple, deux enfants
      period: 2026-11
      absolute_error_margin: 0.005
      input:
        individus:
          parent1: {date_naissance: 1990-01-15, salaire_net: 1500}
          enfant1: {date_naissance: 2015-03-02}
        famille: {parents: [parent1], enfants: [enfant1]}
        menage: {statut_occupation_logement: locataire_vide}
      output: {af: 0, rsa: 0, rsa_motif: RESSOURCES}

Amounts are in euros before CRDS. A monthly amount is one number for every month, or a value per period (the other
months are then zero). What a case leaves out is told here, so that a case says only what it is about: French, living in
metropolitan France, tenant without housing benefit, no yearly income. `null` makes a fact unknown.

`modele` says what a case is, `lecture` reads files (ours and strangers'), `verification` runs them, `commande` is
`limpide cas`.
"""

from .lecture import lire_cas, lire_cas_de_fichier, mois_de_la_fenetre
from .modele import Cas, CasInvalide, CasNonPris, droit_et_quoi
from .verification import Issue, Verdict, verifier_chemin

__all__ = [
    "Cas",
    "CasInvalide",
    "CasNonPris",
    "Issue",
    "Verdict",
    "droit_et_quoi",
    "lire_cas",
    "lire_cas_de_fichier",
    "mois_de_la_fenetre",
    "verifier_chemin",
]
