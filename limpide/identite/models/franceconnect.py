"""What ties an account to FranceConnect: the name that it gives the person for us, as a keyed digest."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .comptes import Compte
from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne


class LienFranceConnect(Donnee):
    """FranceConnect opens this account, or the person closed that way: then nothing of FranceConnect is kept."""

    conservation = de_la_personne("Le lien avec FranceConnect ne sert qu'au compte qu'il ouvre")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_lienfranceconnect.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    compte = models.OneToOneField(Compte, models.PROTECT, related_name="franceconnect", verbose_name="compte")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    empreinte = models.BinaryField("empreinte de l'identifiant FranceConnect", null=True)
    lie_le = models.DateTimeField("associé le", db_default=Now())
    ferme_le = models.DateTimeField("fermé le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "lien avec FranceConnect"
        verbose_name_plural = "liens avec FranceConnect"
        constraints = [
            models.UniqueConstraint(
                fields=["empreinte"],
                name="franceconnect_un_seul_compte",
                violation_error_message="Cette identité FranceConnect ouvre déjà un autre compte.",
            ),
            models.CheckConstraint(
                condition=Q(empreinte__isnull=False, ferme_le=None) | Q(empreinte=None, ferme_le__isnull=False),
                name="franceconnect_ouvert_ou_ferme",
                violation_error_message="FranceConnect ouvre ce compte, ou rien n'en est gardé.",
            ),
        ]

    def __str__(self) -> str:
        return f"lien avec FranceConnect {self.pk}"
