from django.db import models
from django.db.models import Q

from limpide.identite.chiffrement import Scelle
from limpide.identite.iban import Iban
from limpide.registre.conservation.regles import sans_personne
from limpide.registre.modeles import Donnee


class Organisme(Donnee):
    """A Caf: unit of population, of row-level security and of batch work."""

    conservation = sans_personne(
        "Une Caf n'est pas une personne",
        restent=("code", "nom", "departement", "bic_emetteur", "iban_emetteur_chiffre"),
    )
    personne_concernee = None
    perimetres = {"organisme": "code = {organisme}", "personne": "true"}

    code = models.CharField("code", max_length=3, primary_key=True)
    nom = models.CharField("nom", max_length=80)
    departement = models.CharField("département", max_length=3)
    bic_emetteur = models.CharField("BIC du compte payeur", max_length=11, blank=True)
    iban_emetteur_chiffre = models.BinaryField("IBAN du compte payeur (chiffré)", null=True)
    iban_emetteur = Scelle("iban_emetteur_chiffre", Iban)

    class Meta(Donnee.Meta):
        verbose_name = "organisme"
        verbose_name_plural = "organismes"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2}[0-9AB]$"),
                name="organisme_code_sur_trois_caracteres",
                violation_error_message="Le code d'une Caf a trois caractères, par exemple 751.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom
