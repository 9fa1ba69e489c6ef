"""The processings of a change of situation declared online: the person's, the new calculation, the agent's check."""

import dataclasses

from limpide.dossiers.declarations import (
    ACTES_CRISTAL,
    AFFILIATION,
    DEMANDE,
    DOSSIER,
    FAIT,
    LIGNE_DROIT,
    LIQUIDATION,
    PERSONNE,
    PIECE,
    RATTACHEMENT,
    sauf_id,
)
from limpide.dossiers.declarations_taches import TACHE, TACHE_CREEE, TACHE_SUIVIE, TACHE_TRAITEE
from limpide.identite.declarations_protecteurs import ACCES_OUVERT
from limpide.identite.mesures import DECLARATIONS
from limpide.paiements.declarations import TRAITEMENTS as DES_PAIEMENTS
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Traitement
from limpide.usagers.declarations_demande import ADRESSE, ETAT_CIVIL, SCELLEE

CHANGEMENT = "changement_situation"
RECALCUL_CHANGEMENT = "recalcul_changement"
VERIFIER_CHANGEMENT = "changement_verifie"
BROUILLON = ("id", "personne_id", "genre", "contenu_chiffre", "cree_le", "modifie_le")
BASE = (
    "Code de la sécurité sociale, art. L114-19, L583-3 et R843-1 ; code de l'action sociale et des familles, art. "
    "R262-37 : mission d'intérêt public (RGPD art. 6.1.e)"
)
_PAIEMENTS = {t.cle: t for t in DES_PAIEMENTS}
_CORRECTION = _PAIEMENTS["correction_dossier"]

TRAITEMENTS_CHANGEMENT = (
    Traitement(
        cle=CHANGEMENT,
        systeme="S06",
        aussi=("S39",),
        limitation="La personne déclare ce qui la concerne",
        intitule="Changement de situation déclaré en ligne",
        finalite="Recevoir un changement de situation, en garder la preuve exacte, et dire à la personne où il en est",
        sous_finalites=(
            "Garder un brouillon, chiffré, le temps de réunir ce qui manque",
            "Estimer ce que le changement ferait aux droits, avant l'envoi",
            "Enregistrer en une fois ce qui concerne des personnes connues, sceller, remettre un récépissé numéroté",
            "Demander un document et la vérification d'un agent pour une personne que la Caf ne connaît pas",
        ),
        base_legale=BASE,
        actes=ACTES_CRISTAL,
        personnes=("Allocataires", "Membres de leur foyer"),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Organisme": ("code", "nom", "departement"),
            "identite.Affiliation": AFFILIATION,
            "dossiers.Dossier": DOSSIER,
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.Demande": DEMANDE,
            "dossiers.Adresse": ADRESSE,
            "dossiers.PieceAttendue": PIECE,
            "dossiers.Liquidation": LIQUIDATION,
            "dossiers.LigneDroit": LIGNE_DROIT,
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.TacheAgent": TACHE_SUIVIE,
            "usagers.BrouillonChangement": BROUILLON,
        },
        creer={
            "dossiers.Rattachement": sauf_id(RATTACHEMENT),
            "dossiers.Fait": sauf_id(FAIT),
            "dossiers.Adresse": sauf_id(ADRESSE),
            "dossiers.PieceAttendue": sauf_id(PIECE),
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.TacheAgent": TACHE_CREEE,
            "usagers.BrouillonChangement": BROUILLON,
        },
        modifier={
            "dossiers.Rattachement": ("connu",),
            "dossiers.Fait": ("connu",),
            "dossiers.Adresse": ("valide",),
            "usagers.BrouillonChangement": ("contenu_chiffre", "modifie_le"),
        },
        supprimer=("usagers.BrouillonChangement",),
        perimetre="personne",
        destinataires=(
            "Agents habilités de la caisse",
            "L'allocataire lui-même",
            "Son protecteur, si le juge l'en a chargé",
        ),
        conservation=fiche_du_dossier(),
        mesures=(
            "Tout est enregistré en une fois, ou rien ne l'est",
            "Une personne que la Caf ne connaît pas n'entre au dossier qu'après la vérification d'un agent",
            "Le contenu déclaré est chiffré, scellé par son empreinte, et ne se modifie pas",
            "L'accord de chaque autre majeur est demandé avant d'envoyer ses données",
            "Lignes limitées à l'allocataire par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Vous déclarez ce qui a changé : ce que la Caf sait est déjà rempli. Ce que vous envoyez est gardé "
        "exactement. Vous lisez ensuite qui agit, et avant quelle date. Un brouillon est gardé soixante jours au plus.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="aucune",
    ),
    dataclasses.replace(
        _PAIEMENTS["liquidation_mensuelle"],
        cle=RECALCUL_CHANGEMENT,
        aussi=("S39",),
        intitule="Nouveau calcul après un changement de situation",
        finalite="Recalculer tout de suite les mois déjà calculés que le changement déclaré touche",
        sous_finalites=(
            "Appliquer la loi à la situation déclarée, mois par mois, dans la limite de deux ans",
            "Notifier la décision avec son motif et les voies de recours",
            "Proposer les indus, sans jamais les retenir",
        ),
        information="Quand vous déclarez un changement, les mois déjà calculés qu'il touche sont recalculés. Vous "
        "recevez une décision avec son calcul, et vous pouvez la contester.",
        genres=("systeme",),
    ),
    dataclasses.replace(
        _CORRECTION,
        cle=VERIFIER_CHANGEMENT,
        aussi=("S39",),
        intitule="Vérification d'un changement de situation par un agent",
        finalite="Lire ce qui a été déclaré, vérifier qui est une personne nouvelle, l'enregistrer dans le dossier",
        sous_finalites=(
            "Montrer la déclaration scellée, les documents reçus et l'effet sur les droits",
            "Enregistrer la personne et recalculer les mois touchés, puis répondre à la personne",
        ),
        lire=dict(_CORRECTION.lire)
        | {
            "identite.Personne": (*PERSONNE, "sexe"),
            "identite.Affiliation": AFFILIATION,
            "dossiers.PieceAttendue": PIECE,
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.TacheAgent": TACHE,
            "identite.AccesProtecteur": ACCES_OUVERT,
        },
        creer=dict(_CORRECTION.creer)
        | {
            "identite.Personne": ETAT_CIVIL,
            "identite.Affiliation": sauf_id(AFFILIATION),
            "dossiers.Rattachement": sauf_id(RATTACHEMENT),
        },
        modifier=dict(_CORRECTION.modifier)
        | {"dossiers.Rattachement": ("connu",), "dossiers.TacheAgent": TACHE_TRAITEE}
        | {"dossiers.PieceAttendue": ("etat", "traitee_le", "motif_refus")},
        information="Un agent vérifie l'identité d'une personne que vous déclarez, puis l'enregistre dans votre "
        "dossier. Vous recevez une décision qui dit quels mois changent, de combien et pourquoi.",
    ),
)
