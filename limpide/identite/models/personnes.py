"""Persons, their numbers and the Caf that know them."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from limpide.identite.chiffrement import Scelle
from limpide.identite.nir import Numero
from limpide.identite.noms import CleNom
from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

LECTURE_DES_AFFILIATIONS = {
    "organisme": {"identite.Affiliation": ("personne_id", "organisme_id")},
    "personne": {"identite.Affiliation": ("personne_id", "allocataire_id")},
}
CONNUE_DE_LA_CAF = (
    "EXISTS (SELECT 1 FROM identite_affiliation a WHERE a.personne_id = {colonne} AND a.organisme_id = {{organisme}})"
).format


class StatutIdentite(models.TextChoices):
    """How sure we are of who this is (transitions: `identite.statuts.TRANSITIONS`)."""

    DECLARE = "declare", "identité déclarée"
    NIA = "nia", "numéro d'attente (NIA)"
    NIR_NON_CERTIFIE = "nir_non_certifie", "NIR non certifié"
    NIR_CERTIFIE = "nir_certifie", "NIR certifié"
    LITIGE = "litige", "identité en litige"
    DECEDE = "decede", "décès connu"
    REUNIE = "reunie", "identité réunie à une autre"


class Sexe(models.TextChoices):
    """As written in the civil status; never inferred from the number (ID-06)."""

    FEMININ = "F", "féminin"
    MASCULIN = "M", "masculin"
    INCONNU = "", "non renseigné"


class Personne(Donnee):
    """One human being and their civil status, whatever their role in files."""

    conservation = de_la_personne("L'état civil sert à tous les dossiers de la personne", racine="personne")
    personne_concernee = "id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_personne.id"),
        "personne": (
            "id = {personne} OR EXISTS (SELECT 1 FROM identite_affiliation a"
            " WHERE a.personne_id = identite_personne.id AND a.allocataire_id = {personne})"
        ),
    }
    # A person comes before their affiliation; an allocataire declares the members of their household.
    perimetres_creation = {"organisme": "true", "personne": "true"}
    lectures_perimetre = LECTURE_DES_AFFILIATIONS
    identifiant_prealloue = True

    nom_naissance = models.CharField("nom de naissance", max_length=120)
    nom_usage = models.CharField("nom d'usage", max_length=120, blank=True)
    prenoms = models.CharField("prénoms", max_length=160)
    sexe = models.CharField("sexe à l'état civil", max_length=1, choices=Sexe, blank=True, default="")
    date_naissance = models.DateField("date de naissance")
    date_deces = models.DateField("date de décès", null=True, blank=True)
    lieu_naissance_code = models.CharField("commune de naissance (code Insee)", max_length=5, blank=True)
    pays_naissance = models.CharField("pays de naissance (code Insee)", max_length=5, default="99100")
    statut_identite = models.CharField(
        "statut de l'identité", max_length=16, choices=StatutIdentite, default=StatutIdentite.DECLARE
    )
    cle_naissance = models.GeneratedField(
        verbose_name="clé de recherche du nom de naissance",
        expression=CleNom("nom_naissance"),
        output_field=models.CharField(max_length=160),
        db_persist=True,
    )
    cle_usage = models.GeneratedField(
        verbose_name="clé de recherche du nom d'usage",
        expression=CleNom("nom_usage"),
        output_field=models.CharField(max_length=160),
        db_persist=True,
    )
    cle_prenoms = models.GeneratedField(
        verbose_name="clé de recherche des prénoms",
        expression=CleNom("prenoms"),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    class Meta(Donnee.Meta):
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        indexes = [
            models.Index(fields=["cle_naissance"], name="personne_cle_naissance", opclasses=["text_pattern_ops"]),
            models.Index(fields=["cle_usage"], name="personne_cle_usage", opclasses=["text_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(statut_identite__in=StatutIdentite.values),
                name="personne_statut_identite_connu",
                violation_error_message="Le statut de l'identité n'est pas de ceux que le registre connaît.",
            ),
            models.CheckConstraint(
                condition=Q(sexe__in=Sexe.values),
                name="personne_sexe_connu",
                violation_error_message="Le sexe à l'état civil s'écrit F, M, ou reste vide.",
            ),
            models.CheckConstraint(
                condition=~Q(nom_naissance="") & ~Q(prenoms=""),
                name="personne_nom_et_prenoms_presents",
                violation_error_message="Le nom de naissance et les prénoms sont nécessaires.",
            ),
            models.CheckConstraint(
                condition=Q(date_naissance__gte="1850-01-01"),
                name="personne_date_naissance_plausible",
                violation_error_message="La date de naissance est antérieure à 1850.",
            ),
            models.CheckConstraint(
                condition=Q(date_deces=None) | Q(date_deces__gte=F("date_naissance")),
                name="personne_deces_apres_naissance",
                violation_error_message="Le décès ne peut pas précéder la naissance.",
            ),
        ]

    def __str__(self) -> str:
        return f"personne {self.pk}"


class GenreNumero(models.TextChoices):
    NIR = "nir", "NIR"
    NIA = "nia", "numéro d'attente (NIA)"


class CauseCloture(models.TextChoices):
    """Why a number is no longer somebody's; it keeps leading to them (ID-09)."""

    VIVANT = "", "en usage"
    REMPLACE = "remplace", "remplacé par un autre numéro"
    ERRONE = "errone", "attribué par erreur à cette personne"
    DESACTIVE = "desactive", "numéro d'attente désactivé"


class Immatriculation(Donnee):
    """One number of one person, with its history. The number is encrypted, found by its blind index.

    A number that was replaced or was wrong stays as an alias: closed, it still leads to the person. Sealed with a
    former civil status, agents don't find it any more. The primary key is a UUID because the ciphertext is bound to it,
    so it must exist before the row.
    """

    conservation = de_la_personne("Le numéro identifie la personne tant qu'un dossier la nomme")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": f"{CONNUE_DE_LA_CAF(colonne='identite_immatriculation.personne_id')} AND NOT scellee",
        "personne": "personne_id = {personne}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="immatriculations")
    genre = models.CharField("genre du numéro", max_length=3, choices=GenreNumero)
    numero_chiffre = models.BinaryField("numéro (chiffré)")
    empreinte = models.BinaryField("empreinte du numéro")
    numero = Scelle("numero_chiffre", Numero)
    recu_le = models.DateField("reçu le")
    certifie_le = models.DateField("certifié par le SNGI le", null=True, blank=True)
    clos_le = models.DateField("remplacé ou retiré le", null=True, blank=True)
    cause_cloture = models.CharField("pourquoi", max_length=9, choices=CauseCloture, blank=True, db_default="")
    scellee = models.BooleanField("scellé avec un ancien état civil", db_default=False)
    nia_delivre_le = models.DateField("numéro d'attente délivré le", null=True, blank=True)
    justificatif_du_le = models.DateField("acte d'état civil attendu pour le", null=True, blank=True)
    justificatif_recu_le = models.DateField("acte d'état civil reçu le", null=True, blank=True)

    class Meta(Donnee.Meta):
        verbose_name = "immatriculation"
        verbose_name_plural = "immatriculations"
        indexes = [
            models.Index(fields=["empreinte"], name="immatriculation_empreinte"),
            models.Index(fields=["justificatif_du_le"], name="immatriculation_echeance_nia",
                         condition=Q(justificatif_recu_le=None, clos_le=None, genre="nia")),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["personne"],
                condition=Q(genre="nir", clos_le=None, certifie_le__isnull=False),
                name="un_seul_nir_certifie_par_personne",
                violation_error_message="Cette personne a déjà un NIR certifié.",
            ),
            models.UniqueConstraint(
                fields=["empreinte"],
                condition=Q(genre="nir", clos_le=None, certifie_le__isnull=False),
                name="une_seule_personne_par_nir_certifie",
                violation_error_message="Ce NIR est déjà certifié pour une autre personne.",
            ),
            models.UniqueConstraint(
                fields=["personne", "empreinte"],
                condition=Q(clos_le=None),
                name="un_numero_ne_se_declare_qu_une_fois",
                violation_error_message="Ce numéro est déjà enregistré pour cette personne.",
            ),
            models.CheckConstraint(
                condition=Q(genre__in=GenreNumero.values),
                name="immatriculation_genre_connu",
                violation_error_message="Un numéro est un NIR ou un NIA.",
            ),
            models.CheckConstraint(
                condition=Q(genre="nir", nia_delivre_le=None, justificatif_du_le=None)
                | Q(
                    genre="nia",
                    certifie_le=None,
                    nia_delivre_le__isnull=False,
                    justificatif_du_le__isnull=False,
                ),
                name="immatriculation_dates_selon_le_genre",
                violation_error_message=(
                    "Un NIA porte sa date de délivrance et l'échéance de l'acte d'état civil ; "
                    "seul un NIR peut être certifié."
                ),
            ),
            models.CheckConstraint(
                condition=Q(clos_le=None) | Q(clos_le__gte=F("recu_le")),
                name="immatriculation_close_apres_sa_reception",
                violation_error_message="Un numéro ne peut pas être retiré avant d'avoir été reçu.",
            ),
            models.CheckConstraint(
                condition=Q(clos_le=None, cause_cloture="")
                | Q(clos_le__isnull=False, cause_cloture__in=[c for c in CauseCloture.values if c]),
                name="immatriculation_close_avec_sa_cause",
                violation_error_message="Un numéro retiré dit pourquoi : remplacé, erroné ou désactivé.",
            ),
        ]

    def __str__(self) -> str:
        return f"immatriculation {self.pk}"


class Qualite(models.TextChoices):
    DEMANDEUR = "demandeur", "allocataire"
    CONJOINT = "conjoint", "conjoint"
    ENFANT = "enfant", "enfant ou personne à charge"


class Affiliation(Donnee):
    """Which Caf knows a person, through whose file (référentiel national des bénéficiaires).

    Several live affiliations are possible and must be explained: shared custody, transfer in progress.
    """

    conservation = de_la_personne("Dit quelle Caf connaît la personne, tant qu'un dossier la nomme")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": "personne_id = {personne} OR allocataire_id = {personne}",
    }

    personne = models.ForeignKey(Personne, models.PROTECT, related_name="affiliations")
    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="affiliations")
    allocataire = models.ForeignKey(Personne, models.PROTECT, related_name="personnes_du_foyer")
    qualite = models.CharField("qualité", max_length=9, choices=Qualite)
    valide = DateRangeField("période")

    class Meta(Donnee.Meta):
        verbose_name = "affiliation"
        verbose_name_plural = "affiliations"
        indexes = [models.Index(fields=["personne", "organisme"], name="affiliation_personne_organisme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(qualite__in=Qualite.values),
                name="affiliation_qualite_connue",
                violation_error_message="La qualité est demandeur, conjoint ou enfant.",
            ),
            models.CheckConstraint(
                condition=Q(valide__isempty=False, valide__startswith__isnull=False),
                name="affiliation_periode_non_vide",
                violation_error_message="La période de l'affiliation commence et n'est pas vide.",
            ),
            ExclusionConstraint(
                name="affiliation_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    ("organisme", RangeOperators.EQUAL),
                    ("allocataire", RangeOperators.EQUAL),
                    ("valide", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Cette personne est déjà rattachée à ce foyer sur cette période.",
            ),
        ]

    def __str__(self) -> str:
        return f"affiliation {self.pk}"
