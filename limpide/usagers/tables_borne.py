"""The terminals of the Caf. A row says where one stands, and nothing of who used it."""

from django.db import models
from django.db.models import Q

from limpide.identite.models import Organisme
from limpide.registre.conservation.regles import sans_personne
from limpide.registre.modeles import Donnee


class Borne(Donnee):
    """One terminal. `empreinte`: digest of the code to type as long as it isn't installed, then of its token."""

    conservation = sans_personne(
        "Une borne n'est pas une personne : sa ligne dit où elle est, jamais qui s'en sert",
        restent=("organisme_id", "nom", "adresse", "horaires", "empreinte", "posee_le", "installee_le", "retiree_le"),
    )
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": "false"}

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+", verbose_name="caisse")
    nom = models.CharField("nom", max_length=50)
    adresse = models.CharField("adresse de l'accueil", max_length=160, blank=True)
    horaires = models.CharField("horaires de l'accueil", max_length=160, blank=True)
    empreinte = models.CharField("empreinte du code, puis du jeton", max_length=64, unique=True)
    posee_le = models.DateTimeField("posée le")
    installee_le = models.DateTimeField("installée le", null=True)
    retiree_le = models.DateTimeField("retirée le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "borne"
        verbose_name_plural = "bornes"
        constraints = [
            models.CheckConstraint(
                condition=Q(empreinte__regex=r"^[0-9a-f]{64}$", nom__regex=r"\S"),
                name="borne_nommee_et_en_empreinte",
                violation_error_message="Une borne a un nom, et son jeton n'est gardé qu'en empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return f"borne {self.pk}"
