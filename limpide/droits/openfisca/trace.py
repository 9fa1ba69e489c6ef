"""OpenFisca's flat trace: one entry per step, naming those it depends on and the parameters that it read itself.

The rules are run again on parameters that note which step reads them: what a liquidation keeps of itself is its steps
and their values only. Times of calculation are those of this run, in seconds, measured. The value asked for is told of
every instance of its entity, in the order of the request (null: it cannot be told, or nothing is asked of that family);
a step, of the family that asks for it first.
"""

from collections.abc import Mapping, Sequence
from time import perf_counter_ns
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
        cle = f"{demande.nom}<{demande.periode}>"
        if cle in self.etapes:
            return
        valeurs = self.foyers.autres_valeurs(demande)
        calculee, foyer = calculees()[demande.nom], self.foyers.du_mois(demande)
        if not calculee.droits:
            duree = foyer.derives_et_duree[1]
            self.etapes[cle] = _entree(valeurs, calculee.libelle) | _durees(duree, duree)
        elif len(calculee.droits) == 1:
            resultat = foyer.resultats[calculee.droits[0].code]
            self._aplatir(cle, *_retracer(calculee, resultat), demande.periode, valeurs)
        else:
            self._sommer(cle, demande, valeurs, foyer.resultats)

    def _sommer(self, cle: str, demande: Demande, valeurs: list[Any], resultats: Mapping[str, Resultat]) -> None:
        """A value that is the sum of several rights, which are its steps."""
        calculee, debut, dedans = calculees()[demande.nom], perf_counter_ns(), 0
        self.etapes[cle] = _entree(valeurs, calculee.libelle)
        for droit in calculee.droits:
            resultat = resultats[droit.code]
            sienne = self._libre(droit.code, demande.periode)
            net = resultat.montant_centimes - (resultat.crds_centimes if droit.nourrit_net else 0)
            etape, lus = _retracer(calculees()[droit.code], resultat)
            self._aplatir(sienne, etape, lus, demande.periode, [net / 100])
            self.etapes[cle]["dependencies"].append(sienne)
            dedans += etape.fin - etape.debut
        duree = perf_counter_ns() - debut
        self.etapes[cle] |= _durees(duree, duree - dedans)

    def _libre(self, nom: str, periode: str) -> str:
        cle, rang = f"{nom}<{periode}>", 2
        while cle in self.etapes:
            cle, rang = f"{nom}#{rang}<{periode}>", rang + 1
        return cle

    def _aplatir(self, cle: str, etape: Etape, lus: Lus, periode: str, valeurs: list[Any]) -> None:
        duree, dedans = etape.fin - etape.debut, sum(e.fin - e.debut for e in etape.etapes)
        ici = self.etapes[cle] = _entree(valeurs, etape.libelle, etape.articles, lus.get(id(etape), {}))
        ici |= _durees(duree, duree - dedans)
        for pas in etape.etapes:
            sienne = self._libre(pas.nom, periode)
            self._aplatir(sienne, pas, lus, periode, [pas.resultat])
            ici["dependencies"].append(sienne)


def _entree(
    valeurs: Sequence[Any], libelle: str, articles: Sequence[str] = (), lus: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "dependencies": [],
        "parameters": lus or {},
        "value": [_simple(valeur) for valeur in valeurs],
        "label": libelle,
        "references": list(articles),
    }


def _durees(calcul: int, formule: int) -> dict[str, float]:
    """Nanoseconds with and without the steps inside, in seconds to four figures, as OpenFisca writes them."""
    return {"calculation_time": float(f"{calcul / 1e9:.4g}"), "formula_time": float(f"{formule / 1e9:.4g}")}


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
