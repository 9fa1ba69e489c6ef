import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limpide.droits import bornes
from limpide.droits.calcul import liquider_lot
from limpide.droits.faits import DATE_INCONNUE, INCONNU, NATURES
from limpide.droits.hasard.tirage import tirer
from limpide.droits.situation import (
    FOYER,
    MAX_ENFANTS,
    PERSONNE,
    PERSONNE_FAITS,
    Situation,
    SituationInvalide,
    foyers_vierges,
    personnes_vierges,
    resumer,
)
from limpide.droits.valeurs import lire_valeur
from tests.droits.foyers import famille, situation


def test_every_fact_of_the_catalogue_has_a_field_of_its_type():
    for nature in NATURES.values():
        champ = (FOYER if nature.sujet == "foyer" else PERSONNE).fields[nature.nom][0]
        assert champ.shape == ((7,) if nature.type == "euros" and nature.periodicite == "mois" else ())
        assert champ.base.kind == ("f" if nature.type == "euros" else "i")


def test_codes_of_facts_fit_the_database():
    assert all(0 < nature.code < 2**15 for nature in NATURES.values())


def test_record_is_an_odd_number_of_cache_lines():
    assert PERSONNE.itemsize % 128 == 64


def test_blank_records_are_unknown_unless_silence_means_something():
    adulte, enfant = personnes_vierges([0, 2])
    assert math.isnan(adulte["salaire_net"][0])
    assert enfant["salaire_net"][0] == 0.0
    assert adulte["date_naissance"] == DATE_INCONNUE
    assert adulte["nationalite"] == INCONNU
    assert adulte["enceinte"] == 0
    assert foyers_vierges([3, 2])["debut"].tolist() == [0, 3]


def test_a_written_household_reads_back_the_same():
    ecrit = situation(
        p0__chomage_net=[1.0, 2.0, None, 4.0, 5.0, 6.0, 7.5], p1__present=[True] * 3 + [None] * 4
    ).vers_dict()
    assert Situation.depuis_dict(ecrit).vers_dict() == ecrit
    assert ecrit["personnes"][0]["chomage_net"][2] is None


@given(st.lists(st.none() | st.floats(0, 1e8, allow_nan=False), min_size=7, max_size=7))
def test_any_amounts_read_back_the_same(montants):
    ecrit = situation(p0__retraite_nette=montants).vers_dict()
    assert ecrit["personnes"][0]["retraite_nette"] == montants


def test_shortcuts_promise_only_what_is_true():
    personnes = personnes_vierges([0, 0, 0, 2])
    personnes["salaire_net"][0] = 100.0
    personnes["salaire_net"][1] = 0.0
    personnes["salaire_net"][2] = 0.0
    personnes["remuneration_apprenti"][2][3] = np.nan
    resumer(personnes)
    assert personnes["sans_revenu_activite"].tolist() == [0, 1, 0, 1]
    assert personnes["sans_autre_activite"].tolist() == [1, 1, 0, 1]
    assert personnes["sans_revenu_remplacement"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("dit", "etudiant"),
    [({}, 1), ({"etudiant": False}, 0), ({"etudiant": None}, INCONNU), ({"activite": "actif"}, 0)],
)
def test_qui_est_en_etudes_est_etudiant_sauf_si_l_on_dit_le_contraire(dit, etudiant):
    adulte = {"role": "demandeur", "activite": "etudiant"} | dit
    situation_lue = Situation.depuis_dict({"mois": "2024-06", "foyer": {}, "personnes": [adulte]})
    assert situation_lue.personnes["etudiant"].tolist() == [etudiant]
    assert Situation.depuis_dict(situation_lue.vers_dict()).personnes["etudiant"].tolist() == [etudiant]


def test_chaque_entier_a_la_borne_de_son_fait():
    entiers = [n.nom for n in NATURES.values() if n.type == "entier"]
    assert set(bornes._MAXIMA) <= set(entiers)
    for nom in entiers:
        maximum = bornes.entier_maximal(NATURES[nom])
        assert lire_valeur(nom, maximum) == maximum
        with pytest.raises(SituationInvalide, match=f"de 0 à {maximum}"):
            lire_valeur(nom, maximum + 1)


def test_un_adulte_est_ne_un_enfant_peut_etre_attendu():
    adulte, enfant = {"role": "demandeur", "date_naissance": "2026-11-30"}, {"role": "enfant"}
    lire = lambda *p: Situation.depuis_dict({"mois": "2026-11", "foyer": {}, "personnes": list(p)})  # noqa: E731
    assert len(lire(adulte, enfant | {"date_naissance": "2027-03-01"}).personnes) == 2
    with pytest.raises(SituationInvalide, match="personne n° 2, « date_naissance » : trouvé 2026-12-01"):
        lire(adulte, {"role": "conjoint", "date_naissance": "2026-12-01"})
    with pytest.raises(SituationInvalide, match="de 1900 à 2027"):
        lire(adulte, enfant | {"date_naissance": "2090-01-13"})


@pytest.mark.parametrize(
    ("changement", "message"),
    [
        ({"p0__salaire_net": -1.0}, "personne n° 1, « salaire_net » : trouvé -1.0"),
        ({"p0__salaire_net": float("nan")}, "salaire_net"),
        ({"p0__salaire_net": "mille"}, "un montant en euros, positif ou nul"),
        ({"p0__salaire_net": [1.0, 2.0]}, "2 valeurs ; attendu : 7 mois"),
        ({"p1__date_naissance": "2015-02-30"}, "une date comme 1990-05-31"),
        ({"p0__nationalite": "martienne"}, "francaise, eee_ou_suisse, autre"),
        ({"p0__enceinte": 1}, "oui ou non"),
        ({"p0__salair_net": 1.0}, "salaire_net"),
        ({"foyer__taux_incapacite": 80}, "un nom inconnu"),
        ({"p0__taux_incapacite": 80.5}, "un nombre entier"),
        ({"p1__role": "cousin"}, "demandeur ou conjoint ou enfant"),
        ({"p1__role": "demandeur"}, "un seul demandeur"),
        ({"p1__present": [True]}, "7 fois oui ou non"),
    ],
)
def test_a_wrong_value_is_refused_by_name(changement, message):
    with pytest.raises(SituationInvalide, match=message):
        Situation.depuis_dict(famille(**changement))


def test_too_many_children_are_refused():
    donnees = famille()
    donnees["personnes"] += [{"role": "enfant", "date_naissance": "2015-01-01"}] * MAX_ENFANTS
    with pytest.raises(SituationInvalide, match="32 enfants"):
        Situation.depuis_dict(donnees)


def test_losses_are_allowed_only_where_there_can_be_some():
    assert situation(p0__rpns_autres_revenus=-500.0).personnes["rpns_autres_revenus"][0] == -500.0


@pytest.mark.parametrize("nom", PERSONNE_FAITS)
def test_every_personal_fact_can_be_unknown(nom):
    lu = situation(**{f"p0__{nom}": None}).vers_dict()["personnes"][0][nom]
    assert lu is None or set(lu) == {None}


def test_le_rang_de_naissance_ne_change_que_la_vitesse():
    """Left at 0, ages come from the dates themselves; unknown births stay unknown."""
    foyers, personnes = tirer(400, graine=11, mois="2026-11")
    assert (personnes["rang_naissance"] > 0).any()
    attendu = liquider_lot("2026-11", foyers, personnes)
    sans = personnes.copy()
    sans["rang_naissance"] = 0
    assert liquider_lot("2026-11", foyers, sans).tobytes() == attendu.tobytes()


def test_le_rang_de_naissance_compte_les_mois_depuis_l_an_zero():
    personnes = personnes_vierges([0, 2, 2])
    personnes["date_naissance"][:2] = [lire_valeur("date_naissance", d) for d in ("1969-12-31", "2026-02-01")]
    resumer(personnes)
    assert personnes["rang_naissance"].tolist() == [1969 * 12 + 11, 2026 * 12 + 1, 0]
