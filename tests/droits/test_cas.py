"""The worked cases beside the law hold, in both forms of the rules; every threshold and every reason has one."""

import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from limpide.droits import cas as module_cas
from limpide.droits.bareme import parametres
from limpide.droits.calcul import Resultat, droits_demandes, fiches, liquider, liquider_lot
from limpide.droits.cas import Cas, CasInvalide, lire_cas, mois_de_la_fenetre
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.droits.moteur import Droit, Motif
from limpide.droits.situation import codes_droits

CAS = tuple(lire_cas())
DOSSIERS = ("bases", "logement", "logement_foyer", "accession", "derives", *codes_droits())
"""Folders of rules: those that rights share, then the rights."""


@pytest.mark.parametrize("cas", CAS, ids=[f"{c.droit} {c.nom}" for c in CAS])
def test_cas_explique(cas: Cas):
    assert cas.verifier() == []


def test_cas_compiles():
    par_mois = defaultdict(list)
    for cas in CAS:
        par_mois[cas.situation.mois].append(cas)
    ecarts = []
    for mois, groupe in par_mois.items():
        tailles = [len(c.situation.personnes) for c in groupe]
        fins = np.cumsum(tailles)
        foyers = np.concatenate([c.situation.foyer for c in groupe]).astype(groupe[0].situation.foyer.dtype)
        foyers["fin"], foyers["debut"] = fins, fins - tailles
        personnes = np.concatenate([c.situation.personnes for c in groupe])
        droits = liquider_lot(
            mois, foyers, personnes.astype(groupe[0].situation.personnes.dtype), droits=codes_droits()
        )
        for cas, ligne in zip(groupe, droits, strict=True):
            ecarts += [f"{cas.droit} {cas.nom} : {e}" for e in cas.ecarts(_resultats(ligne, cas))]
    assert ecarts == []


def _resultats(ligne: np.void, cas: Cas) -> dict[str, Resultat]:
    """A record of the batch, read as the results of the explained form."""
    resultats = {}
    for droit in droits_demandes(cas.droits_attendus):
        resultats[droit.code] = Resultat(
            droit.code,
            int(ligne[f"{droit.code}_centimes"]),
            Motif(int(ligne[f"{droit.code}_motif"])).name,
            _manquants(droit, int(ligne[f"{droit.code}_manque"]), cas),
            None,
            int(ligne[f"{droit.code}_crds"]),
        )
    return resultats


def _manquants(droit: Droit, code: int, cas: Cas) -> tuple[str, ...]:
    """The fact that the batch names. Where the rule names none (0), batch and explanation look further, each alone."""
    if not code or int(droit.manque(*fiches(cas.situation))):
        return (NATURES_PAR_CODE[code].nom,) if code else ()
    return liquider(cas.situation, [droit.code])[droit.code].faits_manquants


DEMANDE = " SANS_DEMANDE A_VENIR"
"""Reasons of a housing benefit before it is due."""


def test_chaque_motif_qu_une_regle_peut_donner_a_son_cas():
    vus = {f"{c.droit} {c.attendu[f'{c.droit}_motif']}" for c in CAS if f"{c.droit}_motif" in c.attendu}
    possibles = {
        "aeeh": "OUVERT INCONNU RESIDENCE NOMBRE_ENFANTS A_INSTRUIRE DECISION A_VENIR",
        "aefa": "OUVERT INCONNU RESIDENCE A_INSTRUIRE HORS_PERIODE SANS_ALLOCATION NON_CUMUL",
        "caah": "OUVERT INCONNU RESIDENCE A_INSTRUIRE INCAPACITE SANS_ALLOCATION RESSOURCES AUTONOMIE",
        "aah": "OUVERT INCONNU AGE RESSOURCES RESIDENCE A_INSTRUIRE NON_CUMUL INCAPACITE RESTRICTION",
        "af": "OUVERT INCONNU RESIDENCE NOMBRE_ENFANTS A_INSTRUIRE",
        "ajpa": "OUVERT INCONNU RESIDENCE A_INSTRUIRE NON_CUMUL NON_DEMANDE DUREE_EPUISEE HORS_PERIODE",
        "ajpp": "OUVERT INCONNU RESIDENCE NOMBRE_ENFANTS A_INSTRUIRE NON_CUMUL NON_DEMANDE DUREE_EPUISEE DECISION",
        "allocation_deces": (
            "OUVERT INCONNU RESIDENCE A_INSTRUIRE NON_CUMUL NON_DEMANDE HORS_PERIODE AGE GROSSESSE_COURTE"
        ),
        "ars": ("OUVERT INCONNU AGE RESSOURCES RESIDENCE SEUIL NOMBRE_ENFANTS A_INSTRUIRE HORS_PERIODE SCOLARITE"),
        "asf": ("OUVERT INCONNU RESIDENCE SEUIL NOMBRE_ENFANTS A_INSTRUIRE COUPLE SOUTIEN A_VENIR PENSION_A_FIXER"),
        "cf": "OUVERT INCONNU AGE RESSOURCES RESIDENCE NOMBRE_ENFANTS A_INSTRUIRE NON_CUMUL",
        "paje_adoption": "OUVERT INCONNU RESSOURCES RESIDENCE A_INSTRUIRE HORS_PERIODE SANS_EVENEMENT",
        "paje_naissance": "OUVERT INCONNU RESSOURCES RESIDENCE A_INSTRUIRE HORS_PERIODE SANS_EVENEMENT",
        "paje_cmg": (
            "OUVERT INCONNU AGE RESSOURCES RESIDENCE NOMBRE_ENFANTS A_INSTRUIRE NON_CUMUL NON_DEMANDE SANS_ACTIVITE"
        ),
        "paje_prepare": (
            "OUVERT INCONNU AGE RESIDENCE NOMBRE_ENFANTS A_INSTRUIRE NON_CUMUL A_VENIR DUREE_EPUISEE"
            " ACTIVITE_ANTERIEURE NON_DEMANDE"
        ),
        "paje_base": "OUVERT INCONNU AGE RESSOURCES RESIDENCE NOMBRE_ENFANTS A_INSTRUIRE",
        "alf": "OUVERT INCONNU RESSOURCES RESIDENCE SEUIL A_INSTRUIRE LOGEMENT AUTRE_AIDE LOYER PROCHE PRET" + DEMANDE,
        "als": "OUVERT INCONNU RESSOURCES RESIDENCE SEUIL A_INSTRUIRE LOGEMENT AUTRE_AIDE LOYER PROCHE PRET" + DEMANDE,
        "apl": "OUVERT INCONNU RESSOURCES RESIDENCE SEUIL A_INSTRUIRE LOGEMENT AUTRE_AIDE LOYER PROCHE PRET" + DEMANDE,
        "rsa": "OUVERT INCONNU AGE RESSOURCES RESIDENCE SEUIL ACTIVITE SEJOUR ETUDIANT A_INSTRUIRE NON_DECLARE",
        "ppa": "OUVERT INCONNU AGE RESSOURCES SEUIL ACTIVITE SEJOUR ETUDIANT A_INSTRUIRE NON_DECLARE",
    }
    attendus = {f"{droit} {motif}" for droit, motifs in possibles.items() for motif in motifs.split()}
    assert attendus <= vus


def test_chaque_parametre_du_bareme_est_lu_par_une_regle():
    racine = Path(module_cas.__file__).parents[1]
    sources = "\n".join(f.read_text() for d in DOSSIERS for f in (racine / d).glob("*.py"))
    lus = set(re.findall(r"b\[[^\]]+\]\.(\w+)", sources)) | set(re.findall(r"'(af_plafond_\d)'", sources))
    assert set(parametres()) <= lus


def test_aucun_montant_ni_taux_dans_les_regles():
    """Figures live in the parameter files: rules hold only ranks, months of a year, ages told by their articles."""
    racine = Path(module_cas.__file__).parents[1]
    permis = {"0", "0.0", "1", "1.0", "2", "3", "3.0", "4", "5", "6", "7", "12", "12.0", "16", "100", "0.5"}
    for fichier in [f for d in DOSSIERS for f in (racine / d).glob("*.py")]:
        if fichier.name in ("mots.py", "__init__.py"):
            continue
        code = re.sub(r'"""[\s\S]*?"""|f?"[^"\n]*"|#.*', "", fichier.read_text())
        nombres = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", code))
        assert nombres <= permis, fichier.name


def test_fenetre_a_cheval_sur_deux_annees():
    assert mois_de_la_fenetre("2026-02") == [
        "2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02",
    ]  # fmt: skip


def test_un_cas_illisible_dit_ou_il_est(tmp_path: Path):
    (tmp_path / "af").mkdir()
    (tmp_path / "af" / "cas.yaml").write_text(
        "- {name: x, period: 2026-11, output: {af: 0}, input: {famille: {parents: [p]},"
        " individus: {p: {salaire_net: {2020-01: 5}}}}}\n"
    )
    with pytest.raises(CasInvalide, match=r"af/cas.yaml, cas n° 1 : salaire_net : 2020-01"):
        list(lire_cas(tmp_path))


def test_un_cas_faux_est_signale():
    vrai = next(c for c in CAS if c.droit == "af")
    faux = Cas(vrai.droit, vrai.nom, vrai.situation, {"af": 1.0, "af_motif": "AGE"}, 0.005)
    assert faux.verifier() == [
        "af : 1.0 € attendus, 151.80 € trouvés",
        "af_motif : AGE attendu, OUVERT trouvé",
    ]
