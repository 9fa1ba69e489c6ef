"""What may be asked, what it rests on, how long there is to answer, and how a request moves."""

import calendar
import dataclasses
import datetime as dt
from collections.abc import Mapping

MOIS_POUR_REPONDRE, MOIS_DE_PLUS = 1, 2
"""RGPD art. 12.3: one month from receipt, two more for a complex request, with reasons, said within the first month."""
ALERTES = (10, 3)
"""Days before the deadline when the officer is warned."""
JOURS_DE_TELECHARGEMENT = 60
"""How long an answer stays to be fetched, before the copy that was made for it is erased."""


@dataclasses.dataclass(frozen=True, slots=True)
class Genre:
    """One kind of request. `refus`: why it is always refused here, when it is; `autre_voie`: where to go instead."""

    nom: str
    phrase: str
    article: str
    refus: str = ""
    autre_voie: str = ""


GENRES: Mapping[str, Genre] = {
    "acces": Genre("Obtenir une copie de mes données", "Vous recevez tout ce que la Caf sait de vous.", "RGPD art. 15"),
    "rectification": Genre(
        "Corriger une donnée", "Dites laquelle, et ce qu'elle devrait être. Vos droits sont recalculés.", "RGPD art. 16"
    ),
    "effacement": Genre(
        "Effacer mes données",
        "Possible quand plus rien n'oblige la Caf à les garder : Mon Compte vous dit jusqu'à quand elle le doit.",
        "RGPD art. 17",
    ),
    "limitation": Genre(
        "Geler l'usage d'une donnée que je conteste",
        "La donnée reste, et ne sert plus le temps de vérifier.",
        "RGPD art. 18",
    ),
    "opposition": Genre(
        "M'opposer à un traitement",
        "Pour une raison qui tient à votre situation ; sans raison à donner pour une enquête ou une lettre "
        "d'information.",
        "RGPD art. 21",
    ),
    "directives": Genre(
        "Dire ce que deviendront mes données après ma mort",
        "Vos directives sont enregistrées et gardées cinq ans : redites-les ensuite, ou dès que vous changez d'avis.",
        "loi n° 78-17, art. 85",
    ),
    "portabilite": Genre(
        "Emporter mes données ailleurs",
        "Ce droit ne vaut que pour les traitements fondés sur votre accord ou sur un contrat.",
        "RGPD art. 20.3",
        refus="Le droit à la portabilité ne s'applique pas aux traitements nécessaires à une mission d'intérêt public "
        "(RGPD art. 20.3). Demandez plutôt une copie de vos données : elle vous est remise aussi dans un format que "
        "lit un ordinateur.",
    ),
    "reclamation": Genre(
        "Me plaindre à la CNIL",
        "La CNIL est l'autorité qui contrôle les fichiers.",
        "RGPD art. 77",
        autre_voie="Une réclamation se dépose directement auprès de la CNIL, sans passer par la Caf.",
    ),
}  # fmt: skip

DEPOSEE, A_IDENTIFIER, EN_COURS, PROLONGEE = "deposee", "a_identifier", "en_cours", "prolongee"
ACCORDEE, PARTIELLE, REFUSEE, RETIREE = "accordee", "partielle", "refusee", "retiree"
ACCORDEES = (ACCORDEE, PARTIELLE)
OUVERTES = (DEPOSEE, A_IDENTIFIER, EN_COURS, PROLONGEE)

TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    DEPOSEE: (EN_COURS, REFUSEE, RETIREE),
    A_IDENTIFIER: (EN_COURS, REFUSEE, RETIREE),
    EN_COURS: (PROLONGEE, ACCORDEE, PARTIELLE, REFUSEE, RETIREE),
    PROLONGEE: (ACCORDEE, PARTIELLE, REFUSEE, RETIREE),
    ACCORDEE: (),
    PARTIELLE: (),
    REFUSEE: (),
    RETIREE: (),
}
"""Every move a request may make; the database refuses any other."""

ETATS: Mapping[str, tuple[str, str]] = {
    DEPOSEE: ("Reçue", "Votre demande est reçue. Le délégué à la protection des données l'examine."),
    A_IDENTIFIER: ("Identité à vérifier", "La Caf vérifie votre identité avant de vous répondre."),
    EN_COURS: ("En cours", "Le délégué prépare la réponse."),
    PROLONGEE: ("Prolongée", "La réponse demande plus de temps : on vous a dit pourquoi, et jusqu'à quand."),
    ACCORDEE: ("Accordée", "La Caf a fait ce que vous demandiez."),
    PARTIELLE: ("Accordée en partie", "La Caf a fait une partie de ce que vous demandiez, et vous dit pourquoi."),
    REFUSEE: ("Refusée", "La Caf a refusé, et vous dit pourquoi et comment contester."),
    RETIREE: ("Retirée", "Vous avez retiré votre demande."),
}
"""A word for the officer, a sentence for the person."""

LIMITEE = {
    True: "Vos données sont gardées et ne servent plus, le temps de vérifier. Vos droits restent calculés et payés, "
    "comme vous y avez consenti. Vous serez informé avant que la limitation soit levée (RGPD art. 18.3).",
    False: "Vos données sont gardées et ne servent plus, le temps de vérifier. Vos droits ne sont ni calculés ni payés "
    "pendant ce temps. Vous serez informé avant que la limitation soit levée (RGPD art. 18.3).",
}
"""Said to the person, by whether they consent to the calculation of their rights."""

RECOURS = (
    "Vous pouvez contester cette réponse auprès de la CNIL (RGPD art. 77), ou devant le tribunal administratif "
    "(RGPD art. 79). Sans réponse dans le délai, votre demande est tenue pour refusée et vous avez les mêmes recours."
)


def plus_mois(jour: dt.date, mois: int) -> dt.date:
    """The same day that many months later, or the last of the month; a Saturday or Sunday is carried to Monday.

    Regulation (EEC, Euratom) 1182/71, art. 3: a period in months ends on the same date, carried when it is a holiday.
    """
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, numero = rang // 12, rang % 12 + 1
    fin = dt.date(annee, numero, min(jour.day, calendar.monthrange(annee, numero)[1]))
    return fin + dt.timedelta(days={5: 2, 6: 1}.get(fin.weekday(), 0))


def echeance(recue_le: dt.date, *, prolongee: bool = False) -> dt.date:
    """Last day to answer a request received that day."""
    return plus_mois(recue_le, MOIS_POUR_REPONDRE + (MOIS_DE_PLUS if prolongee else 0))
