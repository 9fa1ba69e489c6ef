"""The control of connections and uses of Mon Compte (MC-043): its rules and their thresholds, published."""

from limpide.registre import alertes
from limpide.registre.conservation.durees import JOURNALISATION
from limpide.registre.declaration import Acte, Conservation, Traitement
from limpide.usagers import surveillance as regles

TRAITEMENTS_SURVEILLANCE = (
    Traitement(
        cle=regles.CLE,
        systeme="S39",
        intitule="Contrôle des connexions et des usages de Mon Compte",
        finalite="Signaler au délégué à la protection des données les connexions qu'un usage ordinaire n'explique pas",
        sous_finalites=(
            f"Un même réseau essaie en vain {regles.ECHECS_D_UNE_ORIGINE} comptes ou plus en un jour",
            f"Un même identifiant est essayé en vain depuis {regles.ORIGINES_D_UN_COMPTE} réseaux ou plus en un jour",
            f"Un même réseau ouvre {regles.COMPTES_D_UNE_ORIGINE} comptes ou plus en un jour (information)",
            f"Un compte se connecte {regles.CONNEXIONS_PAR_JOUR} fois ou plus en un jour",
            f"Un compte fait {regles.ACCES_PAR_JOUR} accès ou plus en un jour",
            "Une personne signale une connexion qui n'était pas la sienne",
        ),
        base_legale="RGPD art. 6.1.c, 5.1.f et 32 : obligation légale de sécurité ; CNIL, délibération n° 2021-122 du "
        "14 octobre 2021 (journalisation)",
        actes=(Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, article 2"),),
        personnes=("Allocataires titulaires d'un compte", "Personnes qui essaient de se connecter"),
        lire={
            "usagers.EchecConnexion": ("id", "compte", "adresse", "quand"),
            "identite.Connexion": ("id", "compte_id", "personne_id", "origine", "ouverte_le"),
            "identite.EtapeAcces": ("id", "compte_id", "personne_id", "genre", "le"),
            "registre.LigneJournal": ("id", "quand", "acteur_genre", "acteur_id", "personne_id", "dossier_id"),
        },
        creer={"registre.Alerte": alertes.COLONNES_SIGNALEES},
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=Conservation(active="rien n'est gardé que l'alerte : 3 ans", source=JOURNALISATION),
        mesures=(
            "Le programme signale, une personne juge : aucune alerte ne ferme un accès ni ne touche un droit",
            "Des nombres par compte et par empreinte de réseau : ni page lue, ni adresse réseau, ni lieu",
            "Les règles et leurs seuils sont publiés ici",
        ),
        droits_applicables=("Information", "Accès", "Limitation"),
        information="Les connexions à Mon Compte sont comptées chaque jour. Celles qui sortent de l'ordinaire, selon "
        "des règles publiées, sont signalées au délégué à la protection des données, qui les regarde.",
        genres=("systeme",),
        automatisation="aucune",
    ),
)
