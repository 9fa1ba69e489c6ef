"""Processings of contacts: noted by an agent, reviewed by a supervisor, read by the person, counted for the Caf."""

from limpide.registre import clauses
from limpide.registre.declaration import Conservation, Traitement

from .appels import ACCUEIL, ESSAIS
from .chiffres import CHIFFRES, PAS, SEUIL
from .contacts import CONTACTS_AGENTS, ENCADRER, JOURS_POUR_RELIRE, NON_RELUE_APRES, RELIRE, RELIRE_TARD
from .declarations_messages import ACTES, BASE_LEGALE, CONSERVATION, DOSSIER, NOMS

CONTACT = (
    "id", "dossier_id", "organisme_id", "personne_id", "canal", "motif", "note_chiffree", "auteur", "fait_le",
    "relecture", "relecteur", "relu_le",
)  # fmt: skip
VERIFICATION = ("id", "dossier_id", "organisme_id", "personne_id", "auteur", "faite_le", "reussie")
ENCADREMENT = ("id", "organisme_id", "agent", "decision", "depuis", "jusqu_au", "retire_le")
RELUE = ("relecture", "relecteur", "relu_le", "note_chiffree")
CE_QUI_ATTEND = {
    "relation.Conversation": ("id", "dossier_id", "organisme_id", "personne_id", "motif", "etat", "reponse_avant"),
    "dossiers.TacheAgent": ("id", "dossier_id", "organisme_id", "personne_id", "genre", "etat", "echeance"),
}
SANS_EFFET = "Aucun contact n'entre dans le calcul d'un droit ni dans un contrôle : la base le refuse"
MESURES = (
    "Trois champs, dont deux à choisir dans une liste ; une note de 300 caractères, chiffrée",
    "Une note qui dit une santé, une origine, une opinion ou une injure n'est montrée à personne avant relecture",
    SANS_EFFET,
)
DROITS = ("Information", "Accès", "Rectification", "Limitation")

TRAITEMENTS_CONTACTS = (
    Traitement(
        cle=CONTACTS_AGENTS,
        systeme="S16",
        intitule="Contacts : noter un appel, une visite, un courrier, et lire les derniers",
        finalite="Savoir, quand une personne revient, ce qu'elle a déjà demandé et ce qui attend",
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", clauses.AGENTS),
        lire={
            "identite.Personne": NOMS,
            "dossiers.Dossier": DOSSIER,
            "relation.Contact": CONTACT,
            **CE_QUI_ATTEND,
        },
        creer={"relation.Contact": CONTACT},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire lui-même"),
        conservation=CONSERVATION,
        mesures=(*MESURES, "Lire les contacts d'un dossier laisse une ligne au journal, que la personne lit"),
        droits_applicables=DROITS,
        information="Quand vous contactez votre Caf, un agent note comment, pourquoi, et quelques mots. Vous lisez ces "
        "notes dans Mon Compte. Elles sont gardées deux ans.",
        genres=("agent",),
    ),
    Traitement(
        cle=ACCUEIL,
        systeme="S16",
        intitule="Accueil téléphonique : savoir qui appelle avant de parler d'un dossier",
        finalite="Ne parler d'un dossier qu'à la personne qu'il concerne",
        sous_finalites=(
            "Comparer ce que dit la personne qui appelle à ce qui est connu, sans le montrer à l'agent",
            "Garder la trace d'une vérification manquée, et arrêter après trop d'essais",
        ),
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", "Enfants du foyer", clauses.AGENTS),
        lire={
            "identite.Personne": (*NOMS, "date_naissance"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Adresse": ("id", "dossier_id", "organisme_id", "code_postal", "valide"),
            "dossiers.Rattachement": (
                "id", "dossier_id", "organisme_id", "personne_id", "role", "naissance", "valide", "connu",
            ),
            "relation.VerificationAppel": VERIFICATION,
        },
        creer={"relation.VerificationAppel": VERIFICATION[1:]},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse, à qui rien n'est montré", "L'allocataire lui-même"),
        conservation=Conservation(
            active="un an après l'appel",
            intermediaire=CONSERVATION.intermediaire,
            sort_final="suppression",
            source=CONSERVATION.source,
            proposees=("un an après l'appel",),
        ),
        mesures=(
            "Les réponses attendues ne sont jamais affichées, ni dites fausses une à une",
            f"{ESSAIS} vérifications manquées en une heure, et le dossier attend",
            "Les mêmes questions pour tous : elles n'apprennent rien du dossier",
            "Les réponses données ne sont gardées nulle part",
        ),
        droits_applicables=DROITS,
        information="Quand quelqu'un appelle pour votre dossier, votre Caf pose des questions avant de parler. Vous "
        "voyez ces vérifications, réussies ou non, dans Mon Compte.",
        genres=("agent",),
    ),
    Traitement(
        cle=RELIRE,
        systeme="S16",
        intitule="Relecture des notes de contact par un encadrant",
        finalite="Qu'aucune note blessante ou inutile n'entre dans l'historique d'une personne",
        sous_finalites=(f"Relire en {JOURS_POUR_RELIRE} jours, délai que la Caf se donne",),
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", clauses.AGENTS),
        lire={
            "dossiers.Dossier": DOSSIER,
            "relation.Contact": CONTACT,
            "relation.EncadrementContacts": ENCADREMENT,
        },
        modifier={"relation.Contact": RELUE},
        perimetre="organisme",
        destinataires=("Encadrants nommés de la caisse",),
        conservation=CONSERVATION,
        mesures=(
            *MESURES,
            "Jamais la personne qui a écrit la note : la base le refuse",
            "Une note refusée est effacée aussitôt ; le contact reste, sans elle",
        ),
        droits_applicables=DROITS,
        information="Une note qui pourrait vous blesser, ou dire ce que votre Caf n'a pas à savoir, est relue par une "
        "autre personne avant d'être gardée.",
        genres=("agent",),
    ),
    Traitement(
        cle=CHIFFRES,
        systeme="S16",
        intitule="Contacts en chiffres : combien, par mois, canal et motif",
        finalite="Savoir pourquoi les personnes contactent leur Caf, sans savoir qui",
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires, en sommes seulement",),
        lire={"relation.Contact": ("id", "organisme_id", "canal", "motif", "fait_le")},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=CONSERVATION,
        mesures=(
            f"Aucune somme sous {SEUIL} contacts, les autres arrondies à {PAS} près, sans total à soustraire",
            "Ni dossier, ni personne, ni note : ce traitement ne les déclare pas, la base les refuse",
        ),
        droits_applicables=DROITS,
        information="Votre Caf compte les contacts par mois, canal et motif, sans savoir de qui.",
        genres=("agent",),
        sans_personne="Des sommes : ce traitement ne sait de qui est aucune ligne.",
    ),
    Traitement(
        cle=RELIRE_TARD,
        systeme="S16",
        intitule="Effacement des notes de contact que personne n'a relues",
        finalite=f"Ne pas garder plus de {NON_RELUE_APRES} jours une note qui attend une relecture",
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires",),
        lire={"relation.Contact": ("id", "dossier_id", "personne_id", "fait_le", "relecture")},
        modifier={"relation.Contact": RELUE},
        perimetre="national",
        destinataires=("Aucun : un traitement du jour",),
        conservation=CONSERVATION,
        mesures=(SANS_EFFET,),
        droits_applicables=DROITS,
        information=f"Une note de contact que personne n'a relue est effacée après {NON_RELUE_APRES} jours.",
        genres=("systeme",),
    ),
    Traitement(
        cle=ENCADRER,
        systeme="S16",
        intitule="Encadrants qui relisent les notes de contact",
        finalite="Savoir quels agents, nommément, relisent les notes de leurs collègues, et jusqu'à quand",
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Agents habilités, par leur numéro de compte",),
        lire={
            "identite.Compte": ("id", "genre", "identifiant", "personne_id", "organisme_id", "is_active"),
            "relation.EncadrementContacts": ENCADREMENT,
        },
        creer={"relation.EncadrementContacts": ENCADREMENT[1:-1]},
        modifier={"relation.EncadrementContacts": ("retire_le",)},
        perimetre="national",
        destinataires=("Direction de la caisse", "Délégué à la protection des données"),
        conservation=Conservation(
            active="la durée de la décision, un an au plus",
            intermediaire="un an après sa fin",
            proposees=("un an au plus", "un an après sa fin"),
        ),
        mesures=("Une décision nomme un agent, et finit dans l'année",),
        droits_applicables=("Accès", "Rectification"),
        information="Seuls des agents nommés par leur direction relisent les notes de contact.",
        genres=("systeme",),
    ),
)  # fmt: skip
