"""The end of Mon Compte: what holds it, the person's own decision, the six years, and the way back (MC-070 to 075)."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from limpide.dossiers.models import Demande, Dossier
from limpide.identite.models import Compte, Connexion, EtapeAcces, PointDeContact, SecondFacteur
from limpide.monde import comptes
from limpide.monde.messagerie import Messagerie
from limpide.paiements.models import Recours
from limpide.registre.conservation.durees import APRES_LA_RELATION
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers import fin_du_compte
from limpide.usagers.models import BrouillonChangement, BrouillonDemande, BrouillonTrimestre
from limpide.usagers.tables_brouillons import BROUILLONS
from tests.banc import ecrans, protecteurs, temps
from tests.registre.conservation.gestes import une_vie_passee
from tests.usagers.test_second_facteur import activer, texte

PAGE = "/mon-compte/supprimer/"
SAISIE = {"mot_de_passe": ecrans.MOT_DE_PASSE, "compris": "on"}
FIN = dt.date(2018, 12, 31)


def du(modele: Any) -> Any:
    return modele._base_manager.using("proprietaire")


def compte_d_amina() -> Compte:
    compte: Compte = du(Compte).get(personne_id=ecrans.fiche_d_amina()[1])
    return compte


def terminer(jour: dt.date) -> int:
    return fin_du_compte.terminer(jour, executer=True)


def finir(le: dt.date = FIN) -> int:
    """Amina's file is closed that day, and nothing else holds it; her last right is older."""
    dossier = une_vie_passee()
    temps.clore(dossier, le)
    return dossier


def test_mc_070_the_account_stays_while_rights_are_current(presents: dict[str, Any]) -> None:
    amina = ecrans.allocataire(presents)
    page = amina.get(PAGE)
    assert page.status_code == 200
    assert "ne peut pas être supprimé" in texte(page)
    assert "vos droits sont calculés chaque mois" in texte(page)
    assert '<form method="post" novalidate' not in texte(page)
    refus = amina.post(PAGE, SAISIE)
    assert refus.status_code == 409
    assert du(Compte).get(pk=compte_d_amina().pk).ferme_le is None
    assert amina.get("/mon-compte/").status_code == 200


def test_mc_071_a_debt_alone_holds_the_account(base: None) -> None:
    dossier = finir()
    temps.proprietaire(
        "UPDATE paiements_ligneecriture SET montant_centimes = montant_centimes + 100 WHERE id = (SELECT max(id) FROM "
        "paiements_ligneecriture WHERE dossier_id = %s AND compte = 'indus:proposes')",
        [dossier],
    )
    assert raisons() == ["dette"]


def test_mc_072_litigation_alone_holds_the_account(base: None) -> None:
    dossier = finir()
    temps.proprietaire(
        "UPDATE paiements_recours SET etat = 'depose', issue = '', decide_le = NULL, definitif_le = NULL "
        "WHERE dossier_id = %s",
        [dossier],
    )
    assert du(Recours).filter(dossier_id=dossier).exists()
    assert raisons() == ["recours"]


def raisons() -> list[str]:
    """The kinds of what holds Amina's account, as her own processing reads them."""
    qui = ecrans.fiche_d_amina()[1]
    with traitement(fin_du_compte.TERME, acteur=SYSTEME, motif="Essai"):
        trouvee = fin_du_compte.tenue(qui)
    assert trouvee.fin is None
    assert trouvee.raisons
    return list({e.genre for r in trouvee.relations for e in r.tenants})


def test_mc_073_the_end_is_the_latest_of_rights_debts_and_litigation(base: None) -> None:
    finir(dt.date(2017, 3, 31))
    qui = ecrans.fiche_d_amina()[1]
    with traitement(fin_du_compte.TERME, acteur=SYSTEME, motif="Essai"):
        trouvee = fin_du_compte.tenue(qui)
    (relation,) = trouvee.relations
    fins = {e.genre: e.jusqu_au for e in relation.elements}
    assert {"droit", "dette", "recours"} <= set(fins)
    assert trouvee.fin == max(e.jusqu_au for e in relation.elements if e.jusqu_au)
    assert trouvee.fin > dt.date(2017, 3, 31)
    assert trouvee.termine_le == APRES_LA_RELATION.apres(trouvee.fin)


def test_mc_074_access_ends_six_years_after_and_not_the_day_before(base: None, boite: Messagerie) -> None:
    finir()
    qui = ecrans.fiche_d_amina()[1]
    with traitement(fin_du_compte.TERME, acteur=SYSTEME, motif="Essai"):
        jour_zero = fin_du_compte.tenue(qui).termine_le
    assert jour_zero == APRES_LA_RELATION.apres(FIN)
    assert terminer(jour_zero - dt.timedelta(days=1)) == 0
    assert compte_d_amina().is_active
    assert fin_du_compte.terminer(jour_zero, executer=False) == 1
    assert compte_d_amina().is_active
    assert terminer(jour_zero) == 1
    ferme = compte_d_amina()
    assert (ferme.is_active, ferme.has_usable_password()) == (False, False)
    assert [r.sujet for r in boite.recus] == ["Votre compte Mon Compte est fermé"]
    assert terminer(jour_zero) == 0
    assert len(boite.recus) == 1


def test_mc_074_the_person_is_warned_before(base: None) -> None:
    """The retention engine's own notice, thirty days before, is read in Mon Compte."""
    from tests.registre.conservation.gestes import commande

    finir()
    commande("archiver", "--executer")
    commande("notifier", "--executer")
    amina = ecrans.visiteur()
    ecrans.entrer(amina, ecrans.numero_de(ecrans.fiche_d_amina()[1]).en_clair())
    page = texte(amina.get("/mon-compte/conservation/"))
    assert "Vos données seront bientôt effacées" in page
    assert "31 décembre 2024" in texte(amina.get(PAGE))


def test_mc_075_a_new_claim_within_the_six_years_starts_the_relation_again(base: None) -> None:
    dossier = finir()
    quand = dt.datetime(2024, 6, 1, 9, 0, tzinfo=dt.UTC)
    du(Demande).create(
        dossier_id=dossier, organisme_id="751", numero="2024-ESSAI", droits=["rsa"], etat="deposee", canal="courrier",
        creee_le=quand, deposee_le=quand, auteur="essai",
    )  # fmt: skip
    assert terminer(dt.date(2030, 1, 1)) == 0
    assert compte_d_amina().is_active
    assert raisons() == ["demande"]


def test_mc_048_mc_075_the_caf_gives_a_closed_account_back(base: None) -> None:
    dossier = finir()
    assert terminer(dt.date(2025, 6, 1)) == 1
    temps.proprietaire("UPDATE dossiers_dossier SET clos_le = NULL, motif_cloture = '' WHERE id = %s", [dossier])
    agent = ecrans.ouvrir(ecrans.agent({c.identifiant: c for c in comptes.agents()}), dossier)
    ou = f"/agent/dossier/{dossier}/acces/"
    assert "Ce compte est fermé depuis" in texte(agent.get(ou))
    assert agent.post(f"{ou}mot-de-passe/").status_code == 409
    assert not compte_d_amina().is_active
    remis = agent.post(f"{ou}mot-de-passe/", {"identite": "verifiee"})
    assert remis.status_code == 200
    mot_de_passe = re.search(r'class="lp-cle">([a-z0-9-]{19})<', texte(remis))[1]
    entree = ecrans.visiteur()
    numero = ecrans.numero_de(ecrans.fiche_d_amina()[1]).en_clair()
    assert ecrans.entrer(entree, numero, mot_de_passe).status_code == 302
    assert entree.get("/mon-compte/")["Location"].startswith("/mot-de-passe/")
    assert mot_de_passe not in texte(agent.get(ou))
    etapes = du(EtapeAcces).filter(compte=compte_d_amina()).order_by("pk").values_list("genre", "motif")
    assert list(etapes) == [("cloture", "terme"), ("remise", "retour")]


def test_mc_048_who_has_no_account_or_lost_the_password_is_given_a_first_one(presents: dict[str, Any]) -> None:
    dossier, qui = ecrans.fiche_d_amina()
    amina, agent = ecrans.allocataire(presents), ecrans.ouvrir(ecrans.agent(presents), dossier)
    remis = agent.post(f"/agent/dossier/{dossier}/acces/mot-de-passe/", {"identite": "verifiee"})
    assert "mot de passe perdu" in texte(remis)
    assert amina.get("/mon-compte/")["Location"].startswith("/connexion/")
    assert ecrans.entrer(ecrans.visiteur(), ecrans.numero_de(qui).en_clair()).status_code == 422
    voisin = ecrans.autre_dossier("751", sauf=dossier)
    ecrans.ouvrir(agent, voisin.pk)
    ouvert = agent.post(f"/agent/dossier/{voisin.pk}/acces/mot-de-passe/", {"identite": "verifiee"})
    assert "Le compte est ouvert" in texte(ouvert)
    compte = du(Compte).get(personne_id=voisin.allocataire_id)
    assert compte.mot_de_passe_a_changer
    du(Compte).filter(pk=compte.pk).update(is_active=False)  # as the account of a duplicate, reunited
    doublon = agent.post(f"/agent/dossier/{voisin.pk}/acces/mot-de-passe/", {"identite": "verifiee"})
    assert doublon.status_code == 409
    assert not du(Compte).get(pk=compte.pk).is_active
    agent.post(f"/agent/dossier/{dossier}/acces/", {"acte": "suspendre", "motif": "usurpation"})
    refus = agent.post(f"/agent/dossier/{dossier}/acces/mot-de-passe/", {"identite": "verifiee"})
    assert refus.status_code == 409
    assert "levez la suspension" in texte(refus)


def test_somebody_without_a_file_closes_their_account_and_nothing_of_it_opens_any_more(
    presents: dict[str, Any], boite: Messagerie
) -> None:
    compte = next(c for c in presents.values() if c.adresse == "/demande-rsa/")
    elle, ailleurs = ecrans.demandeuse(presents), ecrans.demandeuse(presents)
    ecrans.remplir_une_demande(elle, 1)
    activer(elle)
    assert du(BrouillonDemande).exists()
    elle_meme = du(BrouillonDemande).get().personne_id
    autres = {"contenu_chiffre": b"x", "modifie_le": timezone.now(), "personne_id": elle_meme}
    du(BrouillonChangement).create(genre="emploi", cree_le=timezone.now(), **autres)
    du(BrouillonTrimestre).create(mois=dt.date(2026, 11, 1), **autres)
    sans_coche = elle.post(PAGE, {"mot_de_passe": ecrans.MOT_DE_PASSE})
    assert sans_coche.status_code == 422
    assert "Cochez cette case" in texte(sans_coche)
    faux = elle.post(PAGE, SAISIE | {"mot_de_passe": "autre chose"})
    assert faux.status_code == 422
    fin = elle.post(PAGE, SAISIE)
    assert fin.status_code == 200
    assert "Votre compte est supprimé" in texte(fin)
    for client in (elle, ailleurs):
        assert client.get("/mon-compte/demandes/")["Location"].startswith("/connexion/")
    assert not any(du(modele).exists() for modele in BROUILLONS)
    assert not du(SecondFacteur).exists()
    ferme = du(Compte).get(ferme_le__isnull=False)
    assert not du(PointDeContact).filter(personne_id=ferme.personne_id, retire_le=None).exists()
    assert set(du(Connexion).filter(compte=ferme).values_list("fin", flat=True)) == {"compte_ferme"}
    assert du(EtapeAcces).filter(compte=ferme, genre="cloture", motif="personne").count() == 1
    assert [r.sujet for r in boite.recus] == ["Votre compte Mon Compte est fermé"]
    inconnu, sien = (ecrans.entrer(Client(), n) for n in ("255081416802538", compte.identifiant))
    assert sien.status_code == inconnu.status_code
    assert "fermé" not in texte(sien)


def test_who_acts_for_somebody_keeps_their_account(presents: dict[str, Any]) -> None:
    _, odile = protecteurs.installer(presents)
    page = odile.get(PAGE)
    assert "Vous agissez pour une personne protégée" in texte(page)
    assert odile.post(PAGE, SAISIE | {"mot_de_passe": protecteurs.SECRET}).status_code == 409


def test_a_closed_account_that_would_open_is_refused_by_the_database(presents: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="compte_ferme_n_ouvre_rien"):
        du(Compte).filter(pk=compte_d_amina().pk).update(ferme_le=timezone.now())


def test_an_open_file_is_never_due(presents: dict[str, Any]) -> None:
    assert terminer(dt.date(2099, 1, 1)) == 0
    assert du(Dossier).filter(clos_le=None).exists()
