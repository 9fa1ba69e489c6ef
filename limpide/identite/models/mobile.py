"""The tokens of the mobile application: pairs, each replaced by the next, tied to a connection of the account."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, de_la_personne
from limpide.registre.modeles import Donnee

from .acces import Connexion
from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne

VIE_DU_RENOUVELLEMENT = Duree(jours=30, proposee=True)


class JetonMobile(Donnee):
    """One pair: an access token, and the renewal token that serves once to get the next pair.

    Both are drawn at random and known here by their keyed digests only. A replaced pair stays until its renewal would
    have expired anyway: presented again, it says that somebody holds a copy.
    """

    conservation = de_la_personne(
        "Un jeton ne vit jamais plus que l'accès",
        plus_tot=(
            Precision(
                quand="date",
                colonne="emis_le",
                duree=VIE_DU_RENOUVELLEMENT,
                raison="Passé ce délai, un jeton n'ouvre ni ne renouvelle plus rien",
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_jetonmobile.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    connexion = models.ForeignKey(Connexion, models.PROTECT, related_name="jetons", verbose_name="connexion")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    acces = models.BinaryField("empreinte du jeton d'accès")
    acces_jusqu_au = models.DateTimeField("le jeton d'accès vaut jusqu'au")
    renouvellement = models.BinaryField("empreinte du jeton de renouvellement")
    renouvellement_jusqu_au = models.DateTimeField("le jeton de renouvellement vaut jusqu'au")
    emis_le = models.DateTimeField("émis le", db_default=Now())
    remplace_le = models.DateTimeField("remplacé le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "jeton de l'application mobile"
        verbose_name_plural = "jetons de l'application mobile"
        constraints = [
            models.UniqueConstraint(
                fields=["acces"],
                name="jeton_mobile_acces_unique",
                violation_error_message="Ce jeton d'accès existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["renouvellement"],
                name="jeton_mobile_renouvellement_unique",
                violation_error_message="Ce jeton de renouvellement existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["connexion"],
                condition=Q(remplace_le=None),
                name="jeton_mobile_un_seul_en_cours",
                violation_error_message="Une connexion n'a qu'une paire de jetons en cours.",
            ),
            models.CheckConstraint(
                condition=Q(acces_jusqu_au__lte=F("renouvellement_jusqu_au")),
                name="jeton_mobile_dans_l_ordre",
                violation_error_message="Un jeton d'accès expire avant celui qui le renouvelle.",
            ),
        ]

    def __str__(self) -> str:
        return f"jeton mobile {self.pk}"
