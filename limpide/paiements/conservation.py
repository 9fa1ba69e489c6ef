"""What ties a household to its Caf, as far as money knows: a debt, a sum to pay, an appeal; and the bank files."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils import timezone

from limpide.registre.conservation.durees import FICHIER_DE_VIREMENTS
from limpide.registre.conservation.relations import Element, Fichiers, Fournisseur
from limpide.registre.conservation.requetes import executer, interroger

from .fichiers import dossier_des_virements

_LIVRE = """
SELECT l.dossier_id,
       coalesce(sum(l.montant_centimes) FILTER (WHERE l.compte IN ('indus:proposes', 'indus:confirmes')), 0),
       coalesce(-sum(l.montant_centimes) FILTER (WHERE l.compte = 'allocataires'), 0),
       max(e.date_comptable)
  FROM paiements_ligneecriture l JOIN paiements_ecriture e ON e.id = l.ecriture_id
 WHERE l.dossier_id = ANY (%s) GROUP BY l.dossier_id"""
_RECOURS = "SELECT dossier_id, etat, definitif_le FROM paiements_recours WHERE dossier_id = ANY (%s) ORDER BY id"
_ECHUS = """
SELECT id, msg_id, date_execution FROM paiements_fichiervirement WHERE etat = 'ecrit' ORDER BY id"""

LIT = {
    "paiements.LigneEcriture": ("dossier_id", "ecriture_id", "compte", "montant_centimes"),
    "paiements.Ecriture": ("id", "date_comptable"),
    "paiements.Recours": ("id", "dossier_id", "etat", "definitif_le"),
}


def _elements(dossiers: Sequence[int]) -> Iterator[tuple[int, Element]]:
    for dossier, indu, du, dernier in interroger(_LIVRE, [list(dossiers)]):
        if indu > 0:
            yield dossier, Element("dette", "Indu à rembourser", "Il reste une somme à rembourser.")
        if du > 0:
            yield dossier, Element("dette", "Somme à verser à l'allocataire", "Il reste une somme à vous verser.")
        agent = "Dernière écriture du dossier"
        yield (
            dossier,
            Element("dette", agent, "C'est le jour du dernier mouvement d'argent.", dernier),
        )
    for dossier, etat, definitif in interroger(_RECOURS, [list(dossiers)]):
        yield from ((dossier, element) for element in _recours(etat, definitif))


def _recours(etat: str, definitif: dt.date | None) -> Iterator[Element]:
    """RET-03: pending until no ordinary appeal is possible; a contested decision is held by what follows."""
    if definitif is not None:
        yield Element("recours", "Décision définitive d'un recours", "Le jour où votre recours a fini.", definitif)
    elif etat != "conteste":
        yield Element("recours", "Recours sans décision définitive", "Votre recours n'a pas de décision définitive.")


def effacer_les_fichiers(vraiment: bool) -> int:
    """Contents of the transfer files past their age: the file first, then its state, so that a cut is made good."""
    aujourd_hui, effaces = timezone.localdate(), 0
    for pk, msg_id, execution in interroger(_ECHUS):
        if FICHIER_DE_VIREMENTS.apres(execution) > aujourd_hui:
            continue
        effaces += 1
        if vraiment:
            for nom in (f"{msg_id}.xml", f"{msg_id}.xml.en-attente", f".{msg_id}.xml.tmp"):
                (dossier_des_virements() / nom).unlink(missing_ok=True)
            executer("UPDATE paiements_fichiervirement SET etat = 'efface' WHERE id = %s", [pk])
    return effaces


FOURNISSEURS = (Fournisseur("paiements", LIT, _elements),)
FICHIERS = (
    Fichiers(
        "virements",
        "Ordres remis à la banque : noms et IBAN, jusqu'à ce qu'une opération ne puisse plus être contestée",
        duree=FICHIER_DE_VIREMENTS,
        lit={"paiements.FichierVirement": ("id", "msg_id", "date_execution", "etat")},
        modifie={"paiements.FichierVirement": ("etat",)},
        effacer=effacer_les_fichiers,
    ),
)
