"""The register as a workbook: the rubrics of GDPR article 30 in the manner of the CNIL's spreadsheet model.

A list, one sheet per system of the page, one per processing in service, and the columns that each may touch.
"""

from collections.abc import Iterable

from limpide.registre.actes import phrase
from limpide.registre.collecte import Registre
from limpide.registre.declaration import Acte, Traitement
from limpide.registre.publication.donnees import en_donnees
from limpide.registre.publication.fiche import (
    AUTOMATISATIONS,
    PERIMETRES,
    SORTS,
    VERBES,
    VISIBILITES,
    publier,
)
from limpide.registre.publication.page import ETATS, TITRES, etat_de
from limpide.registre.systeme import Systeme
from limpide.socle.classeur import Feuille, en_ods, nom_de_feuille

RESPONSABLE = "Caisse nationale des allocations familiales et caisses d'allocations familiales"
DELEGUE = "Délégué à la protection des données de la caisse : voir la page « Protection des données personnelles »"
LARGEURS_FICHE = (6.0, 20.0)
Ligne = tuple[str, ...]


def classeur(registre: Registre) -> bytes:
    """The .ods file."""
    return en_ods(feuilles(registre))


def feuilles(registre: Registre) -> list[Feuille]:
    """Every sheet, in order."""
    pris = {"liste", "colonnes", "à lire"}
    systemes = [(systeme, nom_de_feuille(code, pris)) for code, systeme in registre.systemes.items()]
    traitements = [(t, nom_de_feuille(t.cle, pris)) for t in en_service(registre)]
    return [
        _notice(registre),
        Feuille("Liste", list(_liste(registre, systemes, traitements)), (2.5, 4.5, 12.0, 3.5, 12.0, 5.0, 4.5)),
        *(Feuille(nom, _fiche_systeme(registre, s), LARGEURS_FICHE) for s, nom in systemes),
        *(Feuille(nom, _fiche_traitement(t), LARGEURS_FICHE) for t, nom in traitements),
        Feuille("Colonnes", list(_colonnes(registre)), (6.0, 6.0, 6.0, 7.0, 2.0, 2.0, 2.0)),
    ]


def en_service(registre: Registre) -> list[Traitement]:
    """The processings that run, by key."""
    return [t for _, t in sorted(registre.traitements.items()) if t.etat == "en_service"]


def _notice(registre: Registre) -> Feuille:
    return Feuille(
        "À lire",
        [
            ("Registre des activités de traitement (RGPD, article 30)",),
            ("Ce classeur est produit par le logiciel, à partir des déclarations qui lui donnent accès aux données.",),
            ("« Liste » : les systèmes de la page « Informatique et libertés » et les traitements en service.",),
            ("Une feuille par système (S01 à S48), une par traitement en service, aux rubriques de l'article 30.",),
            ("« Colonnes » : ce que chaque traitement peut lire, créer ou modifier ; la base refuse le reste.",),
            (f"Version du registre : {en_donnees(registre)['empreinte']}",),
        ],
        (26.0,),
    )


def _liste(
    registre: Registre, systemes: list[tuple[Systeme, str]], traitements: list[tuple[Traitement, str]]
) -> Iterable[Ligne]:
    yield ("Genre", "Référence", "Nom", "État", "Finalité principale", "Version", "Feuille")
    for s, nom in systemes:
        yield "Système", s.code, s.nom, ETATS[etat_de(registre, s)][0], s.finalites[0], s.empreinte, nom
    for t, nom in traitements:
        yield "Traitement", t.cle, t.intitule, "En service", t.finalite, t.empreinte, nom


def _fiche_systeme(registre: Registre, systeme: Systeme) -> list[Ligne]:
    lies = registre.traitements_de(systeme.code)
    return [
        ("Rubrique", "Contenu"),
        ("Nom", systeme.nom),
        ("Référence", systeme.code),
        ("Autres noms", lignes(systeme.alias)),
        ("Section de la page", f"{systeme.section} – {TITRES[systeme.section]}"),
        ("État", ETATS[etat_de(registre, systeme)][0]),
        ("Reste à construire", systeme.reste),
        ("Version de la fiche", systeme.empreinte),
        ("Actes", actes(systeme.actes)),
        ("Responsable du traitement", RESPONSABLE),
        ("Délégué à la protection des données", DELEGUE),
        ("Finalité principale", systeme.finalites[0]),
        ("Sous-finalités", lignes(systeme.finalites[1:])),
        ("Base légale", systeme.base_legale),
        ("Catégories de personnes concernées", lignes(systeme.personnes)),
        ("Catégories de données", lignes(systeme.donnees)),
        ("Données sensibles", sensibles(systeme.article9, sante=systeme.donnees_de_sante)),
        ("Durée en base active", systeme.conservation.active),
        ("Archivage intermédiaire", systeme.conservation.intermediaire),
        ("Sort final", SORTS[systeme.conservation.sort_final]),
        ("D'où viennent ces durées", systeme.conservation.fondement),
        ("Destinataires", lignes(systeme.destinataires)),
        ("Transferts hors de l'Union européenne", transferts(lies)),
        ("Mesures de sécurité", lignes(systeme.mesures)),
        ("Droits des personnes", lignes(systeme.droits_applicables)),
        ("Information des personnes", systeme.information),
        ("Décision automatisée", AUTOMATISATIONS[systeme.automatisation]),
        ("Accès montrés à la personne", visibilite(systeme)),
        ("Traitements en service", lignes(t.cle for t in lies if t.etat == "en_service")),
        ("Sans traitement, parce que", systeme.sans_traitement),
        ("Sur quoi repose cette fiche", systeme.origine),
    ]


def _fiche_traitement(t: Traitement) -> list[Ligne]:
    return [
        ("Rubrique", "Contenu"),
        ("Nom", t.intitule),
        ("Référence", t.cle),
        ("Autres noms", lignes(t.alias)),
        ("Système de la page", lignes((t.systeme, *t.aussi))),
        ("Version de la fiche", t.empreinte),
        ("Actes", actes(t.actes)),
        ("Responsable du traitement", t.responsable),
        ("Délégué à la protection des données", DELEGUE),
        ("Finalité principale", t.finalite),
        ("Sous-finalités", lignes(t.sous_finalites)),
        ("Base légale", t.base_legale),
        ("Catégories de personnes concernées", lignes(t.personnes)),
        ("Dossiers accessibles", PERIMETRES[t.perimetre]),
        ("Données sensibles", sensibles(t.article9, sante=t.donnees_de_sante)),
        ("Durée en base active", t.conservation.active),
        ("Archivage intermédiaire", t.conservation.intermediaire),
        ("Sort final", SORTS[t.conservation.sort_final]),
        ("D'où viennent ces durées", t.conservation.fondement),
        ("Destinataires", lignes(t.destinataires)),
        ("Transferts hors de l'Union européenne", transferts((t,))),
        ("Mesures de sécurité", lignes(t.mesures)),
        ("Droits des personnes", lignes(t.droits_applicables)),
        ("Information des personnes", t.information),
        ("Décision automatisée", AUTOMATISATIONS[t.automatisation]),
        ("Accès montrés à la personne", visibilite(t)),
        ("Qui peut l'ouvrir", lignes(t.genres)),
        ("Pouvoir que le juge doit avoir donné au protecteur", t.pouvoir),
    ]


def _colonnes(registre: Registre) -> Iterable[Ligne]:
    yield ("Traitement", "Table", "Colonne", "Donnée", *(mot for _, mot in VERBES))
    for t in en_service(registre):
        for table in publier(t).tables:
            for colonne, libelle, permis in table.colonnes:
                yield t.cle, table.libelle, colonne, libelle, *("oui" if oui else "non" for oui in permis)


def lignes(textes: Iterable[str]) -> str:
    """One per line of the cell."""
    return "\n".join(textes)


def actes(cites: Iterable[Acte]) -> str:
    """Acts in the page's words; one may say that there is none."""
    return lignes(phrase(acte) for acte in cites)


def sensibles(article9: str, *, sante: bool) -> str:
    """Whether health data are used, and by which exception of article 9."""
    return f"Données de santé. {article9}" if sante else article9 or "Non"


def transferts(traitements: Iterable[Traitement]) -> str:
    """Transfers that the processings declare."""
    declares = lignes(dict.fromkeys(texte for t in traitements for texte in t.transferts))
    return declares or "Aucun transfert n'est déclaré"


def visibilite(declaration: Systeme | Traitement) -> str:
    """Whether the person sees the accesses, and why not."""
    texte = VISIBILITES[declaration.visible_allocataire]
    return f"{texte} : {declaration.raison_visibilite}" if declaration.raison_visibilite else texte
