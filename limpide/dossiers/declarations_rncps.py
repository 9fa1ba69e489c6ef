"""The declared address, and its publication to the RNCPS with the nature of the benefits."""

from limpide.identite.declarations_contacts import CONTACT_LU
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

ADRESSE = ("id", "dossier_id", "organisme_id", "lignes", "code_postal", "commune", "valide", "declaree_le")
PUBLICATION = (
    "id", "dossier_id", "organisme_id", "personne_id", "immatriculation_id", "contenu", "preparee_le", "accusee_le",
    "refus", "rattachement_fini_le",
)  # fmt: skip
RATTACHEMENT = ("id", "dossier_id", "organisme_id", "personne_id", "role", "valide", "connu")
DOSSIER = ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le")

CONSULTATION = (
    "id", "dossier_id", "organisme_id", "agent", "motif", "mode", "campagne_id", "demandee_le", "repondue_le",
    "reponse", "effacee_le", "ecarts", "constat", "constat_par", "constat_le", "sans_suite", "vue_par", "vue_le",
)  # fmt: skip

HABILITATION = ("id", "organisme_id", "agent", "mode", "decision", "depuis", "jusqu_au", "accordee_le", "retiree_le")

ACTES_RNCPS = (Acte("deliberation", "Délibération n° 2009-211 du 30 avril 2009 (avis favorable)"),)

TRAITEMENTS_RNCPS = (
    Traitement(
        cle="adresse_allocataire",
        systeme="S06",
        intitule="Adresse déclarée et coordonnées de l'allocataire",
        finalite="Connaître l'adresse que l'allocataire déclare, depuis quand, et où le joindre",
        sous_finalites=("Revoir avec la personne les coordonnées d'où les messages reviennent",),
        base_legale="RGPD art. 6.1.e : mission d'intérêt public ; CSS art. L583-1",
        actes=(Acte("acte_reglementaire", "Cristal"),),
        personnes=("Allocataires",),
        lire={
            "dossiers.Adresse": ADRESSE,
            "dossiers.Dossier": DOSSIER,
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "identite.PointDeContact": CONTACT_LU,
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
        finalite="Dire au Rncps quelles prestations la caisse verse, depuis quand, l'adresse déclarée et les "
        "coordonnées confirmées",
        sous_finalites=(
            "Publier ce qui a changé depuis la dernière publication reçue",
            "Remplacer un numéro d'attente par le NIR attribué",
        ),
        base_legale="CSS art. L114-12-1 et R114-25 à R114-34 : obligation légale (RGPD art. 6.1.c)",
        actes=ACTES_RNCPS,
        personnes=("Allocataires", "Leur conjoint, pour le RSA et la prime d'activité"),
        lire={
            "identite.Personne": ("id", "nom_naissance", "prenoms", "date_naissance", "statut_identite"),
            "identite.Immatriculation": ("id", "personne_id", "genre", "numero_chiffre", "certifie_le", "clos_le"),
            "identite.PointDeContact": CONTACT_LU,
            "dossiers.Dossier": DOSSIER,
            "dossiers.Adresse": ADRESSE,
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois", "droit", "rang", "motif"),
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.PublicationRncps": PUBLICATION,
        },
        creer={
            "dossiers.PublicationRncps": (
                "id", "dossier_id", "organisme_id", "personne_id", "immatriculation_id", "contenu",
                "rattachement_fini_le",
            ),
        },
        modifier={"dossiers.PublicationRncps": ("accusee_le", "refus", "rattachement_fini_le")},
        perimetre="national",
        destinataires=("Caisse nationale d'assurance vieillesse, qui met en œuvre le Rncps",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Aucun montant n'est publié : la base ne laisse pas ce traitement les lire",
            "Seulement sous un NIR certifié ou un numéro d'attente",
            "Ce qui a été publié d'un rattachement part après la cinquième année civile suivant sa fin",
            "Le message part chiffré (HTTPS) ; ni numéro, ni nom, ni coordonnée n'est gardé dans ce qui est publié",
            "Un message porte une clé : envoyé deux fois, il n'a qu'un effet",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de la caisse)", "Limitation"),
        information="Votre caisse publie au Rncps la nature de vos prestations, leurs dates, votre adresse, votre "
        "courriel et votre mobile confirmés, jamais de montant ; de votre conjoint, le RSA et la prime d'activité "
        "seulement ; de vos enfants, rien. Vous voyez dans Mon Compte ce qu'elle a publié.",
        genres=("systeme",),
    ),
    Traitement(
        cle="consultation_rncps",
        systeme="S47",
        intitule="Consultation du répertoire national commun de la protection sociale par un agent",
        finalite="Savoir quels organismes versent quoi à une personne du dossier, et à quelle adresse",
        sous_finalites=(
            "Consulter une personne à la fois, avec un motif, en temps réel ou en différé",
            "Montrer à l'agent les réponses reçues en différé",
            "Signaler à l'agent ce qui diffère, à vérifier avec la personne ou l'organisme",
        ),
        base_legale="CSS art. L114-12-1, R114-25, R114-29 et R114-30 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_RNCPS,
        personnes=("Allocataires",),
        lire={
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "statut_identite"),
            "identite.Immatriculation": ("id", "personne_id", "genre", "numero_chiffre", "certifie_le", "clos_le"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Adresse": ADRESSE,
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois", "droit", "rang", "motif"),
            "dossiers.ConsultationRncps": CONSULTATION,
            "dossiers.HabilitationRncps": HABILITATION,
        },
        creer={"dossiers.ConsultationRncps": ("id", "dossier_id", "organisme_id", "agent", "motif", "mode")},
        modifier={
            "dossiers.ConsultationRncps": (
                "mode", "repondue_le", "reponse", "ecarts", "constat", "constat_par", "constat_le", "vue_par", "vue_le",
            ),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "Caisse nationale d'assurance vieillesse, pour les traces"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Un agent nommément habilité, une personne, un motif : chaque question laisse sa trace, un an",
            "La réponse s'efface au bout d'un mois au plus",
            "La réponse n'entre pas dans les faits : ce traitement n'y écrit pas, et ne change aucun droit",
            "Second facteur d'authentification des agents",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de l'organisme)", "Limitation"),
        information="Un agent de votre caisse peut lire au Rncps quels organismes vous versent une prestation et "
        "l'adresse que vous leur avez déclarée. Il vérifie avec vous avant de rien changer.",
        genres=("agent",),
    ),
    Traitement(
        cle="consultation_rncps_differee",
        systeme="S47",
        intitule="Consultation en différé du répertoire national commun de la protection sociale",
        finalite="Poser plus tard, par listes, les questions que des agents ont enregistrées avec leur motif",
        sous_finalites=(
            "Reprendre les questions auxquelles le Rncps n'a pas répondu",
            "Signaler à l'agent ce qui diffère, à vérifier avec la personne ou l'organisme",
        ),
        base_legale="CSS art. L114-12-1, R114-25, R114-29 et R114-30, I : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_RNCPS,
        personnes=("Allocataires",),
        lire={
            "identite.Personne": ("id", "nom_naissance"),
            "identite.Immatriculation": ("id", "personne_id", "genre", "numero_chiffre", "certifie_le", "clos_le"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Adresse": ADRESSE,
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois", "droit", "rang", "motif"),
            "dossiers.ConsultationRncps": (
                "id", "dossier_id", "organisme_id", "agent", "motif", "mode", "campagne_id", "demandee_le",
                "repondue_le", "sans_suite", "ecarts",
            ),
            "dossiers.CampagneRncps": ("id", "organisme_id", "agent", "motif"),
            "dossiers.HabilitationRncps": HABILITATION,
        },
        modifier={"dossiers.ConsultationRncps": ("mode", "repondue_le", "reponse", "ecarts", "sans_suite")},
        perimetre="national",
        destinataires=("Agents habilités de la caisse", "Caisse nationale d'assurance vieillesse, pour les traces"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Seulement les questions d'un agent, ou d'une campagne qu'il a décidée ; ce traitement n'en crée pas",
            "La question d'un agent qui n'est plus habilité n'est pas posée",
            "Une question reposée après une coupure reste une seule question, pour le répertoire comme pour la trace",
            "La réponse s'efface au bout d'un mois au plus, et ne change aucun droit",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de l'organisme)", "Limitation"),
        information="Une question posée au Rncps par un agent de votre caisse peut attendre une réponse en différé ; "
        "sa trace le dit.",
        genres=("systeme",),
    ),
    Traitement(
        cle="traces_rncps",
        systeme="S47",
        intitule="Traces et effacement des consultations du Rncps",
        finalite="Effacer les réponses d'un mois, remettre à la Cnav les traces de consultation",
        base_legale="CSS art. R114-28 : obligation légale (RGPD art. 6.1.c)",
        actes=ACTES_RNCPS,
        personnes=("Agents qui consultent, par leur numéro de compte",),
        lire={
            "dossiers.ConsultationRncps": (
                "id", "dossier_id", "organisme_id", "agent", "motif", "mode", "campagne_id", "demandee_le",
                "repondue_le", "effacee_le",
            ),
        },
        modifier={"dossiers.ConsultationRncps": ("reponse", "effacee_le")},
        perimetre="national",
        destinataires=("Caisse nationale d'assurance vieillesse, pour les traces",),
        conservation=fiche_du_dossier(),
        mesures=("Les traces remises ne portent ni numéro de sécurité sociale, ni nom, ni réponse",),
        droits_applicables=("Information",),
        information="Les traces des consultations du Rncps sont gardées un an et remises à la Cnav qui le tient.",
        genres=("systeme",),
        sans_personne="Des traces d'agents, sans la réponse",
    ),
)  # fmt: skip
