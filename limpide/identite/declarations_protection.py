"""The processing of protection measures: who may act for an adult, as a judge decided."""

from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

MESURE = (
    "id", "personne_id", "genre", "protecteur_genre", "protecteur_nom", "adresse_courrier", "pouvoir_courrier",
    "pouvoir_paiements", "pouvoir_donnees", "pouvoir_consultation", "pouvoir_declarations", "jugement_le",
    "tribunal", "valide", "enregistree_par",
)  # fmt: skip

TRAITEMENTS_PROTECTION = (
    Traitement(
        cle="mesures_protection",
        systeme="S06",
        intitule="Mesures de protection des allocataires majeurs",
        finalite="Savoir qui un juge a chargé d'agir pour une personne, et pour quoi",
        sous_finalites=(
            "Enregistrer le jugement présenté : mesure, protecteur, pouvoirs, durée",
            "Adresser le courrier au protecteur quand le juge l'en a chargé",
            "Reconnaître le protecteur qui exerce les droits de la personne sur ses données",
        ),
        base_legale="Code civil, art. 433 à 440, 467, 471 à 473, 494-1, 494-6 et 495 à 495-7 ; RGPD art. 6.1.c : "
        "obligation légale d'appliquer la décision du juge",
        actes=(Acte("aucun", "Décision du juge des contentieux de la protection, présentée par le protecteur"),),
        personnes=("Allocataires et conjoints protégés par une décision de justice", "Leurs protecteurs"),
        lire={
            "identite.MesureProtection": MESURE,
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance"),
            "identite.Affiliation": ("id", "personne_id", "organisme_id", "allocataire_id", "qualite", "valide"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
        },
        creer={"identite.MesureProtection": MESURE[1:]},
        modifier={"identite.MesureProtection": ("valide",)},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "Délégué à la protection des données", "La personne elle-même"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Le motif médical du jugement n'est pas enregistré ; la copie envoyée en ligne part une fois lue",
            "Les pouvoirs enregistrés ne dépassent jamais ceux que le code civil permet : la base le refuse",
            "Une seule mesure à la fois",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Si un juge vous a confié à la protection de quelqu'un, votre caisse note qui, depuis quand et "
        "pour quoi. Vous gardez votre propre droit d'accès à vos données.",
        genres=("agent", "systeme"),
    ),
)
