"""Aide exceptionnelle de fin d'année (« prime de Noël »): who received the RSA for November or, failing that, December.

A decree grants it each year; it is computed for December, on the RSA of the months. Nothing to claim. Who receives the
ASS is paid by France Travail: the Caf owes the difference only. Reads `bases`; calls no other right. No CRDS.
"""

from limpide.droits.aefa.regles import aefa, aefa_manque, aefa_motif
from limpide.droits.moteur import Droit

DROIT = Droit(
    code="aefa",
    libelle="Aide exceptionnelle de fin d'année",
    ordre=22,
    montant=aefa,
    motif=aefa_motif,
    manque=aefa_manque,
    article="la",
    possessif="Votre aide exceptionnelle de fin d'année",
    annuel=True,
)
