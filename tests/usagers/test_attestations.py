"""Certificates: what they say, the code that anybody checks, and what nobody can learn or do with it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.banc import ecrans

PAGE, VERIFIER = "/mon-compte/attestations/", "/verifier/"
REFUS = "Aucune attestation valable ne porte ce code"


@pytest.fixture
def amina(presents: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Client:
    from limpide.usagers.debit import Debit
    from limpide.usagers.views import verification

    monkeypatch.setattr(verification, "DEBIT", Debit(par_seconde=0.001, reserve=10))
    client: Client = ecrans.allocataire(presents)
    return client


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", brut.replace("\xa0", " ").replace("\u202f", " "))


def emise(amina: Client, **saisie: str) -> tuple[str, str]:
    """The address of a new certificate, and its code as the person reads it."""
    ou = ecrans.attester(amina, **saisie)["Location"]
    trouve = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", texte(amina.get(ou)))
    assert trouve is not None
    return ou, trouve.group()


def verifie(code: str) -> Any:
    return ecrans.visiteur().post(VERIFIER, {"code": code})


@pytest.mark.preuve(
    "Une attestation se vérifie par un code, sans nom ni numéro, et la personne le voit", systemes=("S39",)
)
def test_anybody_who_holds_the_code_checks_it_and_the_person_sees_it(amina: Client) -> None:
    from limpide.usagers.models import Attestation

    ou, code = emise(amina)
    papier = amina.get(f"{ou}attestation.pdf")
    assert papier["Content-Type"] == "application/pdf"
    assert papier.content.startswith(b"%PDF-")
    assert papier.content == amina.get(f"{ou}attestation.pdf").content
    assert "Vérification d'une attestation" not in texte(amina.get("/mon-compte/consultations/"))

    lue = verifie(code.lower().replace("-", " "))
    assert lue.status_code == 200
    assert "no-store" in lue["Cache-Control"]
    dit = texte(lue)
    ligne = Attestation.objects.using("proprietaire").get()
    assert "La Caf a bien émis cette attestation" in dit
    assert ligne.empreinte in dit
    for total in re.findall(r"[0-9 ]+,[0-9]{2} €", texte(amina.get(ou))):
        assert total in dit
    titulaire = re.search(r"(?:à|virement à) ([^,]+), né\(e\) le [^,]+, allocataire n° (\d+)", texte(amina.get(ou)))
    assert titulaire is not None
    prenoms, numero = titulaire.group(1).rsplit(" ", 1)[0], titulaire.group(2)
    for secret in (titulaire.group(1), prenoms, numero):
        assert secret not in dit
    assert code not in dit
    assert "Vérification d'une attestation que vous avez donnée" in texte(amina.get("/mon-compte/consultations/"))


def test_unknown_expired_and_withdrawn_codes_are_answered_alike(amina: Client) -> None:
    from limpide.usagers.models import Attestation

    _, code = emise(amina)
    ou, retire = emise(amina)
    assert verifie(code).status_code == 200
    assert amina.post(f"{ou}retirer/").status_code == 302
    hier = timezone.now() - dt.timedelta(days=1)
    siennes = Attestation.objects.using("proprietaire")
    siennes.filter(retiree_le=None).update(emise_le=hier - dt.timedelta(days=1), expire_le=hier)
    sans_saisie = [
        re.sub(r'value="[^"]*"|nonce="[^"]*"', "", reponse.content.decode())
        for reponse in (verifie(code), verifie(retire), verifie("0000-0000-0000-0000"))
        if reponse.status_code == 422
    ]
    assert len(sans_saisie) == 3
    assert len(set(sans_saisie)) == 1
    assert REFUS in sans_saisie[0]


def test_a_network_that_tries_many_codes_is_slowed_down(amina: Client) -> None:
    _, code = emise(amina)
    for n in range(10):
        assert verifie(f"0000-0000-0000-{n:04d}").status_code == 422
    trop = verifie(code)
    assert trop.status_code == 429
    assert "La Caf a bien émis" not in texte(trop)


def test_a_code_owes_nothing_to_anybody_and_one_mistyped_sign_is_not_an_attempt(amina: Client) -> None:
    from limpide.usagers import attestations

    codes = {emise(amina)[1] for _ in range(3)}
    assert len(codes) == 3
    for _ in range(12):
        assert "Le code a 16 chiffres ou lettres" in texte(verifie("7KQ2-M4XT"))
    code = codes.pop()
    assert attestations.lire_code(code.replace("0", "o").replace("1", "l")) == code.replace("-", "")
    assert verifie(code).status_code == 200


def test_months_out_of_order_or_too_many_are_refused_and_kept(amina: Client) -> None:
    for saisie, message in (
        ({"debut": "2026-11", "fin": "2026-10"}, "Le dernier mois vient avant le premier"),
        ({"debut": "2025-10", "fin": "2026-10"}, "12 mois au plus par attestation"),
        ({"debut": "1999-01", "fin": "2026-10"}, "Choisissez un mois de la liste"),
    ):
        reponse = amina.post(PAGE, {"genre": "paiements"} | saisie)
        assert reponse.status_code == 422
        assert message in texte(reponse)
        assert '<option value="2026-10" selected>' in reponse.content.decode()
    assert "Vous n'avez pas encore fait d'attestation" in texte(amina.get(PAGE))
    ou, _ = emise(amina, genre="droits")
    dit = texte(amina.get(ou))
    assert "atteste que les droits ci-dessous sont ouverts à" in dit
    assert "ne donne pas le quotient familial" in dit


def test_a_sum_paid_once_is_told_apart_and_never_in_the_total_of_the_month(amina: Client) -> None:
    """An employer or a landlord takes the total for what comes every month."""
    from limpide.dossiers.models import LigneDroit

    lignes = LigneDroit.objects.using("proprietaire").filter(dossier_id=ecrans.fiche_d_amina()[0], mois=ecrans.MOIS)
    sans, _ = emise(amina, genre="droits")
    total = re.search(r"Total : ([0-9 ]+,[0-9]{2} €)", texte(amina.get(sans)))
    assert total is not None
    prime = lignes.filter(droit="paje_naissance").latest("rang")
    prime.pk, prime.rang, prime.montant_centimes, prime.motif = None, prime.rang + 1, 106_608, "OUVERT"
    prime.save(using="proprietaire", force_insert=True)
    ou, code = emise(amina, genre="droits")
    for page in (amina.get(ou), verifie(code)):
        dit = texte(page)
        assert re.search(r"Prime à la naissance \(montant versé une seule fois\) 1 0[0-9]{2},[0-9]{2} €", dit)
        assert f"Total du mois, sans ce qui n'est pas versé chaque mois : {total[1]}" in dit


def test_what_was_sealed_cannot_be_rewritten_unseen(amina: Client) -> None:
    from limpide.identite.chiffrement import Indechiffrable
    from limpide.usagers.models import Attestation

    ou, _ = emise(amina)
    Attestation.objects.using("proprietaire").update(empreinte="0" * 64)
    with pytest.raises(Indechiffrable, match="n'est plus celui qui a été scellé"):
        amina.get(ou)


def test_the_quotient_familial_is_certified_and_its_income_shown_to_nobody_but_its_holder(
    amina: Client,
) -> None:
    """Amina, alone with two children: three parts. Who checks reads the figure and the parts, never the income."""
    ou, code = emise(amina, genre="quotient")
    page = texte(amina.get(ou))
    assert "atteste le quotient familial du foyer de" in page
    assert re.search(r"Nombre de parts 3 ", page)
    chiffre = re.search(r"Quotient familial : (\d+) €", page)
    assert chiffre is not None
    assert "Le douzième de vos revenus de 2024" in page
    assert "ne donne pas le quotient familial" not in page
    lu = texte(verifie(code))
    assert f"Quotient familial : {chiffre[1]} €" in lu
    assert "douzième" not in lu
    assert amina.get(f"{ou}attestation.pdf").content.startswith(b"%PDF-")
