"""OpenFisca's flat trace: one entry per step, naming those it depends on and the parameters that it read itself.

The rules are run again on parameters that note which step reads them: what a liquidation keeps of itself is its steps
and their values only. OpenFisca's times of calculation are not told: they would be those of another run.
"""

from collections.abc import Sequence
from typing import Any

from limpide.droits.bareme import CALENDRIER, ecrire_mois, mois_fenetre, parametres
from limpide.droits.calcul import Resultat
from limpide.droits.explication import mois_de, trace_de
from limpide.droits.lectures import arguments_de
from limpide.droits.moteur import Etape, tracer
from limpide.droits.moteur.trace import etape_courante

from .demandes import Demande
from .foyers import Foyers
from .variables import Calculee, calculees

Lus = dict[int, dict[str, Any]]
"""By step (its identity): the parameters it read, « bases.bmaf<2024-08-01> », with their value."""


class Trace:
    """The entries of one request, in the order of its demands; a rule used again bears a number."""

    def __init__(self, foyers: Foyers) -> None:
        self.foyers = foyers
        self.etapes: dict[str, dict[str, Any]] = {}

    def ajouter(self, demande: Demande) -> None:
        """The value asked for, and its steps; of several families, one value each, and the first one's steps."""
        valeur = self.foyers.valeur(demande)
        cle = f"{demande.nom}<{demande.periode}>"
        if cle in self.etapes:
            self.etapes[cle]["value"].append(_simple(valeur))
            return
        calculee, foyer = calculees()[demande.nom], self.foyers.du_mois(demande)
        if not calculee.droits:
            self.etapes[cle] = _entree(valeur, calculee.libelle)
        elif len(calculee.droits) == 1:
            resultat = foyer.resultats[calculee.droits[0].code]
            self._aplatir(cle, *_retracer(calculee, resultat), demande.periode, valeur)
        else:
            self.etapes[cle] = _entree(valeur, calculee.libelle)
            for droit in calculee.droits:
                resultat = foyer.resultats[droit.code]
                sienne = self._libre(droit.code, demande.periode)
                net = resultat.montant_centimes - (resultat.crds_centimes if droit.nourrit_net else 0)
                self._aplatir(sienne, *_retracer(calculees()[droit.code], resultat), demande.periode, net / 100)
                self.etapes[cle]["dependencies"].append(sienne)

    def _libre(self, nom: str, periode: str) -> str:
        cle, rang = f"{nom}<{periode}>", 2
        while cle in self.etapes:
            cle, rang = f"{nom}#{rang}<{periode}>", rang + 1
        return cle

    def _aplatir(self, cle: str, etape: Etape, lus: Lus, periode: str, valeur: Any) -> None:
        ici = self.etapes[cle] = _entree(valeur, etape.libelle, etape.articles, lus.get(id(etape), {}))
        for dedans in etape.etapes:
            sienne = self._libre(dedans.nom, periode)
            self._aplatir(sienne, dedans, lus, periode, dedans.resultat)
            ici["dependencies"].append(sienne)


def _entree(
    valeur: Any, libelle: str, articles: Sequence[str] = (), lus: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "dependencies": [],
        "parameters": lus or {},
        "value": [_simple(valeur)],
        "label": libelle,
        "references": list(articles),
    }


def _retracer(calculee: Calculee, resultat: Resultat) -> tuple[Etape, Lus]:
    """The step that this variable is, run again, and what each step read."""
    racine, droit = trace_de(resultat), calculee.droits[0]
    foyer, personnes, b = arguments_de(racine.arguments)
    fenetre, lus = mois_fenetre(mois_de(racine)), Lus()
    suivi = [_BaremeParEtape(ligne, fenetre[k], lus) for k, ligne in enumerate(b)]
    montant, etape = tracer(droit.montant, foyer, personnes, suivi)
    if calculee.quoi == "motif":
        return tracer(droit.motif, foyer, personnes, suivi, montant)[1], lus
    if calculee.quoi == "crds" and droit.crds is not None:
        return tracer(droit.crds, foyer, personnes, suivi, max(montant, 0.0))[1], lus
    trouvee = next((e for e in etape.etapes if e.nom == calculee.etape), None) if calculee.etape else None
    return trouvee or etape, lus


class _BaremeParEtape:
    """The parameters of one month, which note the step that reads them."""

    def __init__(self, ligne: Any, mois: int, lus: Lus) -> None:
        self._ligne, self._mois, self._lus = ligne, mois, lus

    def __getattr__(self, nom: str) -> Any:
        valeur = getattr(self._ligne, nom)
        etape = etape_courante.get()
        if nom not in CALENDRIER and etape is not None:
            cle = f"{parametres()[nom].dossier}.{nom}<{ecrire_mois(self._mois)}-01>"
            self._lus.setdefault(id(etape), {})[cle] = _simple(parametres()[nom].en(self._mois).valeur)
        return valeur


def _simple(valeur: Any) -> Any:
    """A value that JSON can hold; unknown is null."""
    if isinstance(valeur, tuple | list):
        return [_simple(v) for v in valeur]
    if isinstance(valeur, float) and valeur != valeur:  # noqa: PLR0124 - not a number: unknown
        return None
    return valeur if isinstance(valeur, bool | int | float | str) or valeur is None else str(valeur)
