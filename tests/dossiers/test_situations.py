"""Facts → law records: what each dated fact becomes, and one household equal to the same one in a batch."""

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limpide.dossiers import connaissance, demandes, services, situations
from limpide.dossiers.mois import decaler
from limpide.dossiers.natures import DE_LA_COMPOSITION, bornes
from limpide.droits.faits import ACTIVITES, DATE_INCONNUE, INCONNU, NATURES
from limpide.droits.situation import MOIS_FENETRE, Situation
from limpide.identite.models import Personne
from limpide.registre.contexte import SYSTEME, traitement

from .fabrique import AGENT, CAF, declarer, dossier, du, instruction, jour, periode_sure, personne

pytestmark = pytest.mark.django_db
MOIS = "2026-11"


def situation(d, mois: str = MOIS, connu_au: datetime.datetime | None = None) -> Situation:
    with instruction(d.organisme_id):
        return situations.situation_du(d.pk, mois, connu_au or connaissance.maintenant())


def test_un_foyer_sans_fait_est_inconnu_sauf_ce_que_le_silence_dit() -> None:
    s = situation(dossier())
    assert s.mois == MOIS
    assert s.foyer["residence"] == INCONNU
    assert np.isnan(s.foyer["prestations_familiales_base_ressources"]).all()
    assert np.isnan(s.personnes["salaire_net"]).all()
    assert (s.personnes["chomage_net"] == 0).all()
    assert s.personnes["present"].tolist() == [[1] * MOIS_FENETRE]


def test_la_date_de_naissance_vient_de_l_etat_civil() -> None:
    d = dossier(personne(naissance="1990-05-31"))
    (naissance,) = situation(d).personnes["date_naissance"]
    assert datetime.date(1970, 1, 1) + datetime.timedelta(days=int(naissance)) == jour("1990-05-31")
    assert naissance != DATE_INCONNUE


def test_une_naissance_corrigee_ne_change_pas_ce_qui_etait_calcule() -> None:
    qui = personne(naissance="1990-05-31")
    d = dossier(qui)
    with instruction():
        alors = connaissance.maintenant()
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        Personne.objects.filter(pk=qui.pk).update(date_naissance=jour("1991-05-31"))
    with instruction():
        services.reprendre_l_etat_civil(d, qui)
    avant, apres = situation(d, connu_au=alors), situation(d)
    assert apres.personnes["date_naissance"][0] - avant.personnes["date_naissance"][0] == 365
    assert apres.personnes["role"].tolist() == [0]


def test_un_montant_mensuel_se_lit_mois_par_mois() -> None:
    qui = personne()
    d = dossier(qui)
    declarer(d, "salaire_net", 1_500_50, du("2025-01-01", "2026-08-01"), qui)
    declarer(d, "salaire_net", 900_00, du("2026-10-01", "2026-12-01"), qui)
    salaires = situation(d).personnes["salaire_net"][0]
    np.testing.assert_array_equal(salaires, [1500.5, 1500.5, 1500.5, np.nan, np.nan, 900.0, 900.0])


def test_un_etat_est_celui_du_dernier_jour_du_mois() -> None:
    d = dossier()
    declarer(d, "residence", 1, du("2026-01-01"))
    declarer(d, "residence", 0, du("2026-11-30"))
    assert situation(d).foyer["residence"] == 0
    assert situation(d, "2026-10").foyer["residence"] == 1
    declarer(d, "residence", 2, du("2026-12-01"))
    assert situation(d).foyer["residence"] == 0


def test_qui_est_en_etudes_est_etudiant_tant_que_rien_ne_dit_le_contraire() -> None:
    qui = personne()
    d = dossier(qui)
    declarer(d, "activite", ACTIVITES.index("etudiant"), du("2026-01-01"), qui)
    assert situation(d).personnes["etudiant"].tolist() == [1]
    declarer(d, "etudiant", 0, du("2026-11-01"), qui)
    assert situation(d).personnes["etudiant"].tolist() == [0]
    assert situation(d, "2026-10").personnes["etudiant"].tolist() == [1]
    declarer(d, "activite", ACTIVITES.index("actif"), du("2026-09-01"), qui)
    assert situation(d, "2026-10").personnes["etudiant"].tolist() == [0]


def test_les_ressources_annuelles_sont_celles_de_l_avant_derniere_annee() -> None:
    d = dossier()
    for annee, euros in ((2023, 10_000), (2024, 20_000), (2025, 30_000)):
        declarer(d, "prestations_familiales_base_ressources", euros * 100, du(f"{annee}-01-01", f"{annee + 1}-01-01"))
    assert situation(d, "2026-11").foyer["prestations_familiales_base_ressources"] == 20_000
    assert situation(d, "2025-12").foyer["prestations_familiales_base_ressources"] == 10_000


def test_un_benefice_annuel_est_le_dernier_connu() -> None:
    qui = personne()
    d = dossier(qui)
    declarer(d, "rpns_autres_revenus", -500_00, du("2024-01-01", "2025-01-01"), qui)
    assert situation(d).personnes["rpns_autres_revenus"] == -500
    declarer(d, "rpns_autres_revenus", 700_00, du("2025-01-01", "2026-01-01"), qui)
    assert situation(d).personnes["rpns_autres_revenus"] == 700


def test_qui_part_reste_dans_la_fenetre() -> None:
    qui, conjoint, enfant = personne(), personne(naissance="1991-01-01"), personne(naissance="2026-09-10")
    d = dossier(qui)
    with instruction():
        services.rattacher(d, conjoint, "conjoint", du("2025-01-01", "2026-08-15"), AGENT)
        services.rattacher(d, enfant, "enfant", du("2026-09-10"), AGENT)
    s = situation(d)
    assert s.personnes["role"].tolist() == [0, 1, 2]
    assert s.personnes["present"].tolist() == [[1] * 7, [1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1]]
    assert situation(d, "2027-02").personnes["role"].tolist() == [0, 2]


def test_les_enfants_vont_du_plus_age_au_plus_jeune_et_portent_leur_garde() -> None:
    qui, petit, grand = personne(), personne(naissance="2020-01-01"), personne(naissance="2012-01-01")
    d = dossier(qui)
    with instruction():
        services.rattacher(d, petit, "enfant", du("2025-01-01"), AGENT, garde_alternee=True)
        services.rattacher(d, petit, "enfant", du("2026-11-10"), AGENT, garde_alternee=False)
        services.rattacher(d, grand, "enfant", du("2025-01-01"), AGENT)
        services.rattacher(d, grand, "enfant", du("2026-06-01"), AGENT, garde_alternee=True)
    s = situation(d)
    assert s.personnes["garde_alternee"].tolist() == [0, 1, 0]
    assert (np.diff(s.personnes["date_naissance"][1:]) > 0).all()
    assert situation(d, "2026-10").personnes["garde_alternee"].tolist() == [0, 1, 1]


def test_le_trimestre_se_compte_depuis_la_demande() -> None:
    d = dossier()
    assert situation(d).foyer["rang_trimestre"] == 0
    with instruction():
        quand = datetime.datetime(2026, 3, 31, 23, 0, tzinfo=datetime.UTC)  # already April in Paris
        demandes.deposer(d, ["rsa"], "en_ligne", quand, "allocataire:1")
    assert [int(situation(d, f"2026-{m:02}").foyer["rang_trimestre"][0]) for m in (3, 4, 5, 6, 7)] == [0, 0, 1, 2, 0]
    declarer(d, "rang_trimestre", 2, du("2026-04-01", "2026-05-01"))
    assert situation(d, "2026-04").foyer["rang_trimestre"] == 2


def test_ce_qui_etait_connu_alors() -> None:
    d = dossier()
    declarer(d, "residence", 1, du("2026-01-01"))
    with instruction():
        alors = connaissance.maintenant()
    declarer(d, "residence", 0, du("2026-01-01"))
    assert situation(d).foyer["residence"] == 0
    assert situation(d, connu_au=alors).foyer["residence"] == 1


def test_un_dossier_pas_encore_ouvert_ou_deja_clos_n_a_pas_de_situation() -> None:
    d = dossier(ouvert_le="2026-03-10")
    with pytest.raises(situations.SituationAbsente):
        situation(d, "2026-02")
    with instruction():
        services.cloturer_dossier(d, jour("2026-06-30"), "Départ à l'étranger")
    assert situation(d, "2026-06").foyer["residence"] == INCONNU
    with pytest.raises(situations.SituationAbsente):
        situation(d, "2026-07")


def test_une_autre_caf_ne_voit_pas_le_dossier() -> None:
    d = dossier()
    dossier(caf="931")
    with pytest.raises(situations.SituationAbsente), instruction("931"):
        situations.situation_du(d.pk, MOIS, connaissance.maintenant())


def memes(lot: tuple, i: int, seul: Situation) -> None:
    """The i-th household of a batch is byte for byte the one read alone (but for its place)."""
    _, foyers, personnes, _ = lot
    foyer = foyers[i : i + 1].copy()
    siens = personnes[foyer["debut"][0] : foyer["fin"][0]]
    foyer["debut"], foyer["fin"] = 0, len(siens)
    for nom in foyer.dtype.names:
        np.testing.assert_array_equal(foyer[nom], seul.foyer[nom], err_msg=nom)
    for nom in siens.dtype.names:
        np.testing.assert_array_equal(siens[nom], seul.personnes[nom], err_msg=nom)


noms = st.sampled_from([n for n in NATURES if n not in DE_LA_COMPOSITION])


@pytest.mark.preuve("Situations : un foyer lu seul est, champ par champ, celui du lot")
@given(
    faits=st.lists(
        st.lists(
            st.tuples(noms, st.floats(0, 1), st.integers(-20, 2), st.integers(1, 30) | st.none(), st.integers(0, 3)),
            max_size=12,
        ),
        min_size=2,
        max_size=4,
    )
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_un_foyer_seul_est_le_meme_que_dans_le_lot(faits: list[list[tuple[Any, ...]]]) -> None:
    ici = []
    for declares in faits:
        membres = [personne(), personne(naissance="1992-02-02"), personne(naissance="2015-03-03")]
        d = dossier(membres[0])
        with instruction():
            services.rattacher(d, membres[1], "conjoint", du("2025-01-01", "2026-10-15"), AGENT)
            services.rattacher(d, membres[2], "enfant", du("2025-01-01"), AGENT)
            for nom, part, debut, duree, sujet in declares:
                nature = NATURES[nom]
                mini, maxi = bornes(nature)
                valide = periode_sure(nature.periodicite, decaler(jour("2026-11-01"), debut), duree)
                qui = membres[sujet % 3] if nature.sujet == "personne" else None
                valeur = mini + round(part * min(maxi - mini, 3_000_00))
                services.declarer_fait(d, nom, valeur, valide, AGENT, qui)
        ici.append(d.pk)
    with instruction():
        connu_au = connaissance.maintenant()
        for mois in ("2026-11", "2026-05"):
            lot = situations.situations_caf(CAF, mois, connu_au)
            assert set(ici) <= set(lot[0].tolist())
            sous_lot = situations.situations_caf(CAF, mois, connu_au, dossiers=ici)
            assert sous_lot[0].tolist() == ici
            for i, d in enumerate(sous_lot[0].tolist()):
                seul = situations.situation_du(d, mois, connu_au)
                memes(sous_lot, i, seul)
                memes(lot, lot[0].tolist().index(d), seul)
                tout = situations.charger_dossier(d, connu_au)
                memes(sous_lot, i, situations.situation_de(tout, mois))


def test_un_fait_suppose_donne_la_situation_qu_il_donnerait_declare() -> None:
    qui = personne()
    d = dossier(qui)
    declarer(d, "salaire_net", 1_500_00, du("2026-01-01", "2027-01-01"), qui)
    with instruction():
        connus = situations.charger_dossier(d.pk, connaissance.maintenant())
    suppose = connus.avec(d.pk, qui.pk, "salaire_net", 800_00, jour("2026-08-01"), jour("2026-09-01"))
    assert connus.faits.shape == (1,)
    declarer(d, "salaire_net", 800_00, du("2026-08-01", "2026-09-01"), qui)
    for mois in ("2026-07", "2026-09", "2026-11"):
        attendue = situation(d, mois)
        obtenue = situations.situation_de(suppose, mois)
        for nom in attendue.personnes.dtype.names:
            np.testing.assert_array_equal(attendue.personnes[nom], obtenue.personnes[nom])
    ote = connus.sans(d.pk, qui.pk, "salaire_net", jour("2026-10-01"), None)
    np.testing.assert_array_equal(
        situations.situation_de(ote, MOIS).personnes["salaire_net"][0], [1500.0] * 5 + [np.nan] * 2
    )
