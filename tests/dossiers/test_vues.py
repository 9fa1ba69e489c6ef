"""The agents' screens: finding a file, saying why, correcting with sight of the effect, conflicts, the journal."""

import re
from typing import Any

import pytest

from limpide.dossiers.templatetags.affichage import en_euros, mois_en_lettres
from tests.banc import ecrans


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(8)


BAISSE = 30_000
"""The wage of August as corrected, in cents: « 300 » in the forms."""


def journal(**filtres: Any) -> list[Any]:
    from limpide.registre.models import LigneJournal

    return list(LigneJournal.objects.using("proprietaire").filter(**filtres).order_by("pk"))


def salaire_d_aout() -> Any:
    from limpide.dossiers.models import Fait
    from limpide.droits.faits import NATURES

    dossier, personne = ecrans.fiche_d_amina()
    return Fait.objects.using("proprietaire").get(
        dossier_id=dossier, personne_id=personne, nature=NATURES["salaire_net"].code,
        valide__startswith="2026-08-01", connu__upper_inf=True,
    )  # fmt: skip


def chemin_de(fait: Any) -> str:
    return f"/agent/dossier/{fait.dossier_id}/faits/{fait.pk}/corriger/"


def saisie(valeur: str = "300", **autres: str) -> dict[str, str]:
    return {"valeur": valeur, "debut": "2026-08", "fin": "2026-08", "source": "declaration"} | autres


def empreinte(page: Any) -> str:
    return re.search(r'name="empreinte" value="(\w+)"', page.content.decode())[1]


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode().replace("&#x27;", "'")))


RECHERCHES = [
    {"numero": "1000000"},
    {"numero": " 100 00 00 "},
    {"nom": "belav"},
    {"nom": "BELAVASSIN", "naissance": "14/05/1992"},
]


@pytest.mark.parametrize("criteres", RECHERCHES, ids=str)
def test_a_file_is_found_and_each_person_shown_is_journalled(presents: Any, criteres: dict[str, str]) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    reponse = ecrans.agent(presents).post("/agent/", criteres)
    assert "1 dossier trouvé" in texte(reponse)
    assert "Belavassin Amina" in texte(reponse)
    lignes = journal(traitement="recherche_dossier", action="lecture", personne_id=personne)
    assert [(ligne.acteur_genre, ligne.organisme, ligne.motif) for ligne in lignes] == [
        ("agent", "751", "Recherche d'un dossier")
    ]
    assert lignes[0].dossier_id in {dossier, None}


def test_a_nir_is_searched_by_its_digest_and_never_in_an_address(presents: Any) -> None:
    client = ecrans.agent(presents)
    numero = ecrans.amina(presents).identifiant
    assert "Belavassin Amina" in texte(client.post("/agent/", {"nir": numero}))
    assert "Belavassin" not in texte(client.get(f"/agent/?nir={numero}"))


def test_a_file_of_another_caf_is_not_found(presents: Any) -> None:
    client = ecrans.agent(presents, ecrans.AGENT_NORD)
    assert "Aucun dossier trouvé" in texte(client.post("/agent/", {"numero": "1000000"}))
    assert "Aucun dossier trouvé" in texte(client.post("/agent/", {"nir": ecrans.amina(presents).identifiant}))


FAUTES = [
    ({"numero": "12"}, "numero", "sept chiffres"),
    ({"nir": "123"}, "nir", ""),
    ({"nom": "B"}, "nom", "deux lettres"),
    ({"nom": "Bel", "naissance": "32/01/1990"}, "naissance", "n'existe pas"),
]


@pytest.mark.parametrize(("criteres", "champ", "message"), FAUTES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_wrong_search_is_explained_and_kept(presents: Any, criteres: Any, champ: str, message: str) -> None:
    reponse = ecrans.agent(presents).post("/agent/", criteres)
    page = reponse.content.decode().replace("&#x27;", "'")
    assert reponse.status_code == 422
    bloc = page[page.index(f'id="id_{champ}-erreur"') :][:400]
    assert 'role="alert"' in bloc
    assert message in bloc
    assert f'value="{criteres[champ]}"' in page


def test_a_file_opens_with_a_reason_that_the_citizen_reads(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    client = ecrans.agent(presents)
    assert "/motif/" in client.get(f"/agent/dossier/{dossier}/")["Location"]
    assert client.post(f"/agent/dossier/{dossier}/motif/", {"motif": "curiosite"}).status_code == 422
    ecrans.ouvrir(client, dossier, "recours")
    assert client.get(f"/agent/dossier/{dossier}/").status_code == 200
    motifs = {ligne.motif for ligne in journal(traitement="instruction_droits", personne_id=personne)}
    assert motifs == {"Réclamation ou recours"}
    page = texte(ecrans.allocataire(presents).get("/mon-compte/consultations/"))
    assert "Réclamation ou recours" in page
    assert "Caf 751" in page
    assert ecrans.AGENT_PARIS not in page


def test_the_file_is_read_at_a_past_date_as_known_then(presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    client = ecrans.ouvrir(ecrans.agent(presents), dossier)
    chemin = f"/agent/dossier/{dossier}/"
    assert "Belavassin Noé" in texte(client.get(chemin))
    avant = texte(client.get(chemin, {"au": "01/01/2020", "connu": ""}))
    assert "Personne n'était connu dans ce foyer" in avant
    ignore = texte(client.get(chemin, {"au": "", "connu": "01/01/2023"}))
    assert "Personne n'était connu dans ce foyer" in ignore


def prevision(fait: Any, centimes: int) -> Any:
    """What the law says of this correction, asked from the room itself."""
    from limpide.dossiers.models import Dossier
    from limpide.dossiers.previsualisation import Correction, previsualiser
    from limpide.registre.contexte import SYSTEME, traitement

    with traitement("correction_dossier", acteur=SYSTEME, organisme=fait.organisme_id, motif="Essai"):
        dossier = Dossier.objects.get(pk=fait.dossier_id)
        periode = (fait.valide.lower, fait.valide.upper)
        return previsualiser(dossier, [Correction("salaire_net", centimes, *periode, fait.personne_id)])


def lisible(centimes: int, *, signe: bool = False) -> str:
    return re.sub(r"\s", " ", en_euros(centimes, signe=signe))


@pytest.mark.preuve("Correction : l'aperçu dit les mois et les montants, et n'écrit rien", systemes=("S06",))
def test_the_preview_says_the_months_and_writes_nothing(presents: Any) -> None:
    from limpide.dossiers.models import Fait, LigneDroit

    fait = salaire_d_aout()
    avant = (Fait.objects.using("proprietaire").count(), LigneDroit.objects.using("proprietaire").count())
    client = ecrans.ouvrir(ecrans.agent(presents), fait.dossier_id)
    page = texte(client.post(chemin_de(fait), saisie() | {"apercu": "1"}))
    prevue = prevision(fait, BAISSE)
    assert prevue.changements
    assert f"Total : {lisible(prevue.total, signe=True)}" in page
    for m in prevue.changements:
        chiffres = (m.avant, m.apres, m.difference)
        rangee = f"{mois_en_lettres(m.mois)} {m.libelle} " + " ".join(lisible(c) for c in chiffres[:2])
        assert f"{rangee} {lisible(m.difference, signe=True)}" in page
    assert "Salaire net (août 2026)" in page
    assert (Fait.objects.using("proprietaire").count(), LigneDroit.objects.using("proprietaire").count()) == avant


@pytest.mark.parametrize(
    ("mauvaise", "champ", "message"),
    [
        ({"valeur": "mille"}, "valeur", "Écrivez un montant"),
        ({"valeur": "-1"}, "valeur", "ne peut pas être négatif"),
        ({"fin": "2026-07"}, "fin", "après le début"),
        ({"valeur": "la même"}, "valeur", "Rien ne change"),
    ],
)
def test_a_wrong_correction_is_explained_and_kept(presents: Any, mauvaise: Any, champ: str, message: str) -> None:
    fait = salaire_d_aout()
    if message == "Rien ne change":
        mauvaise = {"valeur": f"{fait.valeur / 100:.2f}".replace(".", ",")}
    client = ecrans.ouvrir(ecrans.agent(presents), fait.dossier_id)
    reponse = client.post(chemin_de(fait), saisie() | mauvaise | {"apercu": "1"})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    bloc = page[page.index(f'id="id_{champ}-erreur"') :][:400]
    assert message in bloc
    if champ == "valeur":
        assert f'value="{mauvaise["valeur"]}"' in page


@pytest.mark.preuve("Deux agents sur un même dossier : conflit montré, saisie gardée, rien d'écrasé", controles=(29,))
def test_two_agents_on_one_file_the_second_is_told(presents: Any) -> None:
    from limpide.dossiers.models import Decision

    fait = salaire_d_aout()
    premier = ecrans.ouvrir(ecrans.agent(presents), fait.dossier_id)
    vue = premier.post(chemin_de(fait), saisie("300") | {"apercu": "1"})
    autre = autre_salaire(fait)
    effet = premier.post(chemin_de(autre), saisie("1000", debut="2026-07", fin="2026-07") | {"apercu": "1"})
    bon = saisie("1000", debut="2026-07", fin="2026-07", valider="1", empreinte=empreinte(effet))
    assert premier.post(chemin_de(autre), bon).status_code == 302
    prises = Decision.objects.using("proprietaire").count()

    tardif = premier.post(chemin_de(fait), saisie("300", valider="1", empreinte=empreinte(vue)))
    assert tardif.status_code == 409
    assert "Un collègue a modifié ce dossier" in texte(tardif)
    assert "juillet 2026 : 1 000,00 €" in texte(tardif).replace("\u202f", " ").replace("\xa0", " ")
    assert 'value="300"' in tardif.content.decode()
    assert Decision.objects.using("proprietaire").count() == prises
    assert salaire_d_aout().pk == fait.pk
    assert premier.post(chemin_de(fait), saisie("300", valider="1", empreinte=empreinte(tardif))).status_code == 302


def autre_salaire(fait: Any) -> Any:
    from limpide.dossiers.models import Fait

    return Fait.objects.using("proprietaire").get(
        dossier_id=fait.dossier_id, personne_id=fait.personne_id, nature=fait.nature,
        valide__startswith="2026-07-01", connu__upper_inf=True,
    )  # fmt: skip


def test_a_fact_already_corrected_says_by_what(presents: Any) -> None:
    fait = salaire_d_aout()
    client = ecrans.ouvrir(ecrans.agent(presents), fait.dossier_id)
    vue = client.post(chemin_de(fait), saisie() | {"apercu": "1"})
    assert client.post(chemin_de(fait), saisie(valider="1", empreinte=empreinte(vue))).status_code == 302
    page = client.post(chemin_de(fait), saisie("800", apercu="1"))
    assert page.status_code == 409
    assert "Un collègue a déjà corrigé ce fait" in texte(page)
    assert "Votre saisie n'a pas été enregistrée : 800" in texte(page)
    faits = client.get(f"/agent/dossier/{fait.dossier_id}/faits/").content.decode()
    assert f'<s class="lp-corrige">{en_euros(fait.valeur)}</s>' in faits


def test_the_journal_of_the_file_says_who_why_when(presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    client = ecrans.ouvrir(ecrans.agent(presents), dossier, "verification")
    client.get(f"/agent/dossier/{dossier}/faits/")
    page = texte(client.get(f"/agent/dossier/{dossier}/journal/"))
    assert "Vérification d'un montant" in page
    assert re.search(r"Caf 751, compte \d+", page)
    assert "Instruction des droits d'un foyer" in page
