"""Who is connected, to which file, and since when: the first screen of the application."""

from typing import Any

from limpide.identite.models import Personne
from limpide.registre.vues import personne_de
from limpide.usagers import appareils
from limpide.usagers import dossier as lecture
from limpide.usagers.mobile.operations import operation


@operation(
    chemin="moi/",
    methode="GET",
    resume="Qui est connecté, et à quel dossier",
    traitements=("mon_compte",),
    motif="vous consultez votre compte",
    reponse="Moi",
)
def moi(request: Any) -> dict[str, Any]:
    """To show at each opening: the date of the previous connection is part of it."""
    personne = Personne.objects.get(pk=personne_de(request))
    dossier = lecture.mon_dossier(personne.pk)
    precedente = request.user.precedente_connexion
    return {
        "prenom": personne.prenoms.split()[0],
        "nom": personne.nom_usage or personne.nom_naissance,
        "precedente_connexion": None if precedente is None else precedente.isoformat(),
        "precedente_connexion_en_clair": appareils.phrase_precedente(precedente),
        "connexion_ouverte_le": request.connexion_mobile.ouverte_le.isoformat(),
        "dossier": None if dossier is None else {
            "numero": dossier.numero,
            "caisse": dossier.organisme.nom,
            "ouvert_le": dossier.ouvert_le.isoformat(),
            "clos_le": None if dossier.clos_le is None else dossier.clos_le.isoformat(),
        },
    }  # fmt: skip
