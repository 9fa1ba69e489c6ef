"""What the file already knows, which a change starts from: who is there when, the address, the facts, what waits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from limpide.dossiers.models import (
    Adresse,
    DeclarationScellee,
    Dossier,
    EtatTache,
    Fait,
    GenreScelle,
    GenreTache,
    Rattachement,
    TacheAgent,
)
from limpide.droits.faits import NATURES
from limpide.identite.models import Organisme, Personne
from limpide.usagers import scellement
from limpide.usagers.changement.etapes import Etapes, de_json
from limpide.usagers.dossier import nom_usuel
from limpide.usagers.trimestre.connu import A_DECLARER

GARDE = (
    "mode_garde", "garde_heures", "garde_cout", "garde_horaires_specifiques", "garde_domicile",
    "garde_domicile_heures", "garde_domicile_cout", "garde_sans_depense", "cmg_date_demande",
)  # fmt: skip
LUES = (
    "statut_occupation_logement", "residence", "activite", "enceinte", "revenus_interrompus", "ajpp_demi_journees",
    "ajpa_demi_journees", "ajpp_frais", "date_demande_logement", *GARDE,
)  # fmt: skip
CODES = [NATURES[nom].code for nom in LUES] + [n.code for n in A_DECLARER]


@dataclass(frozen=True)
class Connu:
    """`attentes`: what was declared and waits for an agent, by receipt; `caisses`: (code, name) by department."""

    dossier: Dossier
    sejours: tuple[Rattachement, ...]
    faits: tuple[Fait, ...]
    adresse: Adresse | None
    attentes: tuple[tuple[str, Etapes], ...]
    caisses: dict[str, tuple[str, str]]
    jour: dt.date

    @property
    def moi(self) -> Personne:
        allocataire: Personne = self.dossier.allocataire
        return allocataire

    @property
    def conjoint_attendu(self) -> str:
        """The receipt of a declared spouse whom an agent has not recorded yet; empty if there is none."""
        return next((n for n, e in self.attentes if e.arrivee is not None and e.arrivee.role == "conjoint"), "")

    def conjoint(self, jour: dt.date) -> Personne | None:
        return next((s.personne for s in self.sejours if s.role == "conjoint" and _la(s, jour)), None)

    def conjoint_apres(self, jour: dt.date) -> bool:
        """Somebody is, or will be, the spouse from that day."""
        return any(s.role == "conjoint" and (s.valide.upper is None or s.valide.upper > jour) for s in self.sejours)

    def enfants(self, jour: dt.date) -> list[Rattachement]:
        """Stays of the children who are there on that day, oldest child first."""
        la = [s for s in self.sejours if s.role == "enfant" and _la(s, jour)]
        return sorted(la, key=lambda s: (s.personne.date_naissance, s.personne_id))

    def partis(self) -> list[Personne]:
        """Children of the file who are there no more."""
        ici = {s.personne_id for s in self.enfants(self.jour)}
        ailleurs = {s.personne_id: s.personne for s in self.sejours if s.role == "enfant" and s.personne_id not in ici}
        return list(ailleurs.values())

    def fait(self, nature: str, jour: dt.date, qui: int | None = None) -> Fait | None:
        return next((f for f in self._de(nature, qui) if _la(f, jour)), None)

    def valeur(self, nature: str, jour: dt.date, qui: int | None = None) -> int | None:
        """Stored value of a fact on that day; None when nobody said it."""
        fait = self.fait(nature, jour, qui)
        return None if fait is None else fait.valeur

    def apres(self, nature: str, jour: dt.date, qui: int | None = None) -> dt.date | None:
        """The first day, from `jour` on, from which something else was said."""
        return min((f.valide.lower for f in self._de(nature, qui) if f.valide.lower >= jour), default=None)

    def _de(self, nature: str, qui: int | None) -> list[Fait]:
        return [f for f in self.faits if f.nature == NATURES[nature].code and f.personne_id == qui]


def _la(ligne: Any, jour: dt.date) -> bool:
    return bool(ligne.valide.lower <= jour and (ligne.valide.upper is None or ligne.valide.upper > jour))


def connu_de(dossier: Dossier) -> Connu:
    maintenant = timezone.now()
    sejours = Rattachement.objects.select_related("personne").filter(
        dossier_id=dossier.pk, connu__contains=maintenant
    )  # fmt: skip
    faits = Fait.objects.filter(dossier_id=dossier.pk, nature__in=CODES, connu__contains=maintenant)
    caisses = {o.departement: (o.code, o.nom) for o in Organisme.objects.only("code", "nom", "departement")}
    return Connu(
        dossier, tuple(sejours.order_by("pk")), tuple(faits.order_by("pk")),
        Adresse.objects.filter(dossier_id=dossier.pk, valide__upper_inf=True).first(),
        tuple(_attentes(dossier.pk)), caisses, timezone.localdate(),
    )  # fmt: skip


def _attentes(dossier: int) -> list[tuple[str, Etapes]]:
    ouvertes = TacheAgent.objects.filter(dossier_id=dossier, genre=GenreTache.CHANGEMENT, etat=EtatTache.OUVERTE)
    numeros = list(ouvertes.values_list("cle", flat=True))
    scellees = DeclarationScellee.objects.filter(
        dossier_id=dossier, genre=GenreScelle.CHANGEMENT, numero__in=numeros
    )  # fmt: skip
    lues = [(s.numero, scellement.relire(s)["a_verifier"]) for s in scellees]
    return [(numero, de_json(attendu)) for numero, attendu in lues if attendu is not None]


def prenom(personne: Personne) -> str:
    return nom_usuel(personne).split()[0]
