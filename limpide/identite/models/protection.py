"""Adults protected by a judge's decision: by whom, since when, with which powers."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from limpide.identite.mesures import GENRES, ORGANISME, PERSONNE, POUVOIRS
from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne

SUIVIE_PAR_LE_PROTECTEUR = (
    "EXISTS (SELECT 1 FROM identite_accesprotecteur a WHERE a.mesure_id = identite_mesureprotection.id"
    " AND a.protecteur_id = {soi} AND a.etat = 'ouvert')"
)
"""The protector reads the judgement by which they act, under their own account."""
PROTECTEURS = ((PERSONNE, "une personne"), (ORGANISME, "un organisme"))


def _permis_par_le_genre() -> Q:
    """Powers and protectors that the Code civil allows to each kind of measure."""
    permis = Q(pk__in=[])
    for code, genre in GENRES.items():
        sans = {f"pouvoir_{p}": False for p in POUVOIRS if p not in genre.possibles}
        permis |= Q(genre=code, protecteur_genre__in=list(genre.protecteurs), **sans)
    return permis


class MesureProtection(Donnee):
    """One judgement that protects an adult. Never rewritten: it ends, another begins."""

    conservation = de_la_personne("Dit qui peut agir pour la personne, tant qu'un dossier la nomme")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_mesureprotection.personne_id"),
        "personne": f"personne_id = {{personne}} OR {SUIVIE_PAR_LE_PROTECTEUR}",
    }
    lectures_perimetre = {
        "organisme": LECTURE_DES_AFFILIATIONS["organisme"],
        "personne": {"identite.AccesProtecteur": ("mesure_id", "protecteur_id", "etat")},
    }

    personne = models.ForeignKey(Personne, models.PROTECT, related_name="mesures_protection")
    genre = models.CharField("mesure", max_length=20, choices=[(c, g.nom) for c, g in GENRES.items()])
    protecteur_genre = models.CharField("le protecteur est", max_length=9, choices=PROTECTEURS)
    protecteur_nom = models.CharField("protecteur", max_length=160)
    adresse_courrier = models.CharField("adresse pour le courrier", max_length=240, blank=True)
    pouvoir_courrier = models.BooleanField("reçoit le courrier", default=False)
    pouvoir_paiements = models.BooleanField("perçoit les prestations", default=False)
    pouvoir_donnees = models.BooleanField("exerce les droits sur les données", default=False)
    pouvoir_consultation = models.BooleanField("consulte le compte en ligne", default=False)
    pouvoir_declarations = models.BooleanField("fait les déclarations et les demandes", default=False)
    jugement_le = models.DateField("jugement du")
    tribunal = models.CharField("tribunal", max_length=120)
    valide = DateRangeField("période")
    enregistree_par = models.CharField("enregistrée par", max_length=64)

    class Meta(Donnee.Meta):
        verbose_name = "mesure de protection"
        verbose_name_plural = "mesures de protection"
        constraints = [
            models.CheckConstraint(
                condition=Q(genre__in=list(GENRES)) & _permis_par_le_genre(),
                name="mesure_pouvoirs_de_son_genre",
                violation_error_message="Le code civil ne permet pas ce pouvoir, ou ce protecteur, à cette mesure.",
            ),
            models.CheckConstraint(
                condition=Q(valide__isempty=False, valide__startswith__isnull=False),
                name="mesure_periode_non_vide",
                violation_error_message="La période de la mesure commence et n'est pas vide.",
            ),
            models.CheckConstraint(
                condition=Q(valide__endswith__isnull=False)
                | Q(genre__in=[c for c, g in GENRES.items() if not g.terme]),
                name="mesure_terme_fixe",
                violation_error_message="Le juge fixe la durée de cette mesure : écrivez son dernier jour.",
            ),
            models.CheckConstraint(
                condition=Q(protecteur_nom__regex=r"\S", tribunal__regex=r"\S"),
                name="mesure_protecteur_nomme",
                violation_error_message="Dites qui protège la personne et quel tribunal l'a décidé.",
            ),
            models.CheckConstraint(
                condition=Q(pouvoir_courrier=False, adresse_courrier="")
                | Q(pouvoir_courrier=True, adresse_courrier__regex=r"\S"),
                name="mesure_courrier_adresse",
                violation_error_message="L'adresse du protecteur est nécessaire s'il reçoit le courrier, et lui seul.",
            ),
            ExclusionConstraint(
                name="une_seule_mesure_a_la_fois",
                expressions=[("personne", RangeOperators.EQUAL), ("valide", RangeOperators.OVERLAPS)],
                violation_error_message="Une mesure de protection est déjà en cours sur cette période.",
            ),
        ]

    def __str__(self) -> str:
        return f"mesure de protection {self.pk}"
