"""The reader's choice about tracers: read from its cookie, recorded without saying whose it is, asked again in time."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.traceurs import finalites, traceurs, version
from limpide.usagers.models import ChoixTraceurs, VisitesDuJour
from limpide.usagers.traceurs import COOKIE_CHOIX

CHOIX, AUDIENCE = "choix_traceurs", "mesure_audience"
VALIDITE = dt.timedelta(days=182)
"""A choice holds six months, acceptance or refusal alike."""
CONSERVATION_DU_CHOIX = dt.timedelta(days=213)
"""The cookie lives a month more, so that an old choice can be told from none."""


@dataclass(frozen=True)
class Choix:
    """What a reader chose, and when. `version`: of the policy they read."""

    acceptees: frozenset[str]
    jour: dt.date
    version: str

    def vaut(self, aujourd_hui: dt.date) -> bool:
        """Whether it still holds: recent, and about the policy of today."""
        return self.version == version() and self.jour <= aujourd_hui < self.jour + VALIDITE

    @property
    def texte(self) -> str:
        return f"{self.version}.{self.jour:%Y%m%d}.{'+'.join(sorted(self.acceptees))}"


def lire(request: HttpRequest) -> Choix | None:
    """The choice kept by this browser; None if there is none, or if what stands there isn't one."""
    parties = request.COOKIES.get(COOKIE_CHOIX, "").split(".")
    if len(parties) != 3:
        return None
    try:
        jour = dt.datetime.strptime(parties[1], "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
    connues = {f.cle for f in finalites()}
    return Choix(frozenset(parties[2].split("+")) & connues, jour, parties[0])


def acceptees(request: HttpRequest) -> frozenset[str]:
    """Purposes accepted now. Silence, an old choice or another policy: none."""
    choix = lire(request)
    return choix.acceptees if choix is not None and choix.vaut(timezone.localdate()) else frozenset()


def a_redemander(request: HttpRequest) -> bool:
    """A choice was made and no longer holds."""
    choix = lire(request)
    return choix is not None and not choix.vaut(timezone.localdate())


def enregistrer(reponse: HttpResponse, retenues: frozenset[str]) -> None:
    """Keep the choice in the browser, its proof in the database, and remove the tracers of what is refused."""
    choix = Choix(retenues, timezone.localdate(), version())
    with traitement(CHOIX, acteur=SYSTEME, motif="Preuve d'un choix sur les traceurs") as cours:
        ChoixTraceurs.objects.create(
            jour=choix.jour, version=choix.version, acceptees="+".join(sorted(choix.acceptees))
        )
        cours.releve.vider()  # the proof says a day; a journal line would say the second
    poser(reponse, COOKIE_CHOIX, choix.texte, CONSERVATION_DU_CHOIX)
    for traceur in traceurs():
        if traceur.finalite and traceur.finalite not in retenues:
            reponse.delete_cookie(traceur.nom, samesite="Lax")


def poser(reponse: Any, nom: str, valeur: str, duree: dt.timedelta) -> None:
    """A first-party cookie that no script reads."""
    reponse.set_cookie(
        nom, valeur, max_age=int(duree.total_seconds()), httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def visites(depuis: dt.date) -> list[tuple[dt.date, str, int]]:
    """(day, part of the site, visits) since that day, inside a processing that reads them."""
    lignes = VisitesDuJour.objects.filter(jour__gte=depuis).order_by("-jour", "espace")
    return list(lignes.values_list("jour", "espace", "visites"))
