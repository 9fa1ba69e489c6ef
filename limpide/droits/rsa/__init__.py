"""Revenu de solidarité active: the lump sum of the household less its resources, averaged over three months.

The reference months are the fourth, third and second before the examination (décret n° 2025-185); each has
its own members and parameters. The amount holds for three months (`rang_trimestre`). No CRDS is due.
Reads `bases` and the family allowances of `af`; `ressources` holds what counts.
"""

from limpide.droits.moteur import Droit
from limpide.droits.rsa.manques import rsa_manque
from limpide.droits.rsa.regles import rsa, rsa_ensemble, rsa_motif

DROIT = Droit(
    code="rsa",
    libelle="Revenu de solidarité active",
    ordre=20,
    montant=rsa,
    motif=rsa_motif,
    ensemble=rsa_ensemble,
    manque=rsa_manque,
    possessif="Votre RSA",
    frequent=True,
    nourrit="rsa",
)
