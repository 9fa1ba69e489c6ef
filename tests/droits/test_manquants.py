"""What a right misses is what it cannot do without: whose, and for which months."""

import math

import pytest

from limpide.droits.calcul import catalogue_droits, liquider
from limpide.droits.explication import trace_de
from limpide.droits.hasard import tirer
from limpide.droits.manquants import Completions, en_mots
from limpide.droits.situation import Situation, codes_droits

from .proprietes.tirages import situations

FOYER = {"residence": "metropole", "statut_occupation_logement": "locataire_vide", "aide_logement": 0}
ADULTE = {"role": "demandeur", "date_naissance": "1990-01-13", "nationalite": "francaise", "salaire_net": 0}
ENFANTS = [{"role": "enfant", "date_naissance": f"{annee}-01-13"} for annee in (2018, 2020)]


def manquants(code, *personnes, **foyer):
    situation = Situation.depuis_dict({"mois": "2026-11", "foyer": FOYER | foyer, "personnes": list(personnes)})
    resultat = liquider(situation, [code])[code]
    droit = next(d for d in catalogue_droits() if d.code == code)
    return resultat.faits_manquants, en_mots(droit, trace_de(resultat), resultat.faits_manquants)


def test_ce_qui_ne_changerait_rien_ne_manque_pas():
    """The nationality of a child is read, and says nothing of this."""
    noms, mots = manquants("asf", ADULTE, *ENFANTS)
    assert noms == ("soutien_autre_parent",)
    assert mots == ["Soutien de l'autre parent (enfant n° 1 et enfant n° 2)"]
    noms, mots = manquants("asf", ADULTE, ENFANTS[0] | {"soutien_autre_parent": "apporte"}, ENFANTS[1])
    assert mots == ["Soutien de l'autre parent (enfant n° 2)"]


def test_les_mois_qui_manquent_sont_dits():
    salaires = [100, 100, 100, None, None, 0, 0]
    conjoint = ADULTE | {"role": "conjoint", "salaire_net": salaires}
    noms, mots = manquants("rsa", ADULTE, conjoint)
    assert (noms, mots) == (("salaire_net",), ["Salaire net (conjoint, d'août à septembre 2026)"])
    _, mots = manquants("rsa", ADULTE | {"salaire_net": [0, 0, None, 0, None, 0, 0]})
    assert mots == ["Salaire net (juillet et septembre 2026)"]


def test_ce_que_la_regle_nomme_vient_d_abord_puis_ce_qu_elle_a_lu_et_qui_manque_aussi():
    adulte, foyer = (
        ADULTE | {"salaire_net": [100, 100, 100, None, None, 0, 0]},
        {"prestations_familiales_base_ressources": None},
    )
    assert manquants("ppa", adulte, *ENFANTS, **foyer)[0] == ("salaire_net", "prestations_familiales_base_ressources")


@pytest.mark.parametrize("mois", ["2020-03", "2023-08", "2026-11"])
def test_sans_ce_qui_manque_le_droit_reste_inconnu(mois):
    """Told all that was unknown, a right is known; told all but one fact that it misses, it may not be."""
    vus = 0
    for situation in situations(mois, *tirer(120, 11, mois)):
        for code, resultat in liquider(situation, codes_droits()).items():
            if resultat.motif != "INCONNU":
                continue
            droit = next(d for d in catalogue_droits() if d.code == code)
            arguments = trace_de(resultat).arguments
            dits = Completions(arguments["foyer"], arguments["personnes"], arguments["b"])
            for nom in resultat.faits_manquants[1:]:
                vus += 1
                assert dits.laissent_inconnu(droit, nom), (code, nom)
            assert not any(math.isnan(droit.montant(*complet, arguments["b"])) for complet in dits.completes), code
    assert vus > 0
