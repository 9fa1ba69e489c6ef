"""Technical logs: allowed keys only, no identifier, no address."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from limpide.socle import journaux

# Keys checked, nobody's: the NIR and IBAN of the tests.
NIR = "1 84 12 75 115 005 42"
IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture
def lignes() -> Iterator[io.StringIO]:
    """What the site would write, in memory."""
    journaux.configurer(journaux.CONFIGURATION)
    sortie = io.StringIO()
    poignee = logging.getLogger().handlers[-1]
    assert isinstance(poignee, logging.StreamHandler)
    poignee.setStream(sortie)
    yield sortie
    journaux.configurer(journaux.CONFIGURATION)


def lues(sortie: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(ligne) for ligne in sortie.getvalue().splitlines()]


def test_une_cle_permise_passe(lignes: io.StringIO) -> None:
    structlog.get_logger("limpide.essai").info("mois liquidé", organisme="751", nombre=3)
    (ligne,) = lues(lignes)
    assert (ligne["event"], ligne["organisme"], ligne["nombre"]) == ("mois liquidé", "751", 3)


def test_une_cle_inconnue_est_refusee(lignes: io.StringIO) -> None:
    with pytest.raises(journaux.CleInterdite, match="nom"):
        structlog.get_logger("limpide.essai").info("personne lue", nom="Durand")
    assert lignes.getvalue() == ""


@pytest.mark.preuve("Journaux techniques : aucun NIR ni IBAN, même par erreur")
@pytest.mark.parametrize("texte", [NIR, NIR.replace(" ", ""), IBAN, IBAN.replace(" ", ""), "2 96 02 2A 004 017"])
def test_un_identifiant_est_masque_ou_qu_il_soit(lignes: io.StringIO, texte: str) -> None:
    structlog.get_logger("limpide.essai").warning(f"valeur {texte} lue", erreur=f"refus de {texte}")
    logging.getLogger("autre.bibliotheque").warning("reçu %s", texte)
    assert len(lues(lignes)) == 2
    assert texte not in lignes.getvalue()
    assert "[nir]" in lignes.getvalue() or "[iban]" in lignes.getvalue()


def test_les_nombres_ordinaires_restent(lignes: io.StringIO) -> None:
    assert journaux.masquer("1 234 567 dossiers, mois 202611, 12:30:45") == "1 234 567 dossiers, mois 202611, 12:30:45"


def test_d_une_erreur_on_garde_le_lieu_pas_le_texte(lignes: io.StringIO) -> None:
    try:
        raise ValueError("Durand, née le 3 mai")  # noqa: TRY301
    except ValueError:
        logging.getLogger("limpide.essai").exception("échec")
    (ligne,) = lues(lignes)
    assert str(ligne["erreur"]).startswith("ValueError (tests.socle.test_journaux:")
    assert "Durand" not in lignes.getvalue()


@pytest.mark.preuve("Journaux techniques : aucune adresse demandée n'y figure")
def test_un_acces_ne_dit_pas_l_adresse(lignes: io.StringIO, client: "object") -> None:
    reponse = client.get(f"/etat?nir={NIR}")
    assert reponse.status_code == 200
    client.get(f"/{NIR.replace(' ', '')}/")
    premiere, seconde = lues(lignes)
    assert (premiere["methode"], premiere["route"], premiere["code"]) == ("GET", "/etat", 200)
    assert (seconde["route"], seconde["code"]) == ("(aucune)", 404)
    for morceau in ("nir", "75115", "115 005", "115%20005"):
        assert morceau not in lignes.getvalue()
