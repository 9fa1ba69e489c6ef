"""Processings of the letters of information: writing, subscriptions, sending, openings of who agreed."""

import dataclasses

from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Conservation, Traitement

from .models import GARDE_DES_OUVERTURES, SEUIL

ACTES = (Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, article 3"),)
MISSION = "RGPD art. 6.1.e : mission d'intérêt public"
ACCORD = "RGPD art. 6.1.a : consentement ; loi n° 78-17 du 6 janvier 1978, art. 82"
HABILITATION = ("id", "organisme_id", "agent", "portee", "decision", "depuis", "jusqu_au", "retiree_le")
LETTRE = (
    "id", "portee", "organisme_id", "categorie", "etat", "creee_le", "proposee_par", "proposee_le", "version_proposee",
    "validee_par", "validee_le", "version_validee", "preparee_le", "envoyee_le", "partis", "revenus", "ecartes",
    "incertains", "suivis",
)  # fmt: skip
PUBLIEE = ("id", "portee", "organisme_id", "categorie", "etat", "validee_le", "version_validee", "envoyee_le")
VERSION = ("id", "infolettre_id", "numero", "sujet", "contenu", "auteur", "ecrite_le", "raison")
ABONNEMENT = (
    "id", "personne_id", "portee", "fondement", "origine", "abonne_le", "desabonne_le", "sortie", "jeton_chiffre",
    "jeton_empreinte",
)  # fmt: skip
ABONNEMENT_CREE = ("id", "personne_id", "portee", "origine", "abonne_le", "jeton_chiffre", "jeton_empreinte")
RECEPTION = ("id", "infolettre_id", "personne_id", "jeton_empreinte", "suivi_le", "ouverte_le")
ENVOI = ("id", "infolettre_id", "personne_id", "etat", "prepare_le", "pris_le")
CONTACT_LU = ("id", "personne_id", "genre", "valeur_chiffre", "confirme_le", "retire_le", "rejete_le")
EDITION = Conservation(active="tant que la lettre est publiée")
_DU_DOSSIER = fiche_du_dossier()
OUVERTURES = dataclasses.replace(
    _DU_DOSSIER,
    active=f"l'affichage d'une lettre : {GARDE_DES_OUVERTURES}, ou jusqu'au retrait de l'accord ; l'adresse et "
    f"l'accord : {_DU_DOSSIER.active}",
    proposees=(str(GARDE_DES_OUVERTURES),),
)
SIENNES = "La personne tient ses propres abonnements tant que son accès existe"

TRAITEMENTS = (
    Traitement(
        cle="redaction_infolettres",
        systeme="S41",
        intitule="Écriture des lettres d'information",
        finalite="Écrire une lettre nationale ou locale, la faire valider par une autre personne, la corriger",
        sous_finalites=(
            "N'écrire que sur une mission d'intérêt public ou le dossier",
            "Garder la version d'avant une correction",
            "Lire l'intérêt global d'une lettre, en sommes",
        ),
        base_legale=MISSION,
        actes=ACTES,
        personnes=("Agents habilités, par leur numéro de compte",),
        lire={
            "infolettres.HabilitationInfolettre": HABILITATION,
            "infolettres.Infolettre": LETTRE,
            "infolettres.VersionInfolettre": VERSION,
            "infolettres.OuverturesDuJour": ("id", "infolettre_id", "jour", "ouvertures"),
            "identite.Organisme": ("code", "nom"),
        },
        creer={
            "infolettres.Infolettre": ("portee", "organisme_id", "categorie", "creee_le"),
            "infolettres.VersionInfolettre": VERSION[1:],
        },
        modifier={
            "infolettres.Infolettre": (
                "etat", "proposee_par", "proposee_le", "version_proposee", "validee_par", "validee_le",
                "version_validee",
            ),
        },
        perimetre="organisme",
        destinataires=("Toute personne : une lettre validée est publiée",),
        conservation=EDITION,
        mesures=(
            "Seuls des agents nommément habilités écrivent ou valident ; jamais la même personne",
            "Ni abonné, ni adresse, ni ouverture d'une personne : ce traitement ne les déclare pas",
            f"Aucune somme en dessous de {SEUIL} personnes",
        ),
        droits_applicables=("Information",),
        information="Les lettres sont écrites par des agents habilités, qui ignorent qui les reçoit et qui les lit.",
        genres=("agent",),
        sans_personne="Des textes publiés et des sommes : ces lignes ne sont d'aucune personne.",
    ),
    Traitement(
        cle="habilitation_infolettres",
        systeme="S41",
        intitule="Habilitations à écrire des lettres d'information",
        finalite="Savoir quels agents, nommément, peuvent écrire ou valider une lettre, et jusqu'à quand",
        base_legale=MISSION,
        actes=ACTES,
        personnes=("Agents habilités, par leur numéro de compte",),
        lire={
            "identite.Compte": ("id", "genre", "identifiant", "personne_id", "organisme_id", "is_active"),
            "infolettres.HabilitationInfolettre": HABILITATION,
        },
        creer={"infolettres.HabilitationInfolettre": HABILITATION[1:-1]},
        modifier={"infolettres.HabilitationInfolettre": ("retiree_le",)},
        perimetre="national",
        destinataires=("Direction de la caisse", "Délégué à la protection des données"),
        conservation=Conservation(
            active="la durée de l'habilitation, un an au plus",
            intermediaire="un an après sa fin",
            proposees=("un an au plus", "un an après sa fin"),
        ),
        mesures=("Une habilitation nomme un agent, cite sa décision et finit dans l'année",),
        droits_applicables=("Accès", "Rectification"),
        information="Seuls des agents nommément habilités écrivent et valident les lettres d'information.",
        genres=("systeme",),
    ),
    Traitement(
        cle="infolettres_publiees",
        systeme="S41",
        intitule="Lettres d'information en ligne",
        finalite="Lire toute lettre envoyée, et ce qu'elle disait avant une correction",
        base_legale=MISSION,
        actes=ACTES,
        personnes=("Aucune : des textes publiés",),
        lire={
            "infolettres.Infolettre": PUBLIEE,
            "infolettres.VersionInfolettre": tuple(c for c in VERSION if c != "auteur"),
            "identite.Organisme": ("code", "nom"),
        },
        perimetre="national",
        destinataires=("Toute personne",),
        conservation=EDITION,
        mesures=("Les comptes des agents ne sont pas publiés",),
        droits_applicables=("Information",),
        information="Les lettres envoyées se lisent sur le site, sans se connecter ni laisser de trace.",
        genres=("visiteur", "allocataire", "agent", "dpd"),
        sans_personne="Des textes publiés : ces lignes ne sont d'aucune personne.",
    ),
    Traitement(
        cle="mes_infolettres",
        systeme="S41",
        limitation="La personne tient ses propres abonnements",
        intitule="Mes lettres d'information",
        finalite="Abonner la personne à l'ouverture de Mon Compte, et lui laisser changer ses choix",
        sous_finalites=("Recueillir, et laisser retirer, l'accord à l'indicateur de réception",),
        base_legale=f"{MISSION} ; indicateur de réception : {ACCORD}",
        actes=ACTES,
        personnes=("Titulaires d'un espace Mon Compte",),
        lire={
            "infolettres.Abonnement": ABONNEMENT,
            "infolettres.AccordReception": ("id", "personne_id", "donne_le", "retire_le"),
            "infolettres.ReceptionInfolettre": ("id", "personne_id"),
            "identite.PointDeContact": ("id", "personne_id", "genre", "confirme_le", "retire_le"),
        },
        creer={
            "infolettres.Abonnement": ABONNEMENT_CREE,
            "infolettres.AccordReception": ("personne_id", "donne_le"),
        },
        modifier={
            "infolettres.Abonnement": ("desabonne_le", "sortie"),
            "infolettres.AccordReception": ("retire_le",),
        },
        supprimer=("infolettres.ReceptionInfolettre",),
        perimetre="personne",
        destinataires=("L'allocataire lui-même",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Se désabonner est aussi simple que s'abonner",
            "L'indicateur n'est pas coché d'avance ; retirer l'accord efface ce qui a été noté",
            "Lignes limitées à la personne par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès", "Désabonnement", "Retrait du consentement"),
        information="Ouvrir Mon Compte vous abonne aux lettres nationales et à celles de votre Caf. Vous changez ce "
        "choix ici ou par le lien de chaque lettre. Cela ne touche pas aux messages de votre dossier.",
        genres=("allocataire",),
        archives=SIENNES,
    ),
    Traitement(
        cle="abonnement_infolettres",
        systeme="S41",
        intitule="Abonnement des comptes ouverts",
        finalite="Abonner les espaces ouverts qui ne l'ont jamais été, une fois, jamais qui s'est désabonné",
        base_legale=MISSION,
        actes=ACTES,
        personnes=("Titulaires d'un espace Mon Compte",),
        lire={
            "identite.Compte": ("id", "genre", "personne_id", "is_active"),
            "identite.Personne": ("id", "date_deces"),
            "identite.PointDeContact": ("id", "personne_id", "confirme_le", "retire_le"),
            "identite.Reunion": ("id", "doublon_id", "gardee_id"),
            "infolettres.Abonnement": ("id", "personne_id", "portee", "origine", "desabonne_le"),
        },
        creer={"infolettres.Abonnement": ABONNEMENT_CREE},
        modifier={"infolettres.Abonnement": ("personne_id", "desabonne_le", "sortie")},
        perimetre="national",
        destinataires=("Aucun : abonnement automatique",),
        conservation=fiche_du_dossier(),
        mesures=("Une sortie est définitive tant que la personne n'en change pas elle-même",),
        droits_applicables=("Information", "Accès", "Désabonnement"),
        information="Si l'abonnement n'a pas pu se faire à l'ouverture de Mon Compte, il se fait dans la journée.",
        genres=("systeme",),
    ),
    Traitement(
        cle="desabonnement_infolettre",
        systeme="S41",
        limitation="La personne quitte une liste, par le lien de sa lettre",
        intitule="Désabonnement par le lien d'une lettre",
        finalite="Ne plus recevoir une liste, ou retirer l'accord à l'indicateur, sans se connecter",
        base_legale=MISSION,
        actes=ACTES,
        personnes=("Abonnés qui suivent le lien de leur lettre",),
        lire={
            "infolettres.Abonnement": ("id", "personne_id", "portee", "desabonne_le", "jeton_empreinte"),
            "infolettres.AccordReception": ("id", "personne_id", "retire_le"),
            "infolettres.ReceptionInfolettre": ("id", "personne_id"),
        },
        modifier={
            "infolettres.Abonnement": ("desabonne_le", "sortie"),
            "infolettres.AccordReception": ("retire_le",),
        },
        supprimer=("infolettres.ReceptionInfolettre",),
        perimetre="national",
        destinataires=("Aucun",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Le lien ne contient ni nom, ni numéro, ni adresse : un jeton tiré au hasard",
            "La page ne dit rien de la personne : ni nom, ni adresse",
            "Ouvrir le lien ne désabonne pas : les logiciels qui vérifient les liens les ouvrent tous",
        ),
        droits_applicables=("Désabonnement", "Retrait du consentement"),
        information="Le lien de chaque lettre vous désabonne sans vous connecter. Rien d'autre ne change.",
        genres=("visiteur",),
    ),
    Traitement(
        cle="envoi_infolettres",
        systeme="S41",
        intitule="Envoi des lettres d'information",
        finalite="Envoyer une lettre validée à qui est abonné, une fois et une seule",
        sous_finalites=("Une lettre locale ne part qu'aux allocataires de sa Caf",),
        base_legale=f"{MISSION} ; indicateur de réception : {ACCORD}",
        actes=ACTES,
        personnes=("Abonnés aux lettres d'information",),
        lire={
            "infolettres.Infolettre": LETTRE,
            "infolettres.VersionInfolettre": ("id", "infolettre_id", "numero", "sujet", "contenu"),
            "infolettres.Abonnement": ("id", "personne_id", "portee", "desabonne_le", "jeton_chiffre"),
            "infolettres.AccordReception": ("id", "personne_id", "retire_le"),
            "infolettres.EnvoiInfolettre": ENVOI,
            "infolettres.ReceptionInfolettre": ("id", "infolettre_id", "personne_id"),
            "identite.PointDeContact": CONTACT_LU,
            "identite.Personne": ("id", "date_deces"),
            "identite.Affiliation": ("personne_id", "organisme_id", "qualite", "valide"),
            "identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "parti_le", "echec"),
        },
        creer={
            "infolettres.EnvoiInfolettre": ("id", "infolettre_id", "personne_id", "etat"),
            "infolettres.ReceptionInfolettre": ("infolettre_id", "personne_id", "suivi_le", "jeton_empreinte"),
            "identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie"),
        },
        modifier={
            "infolettres.Infolettre": (
                "etat", "preparee_le", "envoyee_le", "partis", "revenus", "ecartes", "incertains", "suivis",
            ),
            "infolettres.EnvoiInfolettre": ("etat", "pris_le"),
            "identite.PointDeContact": ("rejete_le", "rejet"),
            "identite.MessageContact": ("parti_le", "echec"),
        },
        supprimer=("infolettres.ReceptionInfolettre", "identite.MessageContact"),
        perimetre="national",
        destinataires=("Relais de courrier électronique, pour l'envoi",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Un désabonnement ou un retrait d'accord compte jusqu'au moment où le message part",
            "Le texte d'une lettre est le même pour tous ; ni nom ni numéro n'y figure",
            "Un message interrompu n'est jamais renvoyé",
        ),
        droits_applicables=("Information", "Accès", "Désabonnement"),
        information="Les lettres partent à l'adresse que vous avez confirmée. Une adresse qui refuse un message "
        "vous est signalée dans Mon Compte.",
        genres=("systeme",),
    ),
    Traitement(
        cle="reception_infolettres",
        systeme="S41",
        intitule="Indicateur de réception des lettres, avec l'accord des lecteurs",
        finalite="Noter, pour qui l'a accepté, le jour où une lettre s'est affichée, et en faire la somme",
        base_legale=ACCORD,
        actes=ACTES,
        personnes=("Abonnés qui ont accepté l'indicateur",),
        lire={
            "infolettres.ReceptionInfolettre": ("id", "infolettre_id", "personne_id", "jeton_empreinte", "ouverte_le"),
            "infolettres.OuverturesDuJour": ("id", "infolettre_id", "jour", "ouvertures"),
        },
        creer={"infolettres.OuverturesDuJour": ("infolettre_id", "jour", "ouvertures")},
        modifier={
            "infolettres.ReceptionInfolettre": ("ouverte_le",),
            "infolettres.OuverturesDuJour": ("ouvertures",),
        },
        perimetre="national",
        destinataires=("Aucun pour la ligne d'une personne ; les sommes, aux agents habilités",),
        conservation=OUVERTURES,
        mesures=(
            "Le jour seulement : ni heure, ni adresse réseau, ni logiciel",
            "Une image de ce site ; aucun autre serveur n'est appelé",
            "La première fois seulement est notée",
        ),
        droits_applicables=("Information", "Accès", "Retrait du consentement"),
        information="Si vous l'acceptez, une image d'un point dit le jour où une lettre s'est affichée. Votre Caf ne "
        f"lit que des sommes. La ligne qui est la vôtre est effacée après {GARDE_DES_OUVERTURES}.",
        genres=("systeme",),
    ),
    Traitement(
        cle="tenue_liste_infolettres",
        systeme="S41",
        intitule="Tenue de la liste des destinataires",
        finalite="Demander à la personne de revoir une adresse où plus aucune lettre ne s'affiche",
        base_legale=ACCORD,
        actes=ACTES,
        personnes=("Abonnés qui ont accepté l'indicateur",),
        lire={
            "infolettres.ReceptionInfolettre": ("id", "personne_id", "suivi_le", "ouverte_le"),
            "infolettres.AccordReception": ("id", "personne_id", "retire_le"),
            "identite.PointDeContact": (*CONTACT_LU, "revu_le", "a_verifier_le"),
            "identite.MessageContact": ("id", "personne_id"),
        },
        creer={"identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie")},
        modifier={"identite.PointDeContact": ("a_verifier_le",)},
        perimetre="national",
        destinataires=("L'allocataire lui-même",),
        conservation=OUVERTURES,
        mesures=(
            "La question va à la personne ; aucun agent n'en est averti, aucun droit n'en dépend",
            "Une fois, et pas avant six mois après sa réponse",
        ),
        droits_applicables=("Information", "Accès", "Retrait du consentement"),
        information="Après trois lettres qui ne s'affichent pas, nous vous demandons si l'adresse est toujours bonne.",
        genres=("systeme",),
    ),
)  # fmt: skip
