"""The terminals of the Caf: installed once by a code, recognised by a token that only they hold, withdrawn at once.

The code that the command prints serves once, within a day. It gives way to a token drawn for the terminal's cookie.
Of both, the database keeps a digest: they are drawn at random, no slow hash is needed.
"""

import datetime as dt
import hashlib
import secrets

from django.utils import timezone

from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import Organisme
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers import attestations
from limpide.usagers.models import Borne

CLE = "bornes"
COOKIE = "limpide-borne"
COOKIE_DUREE = dt.timedelta(days=395)
"""Browsers keep no cookie longer than 400 days: a terminal is installed again once a year, or withdrawn."""
CODE_VALABLE = dt.timedelta(days=1)
CLE_SESSION = "borne"
"""In a session: the terminal where it was opened. Nothing but `/borne/` answers to it."""
INACTIVITE = 120
"""Seconds without a request after which the server has forgotten the session: ours, no text gives it."""
NOM_AU_PLUS = 50


def poser(nom: str, organisme: str, adresse: str, horaires: str) -> tuple[Borne, str]:
    """Within `bornes`. One more terminal, and the code to type on it; shown once, kept nowhere."""
    nom = " ".join(nom.split())
    if not nom or len(nom) > NOM_AU_PLUS:
        raise ErreurSaisie({"nom": f"Le nom de la borne a de 1 à {NOM_AU_PLUS} caractères, par exemple « Accueil »."})
    if not Organisme.objects.filter(pk=organisme).exists():
        raise ErreurSaisie({"organisme": "Aucune Caf n'a ce code. Un code de Caf a trois caractères, comme 751."})
    code = attestations.nouveau_code()
    borne = Borne(
        organisme_id=organisme, nom=nom, adresse=adresse.strip(), horaires=horaires.strip(), empreinte=empreinte(code),
        posee_le=timezone.now(),
    )  # fmt: skip
    with refus_en_francais():
        borne.save(force_insert=True)
    return borne, attestations.ecrire_code(code)


def installer(code: str) -> tuple[Borne, str] | None:
    """Within `bornes`. The terminal of this code and its token; None for a code unknown, old or used."""
    depuis = timezone.now() - CODE_VALABLE
    attendues = Borne.objects.select_for_update(of=("self",)).filter(
        empreinte=empreinte(code), installee_le=None, retiree_le=None, posee_le__gt=depuis
    )
    borne = attendues.first()
    if borne is None:
        return None
    jeton = secrets.token_urlsafe(32)
    borne.empreinte, borne.installee_le = empreinte(jeton), timezone.now()
    borne.save(update_fields=["empreinte", "installee_le"])
    return borne, jeton


def reconnaitre(jeton: str) -> Borne | None:
    """The terminal that holds this token; None without one (and without a query), or once it is withdrawn."""
    if not jeton:
        return None
    with traitement(CLE, acteur=SYSTEME, motif="Reconnaître la borne") as cours:
        connues = Borne.objects.select_related("organisme").exclude(installee_le=None)
        borne = connues.filter(empreinte=empreinte(jeton), retiree_le=None).first()
        cours.releve.vider()  # a terminal is nobody
    return borne


def retirer(numero: int) -> bool:
    """Within `bornes`. Its token opens nothing any more; False if it was withdrawn already, or never was."""
    return bool(Borne.objects.filter(pk=numero, retiree_le=None).update(retiree_le=timezone.now()))


def empreinte(secret: str) -> str:
    return hashlib.sha256(f"limpide.borne.{secret}".encode()).hexdigest()


def appareil(borne: Borne) -> str:
    """What the person reads in the list of their connections."""
    return f"Borne de {borne.nom}"
