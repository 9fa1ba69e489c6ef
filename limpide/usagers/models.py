"""Failed logins: what the lockout counts. No identifier, no address: only their keyed digests, for one day."""

from django.db import models

from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.modeles import Donnee


class EchecConnexion(Donnee):
    """One failed login attempt. `compte` and `adresse` are keyed digests: they can be compared, not read back."""

    conservation = Retention(
        horloge=DATE, colonne="quand", duree=Duree(jours=1), raison="Le verrou ne compte que les dernières heures"
    )
    personne_concernee = None
    perimetres = {"organisme": "false", "personne": "false"}

    compte = models.CharField("empreinte de l'identifiant", max_length=64)
    adresse = models.CharField("empreinte de l'adresse réseau", max_length=64)
    quand = models.DateTimeField("quand")

    class Meta(Donnee.Meta):
        verbose_name = "échec de connexion"
        verbose_name_plural = "échecs de connexion"
        indexes = [
            models.Index(fields=["compte", "quand"], name="echec_par_compte"),
            models.Index(fields=["adresse", "quand"], name="echec_par_adresse"),
        ]

    def __str__(self) -> str:
        return f"échec {self.pk}"
