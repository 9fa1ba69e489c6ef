"""What ties a household to its Caf, as far as the files know: an open file, a right, a claim, a death, a freeze."""

import datetime as dt
from collections.abc import Iterator, Sequence

from limpide.registre.conservation.relations import JAMAIS_ALLOCATAIRE, Contact, Element, Fournisseur
from limpide.registre.conservation.requetes import interroger
from limpide.registre.conservation.retenue import element_de_gel

from .mois import decaler
from .templatetags.affichage import mois_en_lettres

CANDIDATS = (
    "SELECT id, organisme_id FROM dossiers_dossier WHERE clos_le IS NOT NULL AND id > %s ORDER BY id LIMIT %s",
)
"""Files whose relation may be over, page by page: an open file always holds."""
OUVERTS = ("SELECT count(*) FROM dossiers_dossier WHERE clos_le IS NULL",)

_DOSSIERS = """
SELECT d.id, d.clos_le, p.date_deces,
       EXISTS (SELECT 1 FROM dossiers_dossier o WHERE o.organisme_id = d.organisme_id
                  AND o.allocataire_id = d.allocataire_id AND o.id <> d.id AND o.clos_le IS NULL),
       (SELECT max(o.clos_le) FROM dossiers_dossier o WHERE o.organisme_id = d.organisme_id
           AND o.allocataire_id = d.allocataire_id AND o.id <> d.id),
       (SELECT max(l.mois) FROM dossiers_lignedroit l WHERE l.dossier_id = d.id AND l.montant_centimes > 0),
       (SELECT count(*) FROM dossiers_demande q WHERE q.dossier_id = d.id
           AND q.etat IN ('deposee', 'attente_pieces', 'complete')),
       (SELECT max(x.prise_le)::date FROM dossiers_decision x WHERE x.dossier_id = d.id),
       (SELECT count(*) FROM dossiers_demandedetail t WHERE t.dossier_id = d.id
           AND t.repondue_le IS NULL AND t.echeance >= CURRENT_DATE),
       d.ouvert_le
  FROM dossiers_dossier d JOIN identite_personne p ON p.id = d.allocataire_id
 WHERE d.id = ANY (%s)"""
_GELS_DES_PERSONNES = """
SELECT DISTINCT r.dossier_id, g.motif
  FROM dossiers_rattachement r JOIN registre_gel g ON g.personne_id = r.personne_id AND g.leve_le IS NULL
 WHERE r.dossier_id = ANY (%s) ORDER BY 1, 2"""
_CONTACTS = """
SELECT d.id, 'mon_compte' FROM dossiers_dossier d
  JOIN identite_compte c ON c.personne_id = d.allocataire_id AND c.is_active
 WHERE d.id = ANY (%s)"""

LIT = {
    "identite.Personne": ("id", "date_deces"),
    "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "ouvert_le", "clos_le"),
    "dossiers.Rattachement": ("dossier_id", "personne_id"),
    "dossiers.LigneDroit": ("dossier_id", "mois", "montant_centimes"),
    "dossiers.Demande": ("dossier_id", "etat"),
    "dossiers.Decision": ("dossier_id", "prise_le"),
    "dossiers.DemandeDetail": ("dossier_id", "repondue_le", "echeance"),
    "registre.Gel": ("personne_id", "motif", "leve_le"),
}


def _elements(dossiers: Sequence[int]) -> Iterator[tuple[int, Element]]:
    for ligne in interroger(_DOSSIERS, [list(dossiers)]):
        dossier, clos, deces, rouvert, autre_clos, dernier_droit, demandes, decision, details, ouvert = ligne
        yield dossier, _ouverture(ouvert, clos)
        if rouvert:
            agent = "Relation reprise : l'allocataire a un autre dossier ouvert dans cette Caf"
            yield dossier, Element("relation", agent, "Vous avez un autre dossier ouvert dans cette Caf.")
        elif autre_clos is not None:
            agent = "Autre dossier de l'allocataire dans cette Caf, clos"
            yield dossier, Element("relation", agent, "Votre autre dossier dans cette Caf est clos.", autre_clos)
        yield from ((dossier, element) for element in _droits(dernier_droit, decision))
        if demandes:
            yield dossier, Element("demande", "Demande sans décision", "Nous n'avons pas encore répondu à une demande.")
        if details:
            agent = "Demande de détail d'un calcul sans réponse"
            yield dossier, Element("demande", agent, "Nous devons encore vous expliquer un calcul.")
        if deces is not None:
            yield dossier, Element("deces", "Décès de l'allocataire", "L'allocataire est décédé.", deces)
    for dossier, motif in interroger(_GELS_DES_PERSONNES, [list(dossiers)]):
        yield dossier, element_de_gel(motif)


def _ouverture(ouvert: dt.date | None, clos: dt.date | None) -> Element:
    if ouvert is None:
        attend = "Ce dossier n'a jamais été ouvert : il attend une première demande."
        return Element("relation", "Dossier préparé, jamais ouvert", attend, clos)
    if clos is None:
        return Element("relation", "Dossier ouvert", "Votre dossier est ouvert : vos droits sont calculés chaque mois.")
    return Element("relation", "Dossier clos", "Votre dossier est clos.", clos)


def _droits(dernier: dt.date | None, decision: dt.date | None) -> Iterator[Element]:
    """The last month with a right, up to its last day; the last decision. Never any right: RET-04."""
    if dernier is None:
        yield Element(JAMAIS_ALLOCATAIRE, "", "", None)
    else:
        fin = decaler(dernier, 1) - dt.timedelta(days=1)
        mois = mois_en_lettres(dernier)
        yield Element("droit", f"Dernier droit : {mois}", f"Votre dernier droit est celui de {mois}.", fin)
    if decision is not None:
        yield Element("droit", "Dernière décision", "C'est le jour de la dernière décision.", decision)


def _contacts(dossiers: Sequence[int]) -> dict[int, str]:
    """Files whose person has an account where a message can be read."""
    return dict(interroger(_CONTACTS, [list(dossiers)]))


FOURNISSEURS = (Fournisseur("dossiers", LIT, _elements),)
CONTACTS = (Contact({"identite.Compte": ("id", "personne_id", "is_active")}, _contacts),)
