"""The processings that end Mon Compte: the person's own deletion, and the six years after the relation."""

import dataclasses

from limpide.registre import clauses
from limpide.registre.conservation.relations import lectures
from limpide.registre.declaration import Acte, Conservation, Traitement
from limpide.usagers.fin_du_compte import SUPPRESSION, TERME

ACTES = (Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, article 4"),)
CONSERVATION = Conservation(
    active="le compte est fermé aussitôt ; la date et la raison restent le temps du dossier",
    intermediaire=clauses.SIX_ANS.intermediaire,
    source=clauses.SIX_ANS.source,
)
CONTACT = (
    "id", "personne_id", "genre", "valeur_chiffre", "confirme_le", "revu_le", "a_verifier_le", "rejete_le", "retire_le",
    "donne_le", "code_jusqu_au",
)  # fmt: skip
LIRE = {
    "identite.Compte": ("id", "genre", "personne_id", "is_active", "ferme_le", "password"),
    "identite.Connexion": ("id", "compte_id", "personne_id", "fermee_le", "ouverte_le"),
    "identite.PointDeContact": CONTACT,
    "identite.SecondFacteur": ("id", "compte_id", "personne_id"),
    "identite.CodeSecours": ("id", "facteur_id", "personne_id"),
    "identite.CleAcces": ("id", "personne_id"),
    "identite.JetonMobile": ("id", "personne_id"),
    "identite.LienFranceConnect": ("id", "compte_id", "personne_id"),
    "identite.AccesProtecteur": ("id", "personne_id", "protecteur_id", "ferme_le"),
    "identite.EtapeAcces": ("id", "personne_id"),
    "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "clos_le"),
    "usagers.BrouillonDemande": ("id", "personne_id"),
    "usagers.BrouillonChangement": ("id", "personne_id"),
    "usagers.BrouillonTrimestre": ("id", "personne_id"),
}
CREER = {
    "identite.EtapeAcces": ("compte_id", "personne_id", "genre", "motif", "auteur", "empreinte"),
    "identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie"),
}
MODIFIER = {
    "identite.Compte": ("is_active", "ferme_le", "password", "mot_de_passe_a_changer"),
    "identite.Connexion": ("fermee_le", "fin"),
    "identite.PointDeContact": ("retire_le", "code", "code_jusqu_au"),
}
SUPPRIMER = (
    "identite.CleAcces", "identite.CodeSecours", "identite.SecondFacteur", "identite.LienFranceConnect",
    "identite.JetonMobile", "usagers.BrouillonDemande", "usagers.BrouillonChangement", "usagers.BrouillonTrimestre",
)  # fmt: skip
MESURES = (
    "Aucun compte ne se ferme tant qu'un droit, une dette ou un recours est en cours",
    "Mot de passe, connexions, second facteur, FranceConnect, coordonnées et brouillon partent aussitôt",
    "Le dossier garde sa propre durée de conservation : fermer le compte n'efface aucun droit",
)
INFORMATION = (
    "Vous pouvez supprimer votre compte quand plus aucun droit, aucune dette et aucun recours n'est en cours. Six ans "
    "après la fin de votre relation avec votre Caf, l'accès est supprimé. Vous êtes prévenu."
)

_SUPPRESSION = Traitement(
    cle=SUPPRESSION,
    systeme="S39",
    limitation="La personne ferme son propre accès",
    intitule="Suppression de son compte par la personne",
    finalite="Dire ce qui retient le compte, ou le fermer à la demande de la personne",
    base_legale="RGPD art. 6.1.e : mission d'intérêt public ; conditions d'utilisation, article 4",
    actes=ACTES,
    personnes=("Titulaires d'un compte",),
    lire=lectures(LIRE),
    creer=CREER,
    modifier=MODIFIER,
    supprimer=SUPPRIMER,
    perimetre="personne",
    destinataires=("La personne elle-même",),
    conservation=CONSERVATION,
    mesures=(*MESURES, "Le mot de passe est redemandé"),
    droits_applicables=("Information", "Accès", "Effacement"),
    information=INFORMATION,
    genres=("allocataire",),
    automatisation="aucune",
    archives="La personne ferme son accès tant qu'il existe",
)
TRAITEMENTS_FIN = (
    _SUPPRESSION,
    dataclasses.replace(
        _SUPPRESSION,
        cle=TERME,
        limitation="Le terme est celui des conditions d'utilisation ; fermer un accès n'efface pas les données",
        intitule="Fin des accès six ans après la relation",
        finalite="Fermer les comptes des personnes qui ne sont plus allocataires depuis six ans",
        base_legale="RGPD art. 5.1.e : obligation légale (RGPD art. 6.1.c) ; conditions d'utilisation, article 4",
        personnes=("Anciens allocataires titulaires d'un compte",),
        perimetre="national",
        mesures=(*MESURES, "À blanc par défaut ; compte par compte, repris après un arrêt"),
        droits_applicables=("Information", "Accès"),
        genres=("systeme",),
        archives="L'accès finit quand le dossier est en archive",
    ),
)
