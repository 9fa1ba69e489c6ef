"""The optional second factor of a citizen's account: an authenticator, and the codes for the day it is lost."""

import uuid

from django.db import models
from django.db.models.functions import Now

from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import Confidentiel
from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .comptes import Compte
from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne


class CleDeFacteur(Confidentiel):
    """The secret shared with the authenticator, in base 32."""

    def masque(self) -> str:
        return "••••"


class SecondFacteur(Donnee):
    """The authenticator of an account. `dernier_pas`: the last half minute whose code served; none serves twice."""

    conservation = de_la_personne("Le second facteur ne sert qu'au compte qu'il protège")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_secondfacteur.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compte = models.OneToOneField(Compte, models.PROTECT, related_name="second_facteur", verbose_name="compte")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    cle_chiffre = models.BinaryField("clé (chiffrée)")
    cle = Scelle("cle_chiffre", CleDeFacteur)
    prepare_le = models.DateTimeField("préparé le", db_default=Now())
    confirme_le = models.DateTimeField("confirmé le", null=True)
    dernier_pas = models.BigIntegerField("dernier pas de temps accepté", db_default=0)

    class Meta(Donnee.Meta):
        verbose_name = "second facteur"
        verbose_name_plural = "seconds facteurs"

    def __str__(self) -> str:
        return f"second facteur {self.pk}"


class CodeSecours(Donnee):
    """One recovery code, known here by its keyed digest only; it serves once."""

    conservation = de_la_personne("Les codes de secours vivent autant que le second facteur qu'ils remplacent")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_codesecours.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    facteur = models.ForeignKey(SecondFacteur, models.PROTECT, related_name="codes", verbose_name="second facteur")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    empreinte = models.BinaryField("empreinte du code")
    utilise_le = models.DateTimeField("utilisé le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "code de secours"
        verbose_name_plural = "codes de secours"
        constraints = [
            models.UniqueConstraint(
                fields=["facteur", "empreinte"],
                name="code_secours_unique",
                violation_error_message="Un code de secours ne se donne pas deux fois.",
            ),
        ]

    def __str__(self) -> str:
        return f"code de secours {self.pk}"


class CleAcces(Donnee):
    """A passkey (WebAuthn) that answers instead of the code. `compteur`: its signatures, where it counts them."""

    conservation = de_la_personne("Une clé d'accès vit autant que le second facteur auprès duquel elle est ajoutée")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_cleacces.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    facteur = models.ForeignKey(SecondFacteur, models.PROTECT, related_name="cles", verbose_name="second facteur")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    identifiant = models.BinaryField("identifiant de la clé")
    cle_publique = models.BinaryField("clé publique")
    compteur = models.BigIntegerField("signatures comptées", db_default=0)
    appareil = models.CharField("appareil", max_length=60)
    ajoutee_le = models.DateTimeField("ajoutée le", db_default=Now())
    utilisee_le = models.DateTimeField("utilisée le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "clé d'accès"
        verbose_name_plural = "clés d'accès"
        constraints = [
            models.UniqueConstraint(
                fields=["identifiant"],
                name="cle_acces_unique",
                violation_error_message="Cette clé d'accès protège déjà un compte.",
            ),
        ]

    def __str__(self) -> str:
        return f"clé d'accès {self.pk}"
