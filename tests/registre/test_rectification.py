"""A rectification end to end: the citizen asks, an agent corrects, rights are recalculated, recipients are warned."""

import datetime as dt
import html
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from limpide.dossiers import rncps as publication
from limpide.dossiers.models import Decision
from limpide.monde import rncps
from limpide.monde.simulateurs import Simulateur
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.demandes import destinataires, services
from limpide.registre.demandes.destinataires import AvisDestinataire
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.demandes.traitements import GUICHET
from limpide.registre.models import Alerte
from limpide.socle.appel import Partenaire
from tests.banc import ecrans, visites


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


def lu(reponse: Any) -> str:
    assert reponse.status_code in {200, 409, 422}, reponse.status_code
    return html.unescape(reponse.content.decode())


@pytest.fixture
def demandee(presents: Any) -> tuple[Any, Any, str]:
    """Amina asks that her wage be corrected; (her browser, the officer's, the address of the request)."""
    amina, dpd = ecrans.allocataire(presents), ecrans.agent(presents, ecrans.DPD)
    saisie = {"genre": "rectification", "objet": "Mon salaire d'août est de 300 €"}
    assert amina.post("/mon-compte/mes-donnees/", saisie).status_code == 302
    fiche = f"/dpd/demandes/{DemandeDroit.objects.using('proprietaire').get().pk}/"
    assert dpd.post(f"{fiche}commencer/").status_code == 302
    return amina, dpd, fiche


@pytest.mark.preuve(
    "Une rectification s'accorde une fois faite : droits recalculés, destinataires avisés un à un, la personne le lit "
    "(DR-09, RGPD art. 19)",
    systemes=("S44",),
)
def test_de_la_demande_aux_destinataires(presents: Any, demandee: tuple[Any, Any, str]) -> None:
    amina, dpd, fiche = demandee
    accord = {"issue": "accordee", "reponse": "Votre salaire d'août est corrigé."}
    trop_tot = dpd.post(f"{fiche}repondre/", accord)
    assert trop_tot.status_code == 409
    assert "Un agent corrige d'abord la donnée" in lu(trop_tot)
    assert "Rien pour l'instant" in lu(dpd.get(fiche))

    dossier, _ = ecrans.fiche_d_amina()
    visites._corriger(ecrans.ouvrir(ecrans.agent(presents), dossier), dossier)
    assert "Droits recalculés : 1 décision(s)" in lu(dpd.get(fiche))
    assert Decision.objects.using("proprietaire").filter(dossier_id=dossier).count() > 1
    assert dpd.post(f"{fiche}repondre/", accord).status_code == 302

    avis = AvisDestinataire.objects.using("proprietaire").get()
    assert (avis.destinataire, avis.issue) == ("banque", "a_aviser")
    assert "la Caf va l'aviser" in lu(amina.get("/mon-compte/mes-donnees/"))
    vide = dpd.post(f"{fiche}aviser/", {"avis": avis.pk, "issue": "avise", "precision": ""})
    assert vide.status_code == 422
    assert "Ce champ est obligatoire" in lu(vide)
    regle = {"avis": avis.pk, "issue": "sans_objet", "precision": "Le salaire n'est pas communiqué à la banque."}
    assert dpd.post(f"{fiche}aviser/", regle).status_code == 302
    assert "n'est plus à aviser" in lu(dpd.post(f"{fiche}aviser/", regle))
    assert "Le salaire n'est pas communiqué à la banque." in lu(dpd.get(fiche))
    assert "non concerné" in lu(amina.get("/mon-compte/mes-donnees/"))


@pytest.mark.preuve(
    "Une rectification va d'elle-même au Rncps, qui la reçoit ; aux autres, l'avis est prêt à envoyer (RGPD art. 19)",
    controles=(28,), systemes=("S44",),
)  # fmt: skip
def test_la_correction_arrive_au_rncps_et_l_avis_des_autres_s_imprime(
    presents: Any, demandee: tuple[Any, Any, str]
) -> None:
    _, dpd, fiche = demandee
    dossier, _ = ecrans.fiche_d_amina()
    agente = ecrans.ouvrir(ecrans.agent(presents), dossier)
    serveur = Simulateur(rncps.rncps(rncps.Repertoire()), port=0)
    with serveur.ouvert():
        vers = Partenaire("rncps", serveur.adresse("rncps"), serveur.partenaires["rncps"].jeton)
        publication.publier(vers)
        visites._corriger(agente, dossier)
        adresse = {"lignes": "3 rue Neuve", "code_postal": "75999", "commune": "Fictiville", "depuis": "01/11/2026"}
        assert agente.post(f"/agent/dossier/{dossier}/adresse/", adresse).status_code == 302
        accord = {"issue": "accordee", "reponse": "Votre salaire et votre adresse sont corrigés."}
        assert dpd.post(f"{fiche}repondre/", accord).status_code == 302
        call_command("demandes_droits", "--executer")
        avis = AvisDestinataire.objects.using("proprietaire")
        assert set(avis.values_list("destinataire", "issue")) == {("banque", "a_aviser"), ("rncps", "a_aviser")}
        publication.publier(vers)
    call_command("demandes_droits")
    assert avis.get(destinataire="rncps").issue == "a_aviser", "a dry run writes nothing"
    call_command("demandes_droits", "--executer")
    recu = avis.get(destinataire="rncps")
    assert (recu.issue, recu.precision[:19]) == ("avise", "Correction reçue le")
    assert dpd.get(f"{fiche}avis/{recu.pk}.pdf").status_code == 404

    banque = avis.get(destinataire="banque")
    lettre = dpd.get(f"{fiche}avis/{banque.pk}.pdf")
    texte = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(lettre.content)).pages).split())
    assert "Belavassin" in texte
    assert "Votre salaire et votre adresse sont corrigés." in texte
    assert "Belavassin" not in lettre.headers["Content-Disposition"]
    assert ecrans.numero_de(ecrans.fiche_d_amina()[1]).en_clair() not in texte


@pytest.mark.usefixtures("demandee")
def test_une_rectification_refusee_n_avise_personne() -> None:
    demande = DemandeDroit.objects.using("proprietaire").get()
    with traitement(GUICHET, acteur=SYSTEME, motif="Essai"):
        services.repondre(demande, "refusee", "La donnée est exacte : bulletin de salaire (RGPD art. 16).")
    assert not AvisDestinataire.objects.using("proprietaire").exists()


def test_une_limitation_avise_aussi_et_le_retard_leve_une_alerte(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    with traitement(GUICHET, acteur=SYSTEME, motif="Essai"):
        demande = services.deposer(
            personne=personne, dossier=dossier, organisme="751", genre="limitation", objet="Mes salaires",
            canal="en_ligne", recue_le=timezone.localdate(),
        )  # fmt: skip
        services.avancer(demande, "en_cours")
        services.accorder_la_limitation(demande, "exactitude", calcul_consenti=True)
    assert AvisDestinataire.objects.using("proprietaire").get().destinataire == "banque"
    for jours, attendues in ((destinataires.JOURS_POUR_AVISER - 1, 0), (destinataires.JOURS_POUR_AVISER + 2, 1)):
        with traitement(GUICHET, acteur=SYSTEME, motif="Essai"):
            services.surveiller(timezone.localdate() + dt.timedelta(days=jours))
        alertes = Alerte.objects.using("proprietaire").filter(cle__startswith="destinataires-a-aviser/")
        assert alertes.count() == attendues


def test_ce_que_lit_chaque_salle_est_declare() -> None:
    """A room that names a table it doesn't read, or reads one it doesn't name, is refused by the database."""
    lues = destinataires.lectures()
    assert {"identite.Certification", "dossiers.Fait", "paiements.OrdrePaiement"} <= set(lues)
