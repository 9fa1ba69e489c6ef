"""Shared custody, seen by each parent on their own side: the child, their own share, nothing of the other's file."""

import datetime as dt
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from limpide.dossiers import connaissance
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Dossier, LigneDroit, Rattachement
from limpide.dossiers.services import Origine, rattacher
from limpide.dossiers.situations import charger_dossier, situation_de
from limpide.droits.calcul import liquider
from limpide.identite.models import Compte, Personne, Qualite
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc import ecrans

pytestmark = pytest.mark.django_db
DEPUIS = dt.date(2026, 3, 1)


def partager(dossier: Dossier, enfant: Personne) -> None:
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme=dossier.organisme_id):
        rattacher(
            dossier, enfant, Qualite.ENFANT, DateRange(DEPUIS, None), Origine("declaration", "essai"),
            garde_alternee=True,
        )  # fmt: skip


def entrer(dossier: Dossier) -> Client:
    numero = ecrans.ouvrir_un_compte(dossier)
    Compte.objects.using("proprietaire").filter(personne_id=dossier.allocataire_id).update(mot_de_passe_a_changer=False)
    client = ecrans.visiteur()
    assert ecrans.entrer(client, numero.en_clair()).status_code == 302
    return client


def lu(client: Client, chemin: str) -> str:
    reponse = client.get(f"/mon-compte/{chemin}")
    assert reponse.status_code == 200
    return str(reponse.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def allocations(dossier: Dossier) -> int:
    lignes = LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier.pk, droit="af", mois="2026-11-01")
    return int(lignes.latest("pk").montant_centimes)


def calculees(dossier: Dossier) -> int:
    """What the law would give in November, as the file is known now."""
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme=dossier.organisme_id):
        connus = charger_dossier(dossier.pk, connaissance.maintenant())
        return int(liquider(situation_de(connus, dt.date(2026, 11, 1)))["af"].montant_centimes)


def test_each_parent_sees_the_child_and_their_own_share() -> None:
    presents: dict[str, Any] = ecrans.peupler(mois_liquides=())
    dossiers = Dossier.objects.using("proprietaire").select_related("allocataire")
    sienne = dossiers.get(pk=ecrans.fiche_d_amina()[0])
    autre = dossiers.get(pk=ecrans.autre_dossier("591").pk)
    enfants = Rattachement.objects.using("proprietaire").filter(dossier_id=sienne.pk, role="enfant")
    enfant = enfants.select_related("personne").order_by("personne__date_naissance").last().personne
    seul = {d.pk: calculees(d) for d in (sienne, autre)}

    for d in (sienne, autre):
        partager(d, enfant)
    liquider_mois("2026-11")
    assert 0 < allocations(sienne) < seul[sienne.pk]  # each parent has a half of this child's part (CSS L521-2)
    assert allocations(autre) >= seul[autre.pk]

    clients = {sienne: ecrans.allocataire(presents), autre: entrer(autre)}
    for d, client in clients.items():
        situation = lu(client, "situation/")
        assert enfant.prenoms.split()[0] in situation
        assert "En résidence alternée depuis le 1er mars 2026" in situation
        lautre = autre if d is sienne else sienne
        for page in (situation, lu(client, ""), lu(client, "pourquoi/2026-11/"), lu(client, "decisions/")):
            assert lautre.numero not in page
            assert lautre.allocataire.prenoms not in page
            assert (
                lautre.allocataire.nom_naissance not in page or lautre.allocataire.nom_naissance == enfant.nom_naissance
            )
