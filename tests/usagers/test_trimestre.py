"""The quarterly declaration of resources (S03): pre-filled, corrected with a reason, sealed, rights computed again."""

import datetime as dt
import io
import json
import re
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from pypdf import PdfReader

from limpide.dossiers.models import DeclarationScellee, Dossier, Fait, LigneDroit, TacheAgent, Trimestre
from limpide.droits.faits import NATURES
from limpide.usagers import scellement
from limpide.usagers.models import BrouillonTrimestre
from limpide.usagers.trimestre.formulaire import euros
from tests.banc import ecrans

pytestmark = pytest.mark.usefixtures("en_novembre")
ICI = "/mon-compte/trimestre/"
SALAIRE = NATURES["salaire_net"].code
MOIS = (dt.date(2026, 7, 1), dt.date(2026, 8, 1), dt.date(2026, 9, 1))


@pytest.fixture
def amina(presents: dict[str, Any]) -> Client:
    client = ecrans.visiteur()
    assert ecrans.entrer(client, ecrans.amina(presents).identifiant).status_code == 302
    return client


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", brut.replace("\xa0", " ").replace("\u202f", " "))


def erreurs(reponse: Any) -> list[str]:
    return re.findall(r'<li><a href="#[^"]*">[^<]*</a> : ([^<]*)', reponse.content.decode().replace("&#x27;", "'"))


def vu(reponse: Any) -> str:
    trouve = re.search(r'name="vu" value="([^"]+)"', reponse.content.decode())
    assert trouve
    return trouve[1]


def saisie(client: Client, etape: str = "relire", **champs: str) -> dict[str, str]:
    return {"vu": vu(client.get(ICI)), "etape": etape, **champs}


def faits(mois: dt.date = MOIS[1]) -> list[Fait]:
    """What was ever known of Amina's wage of a month, oldest knowledge first."""
    _, elle = ecrans.fiche_d_amina()
    return sorted(
        Fait.objects.using("proprietaire").filter(personne_id=elle, nature=SALAIRE, valide__contains=mois),
        key=lambda f: f.connu.lower,
    )


def source_partenaire() -> None:
    """Her wage of August came from a body."""
    from limpide.dossiers.services import Origine, declarer_fait
    from limpide.identite.models import Personne
    from limpide.registre.contexte import Acteur, traitement

    dossier, elle = ecrans.fiche_d_amina()
    ancien = faits()[-1]
    with traitement("correction_dossier", acteur=Acteur("agent", 1, "Caf 751"), motif="Essai", organisme="751"):
        declarer_fait(
            Dossier.objects.get(pk=dossier), "salaire_net", ancien.valeur, ancien.valide,
            Origine("partenaire", "dsn"), Personne(pk=elle),
        )  # fmt: skip


def lignes() -> list[tuple[int, str]]:
    dossier, _ = ecrans.fiche_d_amina()
    return list(
        LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier, mois="2026-11-01", droit__in=("rsa", "ppa"))
        .order_by("droit", "rang").values_list("montant_centimes", "motif")
    )  # fmt: skip


@pytest.mark.preuve("La déclaration trimestrielle : préremplie, corrigée avec une raison, scellée", systemes=("S03",))
def test_mc_002_mc_023_nothing_changed_is_read_again_and_sent_with_one_tick(amina: Client) -> None:
    page = texte(amina.get(ICI))
    assert "juillet 2026, août 2026 et septembre 2026" in page
    assert "À faire jusqu'au 30 novembre 2026" in page
    assert "Tout est déjà rempli" in page
    avant = (lignes(), Fait.objects.using("proprietaire").count())
    relue = amina.post(ICI, saisie(amina))
    assert relue.status_code == 200
    assert "connu de la Caf : confirmé" in texte(relue)
    assert erreurs(amina.post(ICI, saisie(amina, "envoyer"))) == ["Cochez cette case pour envoyer votre déclaration."]
    assert not DeclarationScellee.objects.using("proprietaire").exists()
    assert amina.post(ICI, saisie(amina, "envoyer", honneur="on"))["Location"] == ICI
    assert (lignes(), Fait.objects.using("proprietaire").count()) == avant
    scellee = DeclarationScellee.objects.using("proprietaire").get()
    assert (scellee.genre, Trimestre.objects.using("proprietaire").get().scellee_id) == ("trimestre", scellee.pk)
    fini = texte(amina.get(ICI))
    assert scellee.numero in fini
    assert "à partir du 1er février 2027" in fini
    pdf = amina.get(f"{ICI}{scellee.pk}/declaration.pdf")
    lu = "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.content)).pages)
    assert scellee.numero in lu
    assert "Je certifie que ce que j'ai écrit est exact : coché." in lu.replace("\n", " ").replace("’", "'")


def test_mc_017_a_figure_is_corrected_with_a_reason_both_values_stay_and_the_right_follows(amina: Client) -> None:
    cle = f"m0_{SALAIRE}_202608"
    ancien = faits()[-1]
    sans_raison = amina.post(ICI, saisie(amina, **{f"{cle}_montant": "12,5"}))
    assert (sans_raison.status_code, erreurs(sans_raison)) == (422, ["Choisissez pourquoi ce montant est à corriger."])
    assert 'value="12,5"' in sans_raison.content.decode()
    gardee = amina.post(ICI, saisie(amina, "garder", **{f"{cle}_montant": "12,5", f"{cle}_raison": "frais"}))
    assert gardee["Location"] == "/mon-compte/"
    reprise = amina.get(ICI)
    assert "Vous retrouvez ce que vous aviez écrit" in texte(reprise)
    assert 'value="12,5"' in reprise.content.decode()
    brouillon = BrouillonTrimestre.objects.using("proprietaire").get()
    assert b"12%2C5" not in bytes(brouillon.contenu_chiffre)
    mauvais = amina.post(ICI, saisie(amina, **{f"{cle}_montant": "-4", f"{cle}_raison": "autre"}))
    assert erreurs(mauvais) == ["Le montant ne peut pas être négatif."]
    assert faits()[-1].pk == ancien.pk
    envoi = {f"{cle}_montant": "900,00", f"{cle}_raison": "autre", f"{cle}_precision": "Prime oubliée", "honneur": "on"}
    avant = lignes()
    assert amina.post(ICI, saisie(amina, "envoyer", **envoi)).status_code == 302
    assert not BrouillonTrimestre.objects.using("proprietaire").exists()
    connus = faits()
    assert [f.valeur for f in connus][-2:] == [ancien.valeur, 90_000]
    assert (connus[-1].source, connus[-2].connu.upper) == ("declaration", connus[-1].connu.lower)
    scelle = json.dumps(scellement.relire(DeclarationScellee.objects.using("proprietaire").get()), ensure_ascii=False)
    assert f"900,00 € au lieu de {euros(ancien.valeur)}, connu de la Caf" in scelle
    assert "Autre raison, que j'écris : Prime oubliée" in scelle
    apres = lignes()
    assert len(apres) > len(avant)  # November, already computed, is computed again at once
    assert not TacheAgent.objects.using("proprietaire").exists()


@pytest.mark.preuve("Ressources déclarées et transmises différentes : un agent regarde", systemes=("S03",))
def test_a_figure_far_from_a_body_s_opens_a_task_and_moves_no_right(amina: Client) -> None:
    source_partenaire()
    cle, avant = f"m0_{SALAIRE}_202608", lignes()
    champs = {f"{cle}_montant": "60", f"{cle}_raison": "pas_a_moi"}
    assert "Un agent vérifiera" in texte(amina.post(ICI, saisie(amina, **champs)))
    assert amina.post(ICI, saisie(amina, "envoyer", honneur="on", **champs)).status_code == 302
    tache = TacheAgent.objects.using("proprietaire").get()
    assert (tache.genre, tache.etat, tache.personne_id) == ("ressources", "ouverte", ecrans.fiche_d_amina()[1])
    assert "60,00 € déclarés" in tache.detail.replace("\u202f", " ")
    assert faits()[-1].source == "partenaire"
    assert lignes() == avant
    assert "Un agent de votre Caf vérifie" in texte(amina.get(ICI))


def test_what_nobody_said_is_asked_never_taken_for_nothing(amina: Client) -> None:
    from limpide.dossiers.services import retirer_fait
    from limpide.registre.contexte import Acteur, traitement

    inconnu = faits()[-1].pk
    with traitement("correction_dossier", acteur=Acteur("agent", 1, "Caf 751"), motif="Essai", organisme="751"):
        retirer_fait(Fait.objects.get(pk=inconnu))
    assert "Il manque des montants" in texte(amina.get(ICI))
    vide = amina.post(ICI, saisie(amina))
    assert (vide.status_code, erreurs(vide)) == (422, ["Écrivez un montant, ou 0 s'il n'y en a pas."])
    chomage = NATURES["chomage_net"].code
    ajout = {f"m0_{SALAIRE}_202608_montant": "540", "m0_ajout": str(chomage), "m0_ajout_202607": "100"}
    assert len(erreurs(amina.post(ICI, saisie(amina, **ajout)))) == 2
    ajout |= {"m0_ajout_202608": "0", "m0_ajout_202609": "0", "honneur": "on"}
    encore = {f"m0_ajout2_2026{m}": "35" for m in ("07", "08", "09")}
    deux_fois = amina.post(ICI, saisie(amina, **ajout, **encore, m0_ajout2=str(chomage)))
    assert erreurs(deux_fois) == ["C'est la même ressource : écrivez le total une fois."]
    ajout |= encore | {"m0_ajout2": str(NATURES["revenus_locatifs"].code)}
    assert amina.post(ICI, saisie(amina, "envoyer", **ajout)).status_code == 302
    assert (faits()[-1].valeur, faits()[-1].source) == (54_000, "declaration")
    _, elle = ecrans.fiche_d_amina()
    recus = Fait.objects.using("proprietaire").filter(personne_id=elle, nature=chomage, source="declaration")
    assert sorted(f.valeur for f in recus) == [0, 0, 10_000]
    loyers = Fait.objects.using("proprietaire").filter(personne_id=elle, nature=NATURES["revenus_locatifs"].code)
    assert [f.valeur for f in loyers if f.source == "declaration"] == [3_500] * 3


def test_two_tabs_make_one_declaration(amina: Client) -> None:
    champs = saisie(amina, "envoyer", honneur="on")
    reponses: list[int] = []

    def envoyer() -> None:
        autre = Client()
        autre.cookies = amina.cookies
        reponses.append(autre.post(ICI, champs).status_code)
        connections.close_all()

    fils = [threading.Thread(target=envoyer) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert reponses == [302, 302]
    assert DeclarationScellee.objects.using("proprietaire").count() == 1
    assert amina.post(ICI, champs)["Location"] == ICI


def test_a_figure_that_changed_meanwhile_is_shown_before_it_is_confirmed(amina: Client) -> None:
    champs = saisie(amina, "envoyer", honneur="on")
    source_partenaire()
    assert "a changé pendant que vous répondiez" in texte(amina.post(ICI, champs))
    assert not DeclarationScellee.objects.using("proprietaire").exists()
