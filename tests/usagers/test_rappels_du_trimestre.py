"""A quarter that stays undeclared (S03): asked, reminded twice at most, suspended, opened again when declared."""

import datetime as dt
import os
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from limpide.dossiers import taches
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, Dossier, EtatTache, Fait, LigneDroit, TacheAgent, Trimestre
from limpide.dossiers.trimestres import ADeclarer, a_declarer
from limpide.droits.faits import NATURES
from limpide.identite import suivi_contacts
from limpide.identite.models import MessageContact
from limpide.paiements.models import Creance, OrdrePaiement
from limpide.paiements.services import emettre_virements
from limpide.registre.contexte import Acteur, traitement
from limpide.usagers.declarations_trimestre import TRIMESTRE
from limpide.usagers.trimestre import rappels, suspension
from tests.banc import ecrans
from tests.banc.base import connexion_superutilisateur
from tests.usagers.test_trimestre import ICI, saisie, texte

NOVEMBRE, DECEMBRE = dt.date(2026, 11, 1), dt.date(2026, 12, 1)
MI_NOVEMBRE, FIN_NOVEMBRE = dt.date(2026, 11, 16), dt.date(2026, 11, 26)
SUSPENDU = dt.date(2026, 12, 1)


def trimestre(dossier: int | None = None) -> Trimestre:
    return Trimestre.objects.using("proprietaire").get(dossier_id=dossier or ecrans.fiche_d_amina()[0])


def rappeles(personne: int, objet: str = "trim_rap") -> int:
    return MessageContact.objects.using("proprietaire").filter(personne_id=personne, objet=objet).count()


def lignes(mois: dt.date) -> dict[str, tuple[int, str]]:
    """RSA and prime in force of Amina's month."""
    dossier, _ = ecrans.fiche_d_amina()
    siennes = LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier, mois=mois, droit__in=("rsa", "ppa"))
    return {x.droit: (x.montant_centimes, x.motif) for x in siennes.order_by("rang")}


@pytest.mark.preuve("Trimestre non déclaré : rappelé, suspendu, rouvert par la déclaration", systemes=("S03",))
def test_an_undeclared_quarter_is_reminded_suspended_then_opened_again(presents: dict[str, Any], boite: Any) -> None:
    dossier, elle = ecrans.fiche_d_amina()
    ouverts = rappels.demander_les_trimestres(NOVEMBRE, executer=False)
    assert rappels.demander_les_trimestres(NOVEMBRE) == ouverts > 0
    assert rappels.demander_les_trimestres(NOVEMBRE) == 0
    assert (trimestre().mois, trimestre().echeance) == (NOVEMBRE, dt.date(2026, 11, 30))

    rappels.rappeler(dt.date(2026, 11, 14))
    assert (trimestre().rappele_le, rappeles(elle)) == (None, 0)
    for _ in range(2):
        rappels.rappeler(MI_NOVEMBRE)
    assert (trimestre().rappele_le, trimestre().rappele_encore_le, rappeles(elle)) == (MI_NOVEMBRE, None, 1)
    for _ in range(2):
        rappels.rappeler(FIN_NOVEMBRE)
    assert (trimestre().rappele_encore_le, rappeles(elle)) == (FIN_NOVEMBRE, 2)
    suivi_contacts.envoyer(executer=True)
    recus = [m for m in boite.recus if "Une déclaration vous attend" in m.sujet]
    assert len(recus) == 2
    assert not any(mot in recus[0].texte for mot in ("Amina", "Belavassin", "RSA", "euros"))

    assert suspension.suspendre(dt.date(2026, 11, 30)).suspendus == 0
    avant = lignes(NOVEMBRE)
    liquider_mois(DECEMBRE)
    assert lignes(DECEMBRE) == avant
    assert suspension.suspendre(SUSPENDU, executer=False).suspendus == 1
    assert [suspension.suspendre(SUSPENDU).suspendus for _ in range(2)] == [1, 0]
    assert (trimestre().suspendu_le, rappeles(elle, "trim_sus")) == (SUSPENDU, 1)
    assert lignes(NOVEMBRE) == avant  # paid already: nothing is claimed back for a missing declaration
    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier).latest("pk")
    assert "malgré notre rappel du 16 novembre 2026" in decision.cause
    assert "L161-1-4" in decision.cause
    assert {(e["mois"], e["motif"]) for e in decision.effets} == {("2026-12", "NON_DECLARE")}
    assert lignes(DECEMBRE) == {"rsa": (0, "NON_DECLARE"), "ppa": (0, "NON_DECLARE")}
    assert not Creance.objects.using("proprietaire").filter(dossier_id=dossier).exists()
    emettre_virements(DECEMBRE)
    liquider_mois(DECEMBRE)
    assert lignes(DECEMBRE)["rsa"] == (0, "NON_DECLARE")

    elle_meme = ecrans.allocataire(presents)
    accueil = texte(elle_meme.get("/mon-compte/"))
    assert "suspendus depuis le 1er décembre 2026" in accueil
    assert "jusqu'au 30 novembre 2028" in accueil
    assert elle_meme.post(ICI, saisie(elle_meme, "envoyer", honneur="on")).status_code == 302
    assert lignes(DECEMBRE) == avant
    connu = Fait.objects.using("proprietaire").filter(dossier_id=dossier, nature=NATURES["trimestre_non_declare"].code)
    assert [(f.valeur, f.source, f.connu.upper is None) for f in connu.order_by("pk")][-1] == (0, "declaration", True)
    emettre_virements(DECEMBRE)
    verses = OrdrePaiement.objects.using("proprietaire").filter(dossier_id=dossier)
    de_novembre = sum(verses.filter(mois=NOVEMBRE).values_list("montant_centimes", flat=True))
    assert sum(verses.filter(mois=DECEMBRE).values_list("montant_centimes", flat=True)) == de_novembre
    assert verses.filter(mois=DECEMBRE).count() > 1
    assert suspension.suspendre(dt.date(2027, 1, 5)).suspendus == 0


def test_a_run_cut_in_the_middle_reminds_nobody_twice_and_nobody_untold_is_suspended(presents: dict[str, Any]) -> None:
    _, elle = ecrans.fiche_d_amina()
    rappels.demander_les_trimestres(NOVEMBRE)
    demandes = Trimestre.objects.using("proprietaire").exclude(personne_id=elle).order_by("-pk")
    autre = demandes.select_related("dossier")[0]
    ecrans.ouvrir_un_compte(autre.dossier)
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as base:
        base.execute(
            "CREATE FUNCTION coupure() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF NEW.personne_id = {autre.personne_id} THEN RAISE 'coupure'; END IF; RETURN NEW; END $$; "
            "CREATE TRIGGER coupure BEFORE INSERT ON identite_messagecontact FOR EACH ROW EXECUTE FUNCTION coupure()"
        )
    with pytest.raises(ProgrammingError, match="coupure"):
        rappels.rappeler(MI_NOVEMBRE)
    assert (trimestre(autre.dossier_id).rappele_le, rappeles(autre.personne_id)) == (None, 0)
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as base:
        base.execute("DROP FUNCTION coupure() CASCADE")
    for _ in range(2):
        rappels.rappeler(MI_NOVEMBRE)
    assert (rappeles(elle), rappeles(autre.personne_id)) == (1, 1)
    assert trimestre(autre.dossier_id).rappele_le == MI_NOVEMBRE
    _personne_n_est_suspendu_sans_avoir_ete_prevenu(elle)
    _deux_ans_apres_rien_n_est_demande()


def _personne_n_est_suspendu_sans_avoir_ete_prevenu(elle: int) -> None:
    assert rappels.rappeler(FIN_NOVEMBRE).injoignables > 0
    siennes = TacheAgent.objects.using("proprietaire").filter(genre="rappel")
    muet = siennes.exclude(dossier__allocataire_id=elle).order_by("pk")[0]
    assert siennes.filter(dossier_id=muet.dossier_id).count() == 1
    assert "jusqu'à quand (30/11/2026)" in muet.detail
    suspension.suspendre(dt.date(2027, 1, 15))
    assert trimestre(muet.dossier_id).suspendu_le is None
    with pytest.raises(IntegrityError, match="trimestre_rappele_puis_suspendu"), transaction.atomic("proprietaire"):
        Trimestre.objects.using("proprietaire").filter(dossier_id=muet.dossier_id).update(suspendu_le=SUSPENDU)
    agent = Acteur("agent", 1, "Caf")
    with traitement("taches_agents", acteur=agent, motif="Essai", organisme=muet.organisme_id):
        quand = muet.creee_le + dt.timedelta(hours=1)
        prise = TacheAgent.objects.get(pk=muet.pk)
        taches.clore(prise, "compte 1", EtatTache.FAITE, "Nous vous avons appelé.", quand)
    jour = quand.date()
    rappels.rappeler(max(jour, MI_NOVEMBRE))
    assert trimestre(muet.dossier_id).rappele_le is not None


def _deux_ans_apres_rien_n_est_demande() -> None:
    dossier, elle = ecrans.fiche_d_amina()
    with traitement(TRIMESTRE, acteur=Acteur("allocataire", 1, "Vous-même"), motif="Essai", personne=elle):
        sien = Dossier.objects.get(pk=dossier)
        tard = a_declarer(sien, dt.date(2028, 11, 30))
        assert tard is not None
        assert (tard.mois, tard.en_retard, tard.dernier_jour) == (NOVEMBRE, True, dt.date(2028, 11, 30))
        assert a_declarer(sien, dt.date(2028, 12, 1)) is None


def test_a_late_quarter_is_declared_over_the_months_of_its_time() -> None:
    """Two years back is before March 2025: the three months before the examination counted then."""
    dernier_ancien = ADeclarer(dt.date(2025, 2, 1), dt.date(2025, 2, 28), en_retard=True)
    premier_nouveau = ADeclarer(dt.date(2025, 3, 1), dt.date(2025, 3, 31), en_retard=True)
    assert dernier_ancien.reference == (dt.date(2024, 11, 1), dt.date(2024, 12, 1), dt.date(2025, 1, 1))
    assert premier_nouveau.reference == dernier_ancien.reference
