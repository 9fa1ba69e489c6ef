"""A population computed by lots: the same cents as one by one, however it is cut, interrupted or spread."""

import datetime
import errno
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from limpide.__main__ import main
from limpide.droits.calcul import liquider
from limpide.droits.ensemble import arrivees, completer
from limpide.droits.lot.chaine import liquider_bloc
from limpide.droits.lot.colonnes import FOYERS, PERSONNES
from limpide.droits.lot.execution import partie
from limpide.droits.lot.lecture import Fiches, lire_groupe, ouvrir
from limpide.droits.situation import ENFANT, Situation, codes_droits, resumer

from .conftest import MOIS, PAR_GROUPE


def fichiers(dossier):
    return {f.name: f.read_bytes() for f in dossier.iterdir()}


@pytest.fixture(scope="module")
def calcul(population, tmp_path_factory):
    sortie = tmp_path_factory.mktemp("calcul") / "novembre"
    assert main(["calculer-lot", str(population), str(sortie), "--mois", MOIS, "--fils", "2"]) == 0
    return sortie


def test_each_household_is_paid_what_its_traced_calculation_gives(population, calcul):
    ouverte = ouvrir(population)
    groupe = lire_groupe(ouverte, 1, MOIS)
    table = pq.read_table(partie(calcul, 1)).to_pylist()
    assert [ligne["foyer"] for ligne in table] == list(range(PAR_GROUPE + 1, 2 * PAR_GROUPE + 1))
    ((rangs, foyers, personnes),) = Fiches(ouverte).blocs(groupe)
    for rang in rangs[:60]:
        foyer = foyers[rang]
        situation = Situation(MOIS, foyers[rang : rang + 1], personnes[foyer["debut"] : foyer["fin"]])
        for code, resultat in liquider(completer(situation.vers_dict()), codes_droits()).items():
            ligne = table[rang]
            assert ligne[f"{code}_motif"] == resultat.motif
            assert ligne[f"{code}_centimes"] == (None if resultat.motif == "INCONNU" else resultat.montant_centimes)
            assert ligne.get(f"{code}_crds_centimes", 0) == resultat.crds_centimes


def test_what_a_disabled_adult_receives_is_counted_and_leaves_the_records_as_they_were(population):
    """Files that do not say the AAH: it is computed before the RSA, for the adult who alone has a rate."""
    ouverte = ouvrir(population)
    ((_, foyers, personnes),) = Fiches(ouverte).blocs(lire_groupe(ouverte, 2, MOIS))
    personnes["aah"] = 0
    resumer(personnes)
    faits = personnes["aah"].copy(), personnes["caah"].copy()
    resultats = liquider_bloc(MOIS, foyers.copy(), personnes, codes_droits(), dits=ouverte.dits)
    concernes = np.flatnonzero(resultats["aah_centimes"])
    assert len(concernes) > 10
    for rang in concernes[:15]:
        foyer = foyers[rang]
        situation = Situation(MOIS, foyers[rang : rang + 1], personnes[foyer["debut"] : foyer["fin"]])
        attendus = liquider(completer(situation.vers_dict()), codes_droits())
        trouves = {code: int(resultats[f"{code}_centimes"][rang]) for code in codes_droits()}
        assert trouves == {code: resultat.montant_centimes for code, resultat in attendus.items()}
    np.testing.assert_array_equal(faits[0], personnes["aah"])
    np.testing.assert_array_equal(faits[1], personnes["caah"])


def test_before_a_child_came_what_it_opens_was_not_received(population):
    """As in the simulator: of a household that a child joined, the amounts of the past are those without it."""
    ouverte = ouvrir(population)
    ((_, foyers, personnes),) = Fiches(ouverte).blocs(lire_groupe(ouverte, 3, MOIS))
    enfants = [np.flatnonzero(personnes["role"][f["debut"] : f["fin"]] == ENFANT) + f["debut"] for f in foyers]
    for siens in [siens for siens in enfants if len(siens) > 1][:10]:  # two who came one after the other
        for qui, jour in zip(siens, ("2026-07-04", "2026-09-30"), strict=False):
            personnes["date_naissance"][qui] = np.datetime64(jour).astype(int)
    resumer(personnes)
    bruts = foyers.copy()
    resultats = liquider_bloc(MOIS, foyers, personnes, codes_droits(), dits=ouverte.dits)
    venus = np.flatnonzero(arrivees(personnes) >= 202605)
    concernes = np.unique(np.searchsorted(foyers["debut"], venus, "right") - 1)
    assert len(concernes) > 10
    for rang in concernes:
        membres = personnes[foyers["debut"][rang] : foyers["fin"][rang]]
        complet = completer(Situation(MOIS, bruts[rang : rang + 1], membres).vers_dict())
        for fait in ("paje_base", "cf", "asf", "aide_logement"):
            np.testing.assert_array_equal(foyers[fait][rang], complet.foyer[fait][0], f"{rang} {fait}")
        for code, resultat in liquider(complet, codes_droits()).items():
            assert int(resultats[f"{code}_centimes"][rang]) == resultat.montant_centimes, (rang, code)


def test_qui_est_en_etudes_est_etudiant_si_les_fichiers_n_en_disent_rien(population, tmp_path):
    dossier = changee(population, tmp_path, lambda foyers, personnes: (foyers, personnes.drop_columns("etudiant")))
    etudes = []
    for ouverte in (ouvrir(dossier), ouvrir(population)):
        ((_, _, personnes),) = Fiches(ouverte).blocs(lire_groupe(ouverte, 0, MOIS))
        etudes.append(personnes["etudiant"][personnes["role"] != ENFANT])
    tus, dits = etudes
    assert dits.sum() > 0
    np.testing.assert_array_equal(tus[: len(dits)], dits)


def test_shortcuts_are_those_of_the_whole_record(population):
    ouverte = ouvrir(population)
    for _, foyers, personnes in Fiches(ouverte).blocs(lire_groupe(ouverte, 0, MOIS)):
        for lignes in (foyers, personnes):
            attendu = lignes.copy()
            resumer(attendu)
            for nom in lignes.dtype.names:
                np.testing.assert_array_equal(lignes[nom], attendu[nom], nom)


def test_a_calculation_cut_short_does_what_remains_and_no_more(population, calcul, tmp_path, capsys):
    sortie = tmp_path / "repris"
    commande = ["calculer-lot", str(population), str(sortie), "--mois", MOIS, "--json"]
    assert main(commande) == 0
    entier = json.loads(capsys.readouterr().out)
    gardes = {rang: partie(sortie, rang).stat().st_mtime_ns for rang in (0, 3)}
    for rang in (1, 2):
        partie(sortie, rang).unlink()
    (sortie / ".droits-00001.parquet.7.7").write_bytes(b"a draft that a kill left")
    assert main(commande) == 0
    repris = json.loads(capsys.readouterr().out)
    assert repris["mesures"].pop("groupes_deja_faits") == 2
    assert {**repris, "mesures": 0} == {**entier, "mesures": 0}
    assert {rang: partie(sortie, rang).stat().st_mtime_ns for rang in (0, 3)} == gardes
    assert fichiers(sortie) == fichiers(calcul)


def test_another_calculation_is_not_mixed_with_the_one_that_is_there(population, calcul, tmp_path, capsys):
    avant = fichiers(calcul)
    assert main(["calculer-lot", str(population), str(calcul), "--mois", "2026-10"]) == 2
    assert "contient un autre calcul" in capsys.readouterr().err
    (tmp_path / "note.txt").write_text("à moi")
    assert main(["calculer-lot", str(population), str(tmp_path), "--mois", MOIS]) == 2
    assert "n'est pas vide" in capsys.readouterr().err
    assert fichiers(calcul) == avant


def test_a_folder_that_cannot_be_written_is_said_in_french(population, tmp_path, capsys):
    fichier = tmp_path / "fichier"
    fichier.write_text("à moi")
    for sortie, pourquoi in ((fichier, "un fichier porte déjà ce nom"), (fichier / "dedans", "pris pour un dossier")):
        assert main(["calculer-lot", str(population), str(sortie), "--mois", MOIS]) == 2
        assert pourquoi in capsys.readouterr().err
        assert main(["population", str(sortie), "--foyers", "10"]) == 2
        assert pourquoi in capsys.readouterr().err
    assert fichier.read_text() == "à moi"


def test_a_full_disk_is_said_and_leaves_no_half_file(population, tmp_path, capsys, monkeypatch):
    def plein(table: Any, fichier: Path, **options: Any) -> None:
        fichier.write_bytes(b"PAR1")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("limpide.droits.lot.execution.pq.write_table", plein)
    assert main(["calculer-lot", str(population), str(tmp_path / "sortie"), "--mois", MOIS]) == 2
    assert "ne peut pas être écrit : le disque est plein." in capsys.readouterr().err
    assert not list((tmp_path / "sortie").glob("*.parquet*"))


def test_a_dask_cluster_writes_the_same_bytes(population, calcul, tmp_path):
    from distributed import LocalCluster

    grappe = LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp")
    with grappe:
        adresse = grappe.scheduler_address
        commande = ["calculer-lot", str(population), str(tmp_path / "dask"), "--mois", MOIS, "--dask", adresse]
        assert main(commande) == 0
    assert fichiers(tmp_path / "dask") == fichiers(calcul)


def test_only_the_rights_asked_for_are_written(population, tmp_path, capsys):
    commande = ["calculer-lot", str(population), str(tmp_path / "apl"), "--mois", MOIS, "--droits", "apl"]
    assert main(commande) == 0
    attendues = ["foyer", "apl_centimes", "apl_crds_centimes", "apl_motif", "apl_manque"]
    assert pq.read_schema(partie(tmp_path / "apl", 0)).names == attendues
    assert main([*commande[:-1], "alf_x"]) == 2
    assert "Droit inconnu : alf_x" in capsys.readouterr().err


def changee(population, tmp_path, changer):
    """The same population, where `changer(foyers, personnes)` gives other tables; one row group each."""
    tables = changer(pq.read_table(population / FOYERS), pq.read_table(population / PERSONNES))
    dossier = tmp_path / "autre"
    dossier.mkdir()
    for nom, table in zip((FOYERS, PERSONNES), tables, strict=True):
        pq.write_table(table, dossier / nom)
    return dossier


def remplacer(table, colonne, ligne, valeur):
    """The table with one value changed; a column of words becomes text."""
    i = table.schema.get_field_index(colonne)
    valeurs = table[colonne].to_pylist()
    valeurs[ligne] = valeur
    genre = table.schema.field(i).type
    return table.set_column(i, colonne, pa.array(valeurs, pa.string() if pa.types.is_dictionary(genre) else genre))


def test_bad_rows_are_reported_with_line_field_and_expected_value_and_the_rest_goes_on(population, calcul, tmp_path):
    membres = pq.read_table(population / FOYERS)["membres"].to_pylist()
    debuts = np.concatenate([[0], np.cumsum(membres)])
    deux = next(i for i, n in enumerate(membres) if n > 2 and i > 20)

    def abimer(foyers, personnes):
        foyers = remplacer(foyers, "residence", 3, "lune")
        foyers = remplacer(foyers, "prestations_familiales_base_ressources", 5, float("nan"))
        personnes = remplacer(personnes, "salaire_net_m0", int(debuts[7]), -12.5)
        personnes = remplacer(personnes, "taux_incapacite", int(debuts[9]), 300)
        personnes = remplacer(personnes, "date_naissance", int(debuts[13]), datetime.date(2026, 12, 1))
        personnes = remplacer(personnes, "date_naissance", int(debuts[15]), datetime.date(2090, 1, 1))
        personnes = remplacer(personnes, "role", int(debuts[11]), "cousin")
        return foyers, remplacer(personnes, "role", int(debuts[deux]), "enfant")

    sortie = tmp_path / "resultats"
    dossier = changee(population, tmp_path, abimer)
    assert main(["calculer-lot", str(dossier), str(sortie), "--mois", MOIS]) == 0
    lignes = (sortie / "rejets.csv").read_text().splitlines()
    assert lignes[0] == "foyer,fichier,ligne,champ,trouve,attendu"
    vus = {ligne.split(",")[0]: ligne for ligne in lignes[1:]}
    assert set(vus) == {str(i + 1) for i in (3, 5, 7, 9, 11, 13, 15, deux)}
    assert vus["4"].startswith("4,foyers.parquet,4,residence,lune,")
    assert "metropole" in vus["4"]
    assert vus["6"].startswith("6,foyers.parquet,6,prestations_familiales_base_ressources,nan,")
    debut = f"8,personnes.parquet,{debuts[7] + 1},salaire_net_m0,-12.5,"
    assert vus["8"].startswith(debut)
    assert "positif ou nul" in vus["8"]
    assert "de 0 à 100" in vus["10"]
    assert f",{debuts[9] + 1},taux_incapacite,300," in vus["10"]
    assert f",{debuts[13] + 1},date_naissance,2026-12-01," in vus["14"]
    assert "avant la fin du mois calculé" in vus["14"]
    assert "de 1900 à 2027" in vus["16"]
    assert "demandeur ou conjoint ou enfant" in vus["12"]
    assert ",cousin," in vus["12"]
    assert "un seul demandeur" in vus[str(deux + 1)]
    restent = pq.read_table(partie(sortie, 0)).to_pylist()
    tous = [ligne for rang in range(4) for ligne in pq.read_table(partie(calcul, rang)).to_pylist()]
    assert restent == [ligne for ligne in tous if ligne["foyer"] not in {i + 1 for i in (3, 5, 7, 9, 11, 13, 15, deux)}]


def test_households_all_refused_leave_nothing_to_compute(population, tmp_path, capsys):
    """Numbers that no record can hold, too: the batch ends, and says each."""
    for rang, (nombre, genre) in enumerate(((2**63 - 1, pa.int64()), (2**64 - 1, pa.uint64()))):
        essai = tmp_path / str(rang)
        essai.mkdir()

        def taux(foyers, personnes, nombre=nombre, genre=genre):
            i, colonne = personnes.schema.get_field_index("taux_incapacite"), pa.array([nombre] * len(personnes), genre)
            return foyers, personnes.set_column(i, "taux_incapacite", colonne)

        dossier = changee(population, essai, taux)
        sortie = essai / "sortie"
        assert main(["calculer-lot", str(dossier), str(sortie), "--mois", MOIS, "--droits", "af"]) == 0
        assert "1\u202f200 foyers refusés" in capsys.readouterr().out
        assert f",taux_incapacite,{nombre},un nombre entier de 0 à 100" in (sortie / "rejets.csv").read_text()
        assert pq.read_table(partie(sortie, 0)).num_rows == 0


def test_a_damaged_row_group_is_named_by_its_lines_and_stops_no_other(population, calcul, tmp_path, capsys):
    dossier = tmp_path / "abime"
    dossier.mkdir()
    for nom in (FOYERS, PERSONNES):
        (dossier / nom).write_bytes((population / nom).read_bytes())
    fichier = pq.ParquetFile(dossier / PERSONNES)
    debut = fichier.metadata.row_group(1).column(0).data_page_offset
    premiere = fichier.metadata.row_group(0).num_rows + 1
    octets = bytearray((dossier / PERSONNES).read_bytes())
    octets[debut : debut + 400] = bytes(400)
    (dossier / PERSONNES).write_bytes(octets)
    sortie = tmp_path / "sortie"
    assert main(["calculer-lot", str(dossier), str(sortie), "--mois", MOIS]) == 2
    dit = capsys.readouterr().err
    assert f"personnes.parquet, lignes {premiere} à " in dit
    assert "elles ne se lisent pas, le fichier est abîmé." in dit
    faits = [rang for rang in range(4) if partie(sortie, rang).exists()]
    assert 1 <= len(faits) < 4
    assert all(partie(sortie, rang).read_bytes() == partie(calcul, rang).read_bytes() for rang in faits)
    assert not (sortie / "rejets.csv").exists()
    (dossier / PERSONNES).write_bytes((population / PERSONNES).read_bytes())
    assert main(["calculer-lot", str(dossier), str(sortie), "--mois", MOIS]) == 0
    assert fichiers(sortie) == fichiers(calcul)


def test_files_cut_short_are_refused(population, tmp_path, capsys):
    (tmp_path / FOYERS).write_bytes((population / FOYERS).read_bytes())
    (tmp_path / PERSONNES).write_bytes((population / PERSONNES).read_bytes()[:-1000])
    assert main(["calculer-lot", str(tmp_path), str(tmp_path / "rien"), "--mois", MOIS]) == 2
    assert "n'est pas un fichier Parquet lisible : il est d'un autre format, coupé ou abîmé." in capsys.readouterr().err
    assert not (tmp_path / "rien").exists()


def renommer(table, **noms):
    return table.rename_columns([noms.get(nom, nom) for nom in table.column_names])


@pytest.mark.parametrize(
    ("changer", "dit"),
    [
        (
            lambda f, p: (renommer(f, residence="residense"), p),
            "« residense » : nom inconnu. Vouliez-vous dire residence",
        ),
        (lambda f, p: (f, renommer(p, handicap="zzz")), "« zzz » : nom inconnu. Ce n'est pas un fait"),
        (lambda f, p: (f, p.drop_columns(["salaire_net_m3"])), "« salaire_net_m3 » : les sept mois"),
        (lambda f, p: (f, renommer(p, salaire_net_m3="salaire_net")), "« salaire_net » : dite deux fois"),
        (lambda f, p: (f, renommer(p, handicap="aspa_individu")), "trouvé bool ; attendu : un nombre (euros)"),
        (
            lambda f, p: (f, p.set_column(p.schema.get_field_index("role"), "role", pa.array([1] * len(p)))),
            "personnes.parquet, colonne « role » : trouvé int64 ; attendu : un texte",
        ),
        (lambda f, p: (f.drop_columns(["membres"]), p), "foyers.parquet, la colonne « membres » manque"),
        (
            lambda f, p: (f, p.drop_columns(["date_naissance"])),
            "personnes.parquet, la colonne « date_naissance » manque",
        ),
        (
            lambda f, p: (f, renommer(p, salaire_net_m3="salair_net_m3", date_naissance="date_naisance", role="rôle")),
            (
                "personnes.parquet, la colonne « role » manque.\n"
                "personnes.parquet, la colonne « date_naissance » manque.\n"
                "personnes.parquet, colonne « rôle » : nom inconnu. Vouliez-vous dire role ?\n"
                "personnes.parquet, colonne « date_naisance » : nom inconnu. Vouliez-vous dire date_naissance"
            ),
        ),
        (lambda f, p: (f, renommer(p, salaire_net_m3="salair_net_m3")), "Vouliez-vous dire salaire_net_m3"),
        (lambda f, p: (f, p.slice(1)), "les personnes d'un foyer se suivent"),
        (lambda f, p: (remplacer(f, "membres", 2, 0), p), "« membres » : attendu"),
    ],
)
def test_files_that_are_not_a_population_are_refused_by_the_name_of_the_column(
    population, tmp_path, capsys, changer, dit
):
    dossier = changee(population, tmp_path, changer)
    assert main(["calculer-lot", str(dossier), str(tmp_path / "rien"), "--mois", MOIS]) == 2
    assert dit in capsys.readouterr().err
    assert not (tmp_path / "rien").exists()


def test_a_missing_folder_is_said(tmp_path, capsys):
    assert main(["calculer-lot", str(tmp_path / "nulle_part"), str(tmp_path / "rien"), "--mois", MOIS]) == 2
    assert "n'existe pas : une population est un dossier" in capsys.readouterr().err


def test_unknown_stays_unknown(population, tmp_path, capsys):
    """A fact left out, or null, is not zero: the right is unknown and names it."""
    dossier = changee(population, tmp_path, lambda f, p: (f.drop_columns(["statut_occupation_logement"]), p))
    sortie = tmp_path / "resultats"
    assert main(["calculer-lot", str(dossier), str(sortie), "--mois", MOIS, "--json"]) == 0
    dit = json.loads(capsys.readouterr().out)
    inconnus = dit["droits"]["rsa"]["inconnus"]
    assert inconnus > 100
    assert dit["droits"]["rsa"]["manques"] == {"statut_occupation_logement": inconnus}
    assert dit["colonnes_absentes"]["statut_occupation_logement"]["fichier"] == "foyers.parquet"
    assert dit["colonnes_absentes"]["statut_occupation_logement"]["droits"]["rsa"] == inconnus
    assert main(["calculer-lot", str(dossier), str(sortie), "--mois", MOIS]) == 0
    absentes = capsys.readouterr().out.split("Colonnes absentes, dont le fait est inconnu de tous :")[1]
    assert "foyers.parquet, « statut_occupation_logement » : il manque à" in absentes
    manques = set(pq.read_table(partie(sortie, 0))["rsa_manque"].to_pylist())
    assert manques == {None, "statut_occupation_logement"}
