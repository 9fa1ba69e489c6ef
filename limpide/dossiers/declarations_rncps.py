"""The declared address, and its publication to the RNCPS with the nature of the benefits."""

from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

ADRESSE = ("id", "dossier_id", "organisme_id", "lignes", "code_postal", "commune", "valide", "declaree_le")
PUBLICATION = (
    "id", "dossier_id", "organisme_id", "immatriculation_id", "contenu", "preparee_le", "accusee_le", "refus",
)  # fmt: skip
DOSSIER = ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le")

TRAITEMENTS_RNCPS = (
    Traitement(
        cle="adresse_allocataire",
        systeme="S06",
        intitule="Adresse déclarée par l'allocataire",
        finalite="Connaître l'adresse que l'allocataire déclare, et depuis quand",
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; CSS art. L583-1",
        actes=(Acte("acte_reglementaire", "Cristal"),),
        personnes=("Allocataires",),
        lire={
            "dossiers.Adresse": ADRESSE,
            "dossiers.Dossier": DOSSIER,
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
        },
        creer={"dossiers.Adresse": ("dossier_id", "organisme_id", "lignes", "code_postal", "commune", "valide")},
        modifier={"dossiers.Adresse": ("valide",)},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "Répertoire national commun de la protection sociale"),
        conservation=fiche_du_dossier(),
        mesures=("Une adresse à la fois : la base refuse deux adresses le même jour", "Second facteur des agents"),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Votre caisse garde l'adresse que vous déclarez, avec sa date, et la publie au Rncps.",
        genres=("agent", "systeme"),
    ),
    Traitement(
        cle="publication_rncps",
        systeme="S47",
        intitule="Publication au répertoire national commun de la protection sociale",
        finalite="Dire au Rncps quelles prestations la caisse verse, depuis quand, et l'adresse déclarée",
        sous_finalites=(
            "Publier ce qui a changé depuis la dernière publication reçue",
            "Remplacer un numéro d'attente par le NIR attribué",
        ),
        base_legale="CSS art. L114-12-1 et R114-25 à R114-34 : obligation légale (RGPD art. 6.1.c)",
        actes=(Acte("deliberation", "Délibération n° 2009-211 du 30 avril 2009 (avis favorable)"),),
        personnes=("Allocataires",),
        lire={
            "identite.Personne": ("id", "nom_naissance", "prenoms", "date_naissance", "statut_identite"),
            "identite.Immatriculation": ("id", "personne_id", "genre", "numero_chiffre", "certifie_le", "clos_le"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Adresse": ADRESSE,
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois", "droit", "rang", "motif"),
            "dossiers.PublicationRncps": PUBLICATION,
        },
        creer={"dossiers.PublicationRncps": ("id", "dossier_id", "organisme_id", "immatriculation_id", "contenu")},
        modifier={"dossiers.PublicationRncps": ("accusee_le", "refus")},
        perimetre="national",
        destinataires=("Caisse nationale d'assurance vieillesse, qui met en œuvre le Rncps",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Aucun montant n'est publié : la base ne laisse pas ce traitement les lire",
            "Seulement sous un NIR certifié ou un numéro d'attente",
            "Le message part chiffré (HTTPS) ; ni numéro ni nom n'est gardé dans ce qui a été publié",
            "Un message porte une clé : envoyé deux fois, il n'a qu'un effet",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de la caisse)", "Limitation"),
        information="Votre caisse publie au Rncps la nature de vos prestations, leurs dates et votre adresse, jamais "
        "de montant. Vous voyez dans Mon Compte ce qu'elle a publié.",
        genres=("systeme",),
    ),
)  # fmt: skip
