"""Technical logs: allowed keys only, no identifier, no address."""

import io
import json
import logging

import pytest
import structlog

from limpide.socle import journaux

# Keys checked, nobody's: the NIR and IBAN of the tests.
NIR = "1 84 12 75 115 005 42"
IBAN = "FR76 3000 6000 0112 3456 7890 189"


def lues(sortie: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(ligne) for ligne in sortie.getvalue().splitlines()]


def test_une_cle_permise_passe(journal_technique: io.StringIO) -> None:
    structlog.get_logger("limpide.essai").info("mois liquidé", organisme="751", nombre=3)
    (ligne,) = lues(journal_technique)
    assert (ligne["event"], ligne["organisme"], ligne["nombre"]) == ("mois liquidé", "751", 3)


def test_une_cle_inconnue_est_refusee(journal_technique: io.StringIO) -> None:
    with pytest.raises(journaux.CleInterdite, match="nom"):
        structlog.get_logger("limpide.essai").info("personne lue", nom="Durand")
    assert journal_technique.getvalue() == ""


@pytest.mark.preuve("Journaux techniques : aucun NIR ni IBAN, même par erreur", controles=(24,))
@pytest.mark.parametrize("texte", [NIR, NIR.replace(" ", ""), IBAN, IBAN.replace(" ", ""), "2 96 02 2A 004 017"])
def test_un_identifiant_est_masque_ou_qu_il_soit(journal_technique: io.StringIO, texte: str) -> None:
    structlog.get_logger("limpide.essai").warning(f"valeur {texte} lue", erreur=f"refus de {texte}")
    logging.getLogger("autre.bibliotheque").warning("reçu %s", texte)
    assert len(lues(journal_technique)) == 2
    assert texte not in journal_technique.getvalue()
    assert "[nir]" in journal_technique.getvalue() or "[iban]" in journal_technique.getvalue()


def test_les_nombres_ordinaires_restent(journal_technique: io.StringIO) -> None:
    assert journaux.masquer("1 234 567 dossiers, mois 202611, 12:30:45") == "1 234 567 dossiers, mois 202611, 12:30:45"


def test_d_une_erreur_on_garde_le_lieu_pas_le_texte(journal_technique: io.StringIO) -> None:
    try:
        raise ValueError("Durand, née le 3 mai")  # noqa: TRY301
    except ValueError:
        logging.getLogger("limpide.essai").exception("échec")
    (ligne,) = lues(journal_technique)
    assert str(ligne["erreur"]).startswith("ValueError (tests.socle.test_journaux:")
    assert "Durand" not in journal_technique.getvalue()


@pytest.mark.preuve("Journaux techniques : aucune adresse demandée n'y figure", controles=(24,))
def test_un_acces_ne_dit_pas_l_adresse(journal_technique: io.StringIO, client: "object") -> None:
    reponse = client.get(f"/etat?nir={NIR}")
    assert reponse.status_code == 200
    client.get(f"/{NIR.replace(' ', '')}/")
    premiere, seconde = lues(journal_technique)
    assert (premiere["methode"], premiere["route"], premiere["code"]) == ("GET", "/etat", 200)
    assert (seconde["route"], seconde["code"]) == ("(aucune)", 404)
    for morceau in ("nir", "75115", "115 005", "115%20005"):
        assert morceau not in journal_technique.getvalue()
