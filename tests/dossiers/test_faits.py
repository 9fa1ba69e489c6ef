"""Facts: what the database refuses whoever writes, and what the verbs leave behind."""

import datetime

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from limpide.dossiers import services
from limpide.dossiers.models import Fait, SourceFait
from limpide.dossiers.natures import DE_LA_COMPOSITION, bornes
from limpide.droits.faits import NATURES
from limpide.identite.erreurs import ErreurSaisie

from .fabrique import AGENT, CAF, declarer, dossier, du, instruction, personne

pytestmark = pytest.mark.django_db

SALAIRE = NATURES["salaire_net"].code
RESIDENCE = NATURES["residence"].code
RESSOURCES = NATURES["prestations_familiales_base_ressources"].code


def connus(le_dossier) -> list[tuple]:
    with instruction():
        lignes = Fait.objects.filter(dossier_id=le_dossier.pk, connu__upper_inf=True).order_by("valide")
        return [(f.nature, f.valeur, f.valide) for f in lignes]


def tous(le_dossier) -> list[tuple]:
    with instruction():
        lignes = Fait.objects.filter(dossier_id=le_dossier.pk).order_by("pk")
        return [(f.pk, f.valeur, f.valide, f.connu) for f in lignes]


def ecrire(le_dossier, **plus) -> Fait:
    """A fact written without the verbs, as a careless program would."""
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT clock_timestamp()")
        maintenant = curseur.fetchone()[0]
    champs = {
        "dossier_id": le_dossier.pk,
        "organisme_id": CAF,
        "personne_id": None,
        "nature": RESIDENCE,
        "valeur": 0,
        "valide": du("2026-01-01"),
        "connu": DateTimeTZRange(maintenant, None),
        "source": SourceFait.AGENT,
        "auteur": "agent:1",
    }
    return Fait.objects.create(**champs | plus)


def refuse(le_dossier, contrainte: str, **plus) -> str:
    """The insertion is refused by this constraint and leaves nothing; returns the French message."""
    avant = tous(le_dossier)
    with pytest.raises(IntegrityError) as refus, instruction():
        ecrire(le_dossier, **plus)
    diagnostic = refus.value.__cause__.diag
    assert diagnostic.constraint_name == contrainte
    assert tous(le_dossier) == avant
    return diagnostic.message_primary


def test_le_catalogue_est_en_base() -> None:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT nom, code, minimum, maximum FROM dossiers_naturefait WHERE NOT retiree")
        en_base = {nom: (code, (mini, maxi)) for nom, code, mini, maxi in curseur}
    attendu = {n.nom: (n.code, bornes(n)) for n in NATURES.values() if n.nom not in DE_LA_COMPOSITION}
    assert en_base == attendu


def test_un_fait_declare_se_relit() -> None:
    d = dossier()
    declarer(d, "residence", 2, du("2026-01-01"))
    assert connus(d) == [(RESIDENCE, 2, du("2026-01-01"))]


def test_deux_faits_de_meme_nature_ne_se_chevauchent_pas() -> None:
    d = dossier()
    declarer(d, "residence", 2, du("2026-01-01", "2026-06-01"))
    refuse(d, "un_seul_fait_a_la_fois", valide=du("2026-05-31"))


def test_deux_faits_qui_se_suivent_sont_admis() -> None:
    d = dossier()
    declarer(d, "residence", 2, du("2026-01-01", "2026-06-01"))
    with instruction():
        ecrire(d, valide=du("2026-06-01"))
    assert len(connus(d)) == 2


def test_des_sujets_et_des_natures_differents_se_chevauchent() -> None:
    qui = personne()
    d = dossier(qui)
    declarer(d, "residence", 2, du("2026-01-01"))
    declarer(d, "participation_frais", 1, du("2026-01-01"))
    declarer(d, "activite", 0, du("2026-01-01"), qui)
    assert len(connus(d)) == 3


@pytest.mark.preuve("Faits : la base refuse ce qui n'a pas de sens, en français")
@pytest.mark.parametrize(
    ("contrainte", "plus", "message"),
    [
        ("fait_nature_connue", {"nature": 32000}, "Cette nature de fait n'est pas au catalogue."),
        ("fait_nature_connue", {"nature": NATURES["garde_alternee"].code}, "n'est pas au catalogue"),
        ("fait_sujet_conforme", {"nature": SALAIRE}, "« Salaire net » ne porte pas sur le bon sujet"),
        ("fait_valeur_admise", {"valeur": 99}, "« Lieu de résidence » n'a pas une valeur admise."),
        (
            "fait_montant_positif",
            {"nature": NATURES["aide_logement"].code, "valeur": -1},
            "« Aide au logement reçue » ne peut pas être négatif.",
        ),
        (
            "fait_periode_entiere",
            {"nature": NATURES["aide_logement"].code, "valide": du("2026-01-02", "2026-02-01")},
            "« Aide au logement reçue » se déclare par mois entiers, ou par années entières.",
        ),
        (
            "fait_periode_entiere",
            {"nature": RESSOURCES, "valide": du("2024-01-01", "2024-12-01")},
            "« Revenu net du foyer de l'avant-dernière année » se déclare par mois entiers, ou par années entières.",
        ),
        ("fait_source_connue", {"source": "rumeur"}, ""),
        ("fait_periodes_non_vides", {"valide": du("2026-01-01", "2026-01-01")}, ""),
        (
            "fait_connu_maintenant",
            {"connu": DateTimeTZRange(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), None)},
            "Un fait est connu à partir du moment où on l'enregistre.",
        ),
        (
            "fait_connu_maintenant",
            {"connu": DateTimeTZRange(datetime.datetime(2126, 1, 1, tzinfo=datetime.UTC), None)},
            "Un fait est connu à partir du moment où on l'enregistre.",
        ),
    ],
)  # fmt: skip
def test_la_base_refuse(contrainte: str, plus: dict, message: str) -> None:
    assert message in refuse(dossier(), contrainte, **plus)


def test_la_reprise_ne_se_dit_que_par_le_chargement_initial() -> None:
    passe = DateTimeTZRange(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), None)
    refuse(dossier(), "fait_connu_maintenant", source=SourceFait.REPRISE, connu=passe)


def test_un_fait_ne_precede_pas_la_naissance() -> None:
    qui = personne(naissance="2026-03-15")
    d = dossier()
    with instruction():
        services.rattacher(d, qui, "enfant", du("2026-03-15"), AGENT)
    enceinte = {"personne_id": qui.pk, "nature": NATURES["handicap"].code}
    refuse(d, "fait_apres_la_naissance", **enceinte, valide=du("2026-03-14"))
    refuse(d, "fait_apres_la_naissance", personne_id=qui.pk, nature=SALAIRE, valide=du("2026-02-01", "2026-04-01"))
    with instruction():
        ecrire(d, **enceinte, valide=du("2026-03-15"))
        ecrire(d, personne_id=qui.pk, nature=SALAIRE, valide=du("2026-03-01", "2026-04-01"))
    assert len(connus(d)) == 2


def test_un_fait_ne_porte_que_sur_une_personne_du_foyer() -> None:
    refuse(dossier(), "fait_personne_du_foyer", personne_id=personne().pk, nature=SALAIRE)


def test_un_fait_appartient_a_la_caf_de_son_dossier() -> None:
    d = dossier()
    dossier(caf="931")
    with pytest.raises(IntegrityError, match="dossiers_fait_dossier_de_sa_caf"), transaction.atomic("proprietaire"):
        Fait.objects.using("proprietaire").create(
            dossier_id=d.pk, organisme_id="931", nature=RESIDENCE, valeur=0, valide=du("2026-01-01"),
            connu=DateTimeTZRange(_maintenant(), None), source="agent", auteur="x",
        )  # fmt: skip


def _maintenant() -> datetime.datetime:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT clock_timestamp()")
        return curseur.fetchone()[0]


@pytest.mark.preuve("Faits : même le propriétaire de la base ne les modifie ni ne les efface")
@pytest.mark.parametrize(
    ("sql", "contrainte", "message"),
    [
        ("UPDATE dossiers_fait SET valeur = 3", "connaissance_jamais_modifiee", "ne se modifie pas"),
        ("UPDATE dossiers_fait SET valide = '[2020-01-01,)'", "connaissance_jamais_modifiee", "ne se modifie pas"),
        (
            "UPDATE dossiers_fait SET connu = tstzrange(lower(connu), lower(connu) + interval '1 microsecond')",
            "connaissance_close_maintenant",
            "se clôt au moment présent",
        ),
        (
            "UPDATE dossiers_fait SET connu = tstzrange(lower(connu), '2120-01-01')",
            "connaissance_close_maintenant",
            "se clôt au moment présent",
        ),
        (
            "UPDATE dossiers_fait SET connu = tstzrange('2020-01-01', clock_timestamp())",
            "connaissance_jamais_modifiee",
            "ne se modifie pas",
        ),
        ("DELETE FROM dossiers_fait", "connaissance_jamais_effacee", "ne s'efface pas"),
        ("UPDATE dossiers_rattachement SET role = 'enfant'", "connaissance_jamais_modifiee", "ne se modifie pas"),
        ("DELETE FROM dossiers_rattachement", "connaissance_jamais_effacee", "ne s'efface pas"),
    ],
)
def test_meme_le_proprietaire_ne_reecrit_pas_l_histoire(sql: str, contrainte: str, message: str) -> None:
    d = dossier()
    declarer(d, "residence", 2, du("2026-01-01"))
    avant = tous(d)
    with pytest.raises(IntegrityError, match=message) as refus, connections["proprietaire"].cursor() as curseur:
        curseur.execute(sql)
    assert refus.value.__cause__.diag.constraint_name == contrainte
    assert tous(d) == avant


def test_ce_qui_est_clos_ne_se_rouvre_pas() -> None:
    d = dossier()
    fait = declarer(d, "residence", 2, du("2026-01-01"))
    with instruction():
        services.retirer_fait(fait)
    avant = tous(d)
    with pytest.raises(IntegrityError, match="ne se modifie pas"), connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE dossiers_fait SET connu = tstzrange(lower(connu), NULL)")
    assert tous(d) == avant


def test_declarer_au_milieu_decoupe_ce_qui_etait_connu() -> None:
    d = dossier()
    declarer(d, "aide_logement", 100_00, du("2026-01-01", "2026-07-01"))
    declarer(d, "aide_logement", 250_00, du("2026-03-01", "2026-04-01"))
    assert [(v, p) for _, v, p in connus(d)] == [
        (100_00, du("2026-01-01", "2026-03-01")),
        (250_00, du("2026-03-01", "2026-04-01")),
        (100_00, du("2026-04-01", "2026-07-01")),
    ]
    assert len(tous(d)) == 4


def test_declarer_sans_fin_laisse_le_passe() -> None:
    d = dossier()
    declarer(d, "residence", 2, du("2026-01-01"))
    declarer(d, "residence", 0, du("2026-05-10"))
    assert [(v, p) for _, v, p in connus(d)] == [(2, du("2026-01-01", "2026-05-10")), (0, du("2026-05-10"))]


def test_corriger_ferme_et_enregistre() -> None:
    d = dossier()
    fait = declarer(d, "residence", 2, du("2026-01-01", "2026-06-01"))
    with instruction():
        services.corriger_fait(fait, 0, AGENT, du("2026-02-01", "2026-05-01"))
    assert [(v, p) for _, v, p in connus(d)] == [(0, du("2026-02-01", "2026-05-01"))]
    ancien, nouveau = tous(d)
    assert ancien[3].upper == nouveau[3].lower


def test_corriger_deux_fois_le_meme_fait_est_refuse() -> None:
    d = dossier()
    fait = declarer(d, "residence", 2, du("2026-01-01"))
    with instruction():
        services.corriger_fait(fait, 0, AGENT)
    avant = tous(d)
    with pytest.raises(ErreurSaisie, match="a déjà été corrigé"), instruction():
        services.corriger_fait(fait, 1, AGENT)
    assert tous(d) == avant


@pytest.mark.parametrize(
    ("nature", "valeur", "valide", "champ", "message"),
    [
        ("inventee", 0, du("2026-01-01"), "nature", "Cette nature de fait n'est pas au catalogue."),
        ("garde_alternee", 1, du("2026-01-01"), "nature", "La résidence alternée se déclare avec le rattachement"),
        ("date_naissance", 1, du("2026-01-01"), "nature", "La date de naissance se lit dans l'état civil"),
        ("aide_logement", -1, du("2026-01-01", "2026-02-01"), "valeur", "ne peut pas être négatif"),
        ("residence", 99, du("2026-01-01"), "valeur", "n'a pas une valeur admise"),
        ("salaire_net", 1, du("2026-01-01", "2026-02-01"), "personne", "concerne une personne du foyer"),
        ("residence", 0, du("2026-01-01", "2026-01-01"), "valide", "La période commence à une date"),
        ("aide_logement", 1, du("2026-01-02", "2026-02-01"), "valide", "se déclare par mois entiers"),
    ],
)
def test_une_saisie_refusee_dit_quel_champ(nature, valeur, valide, champ, message) -> None:
    d = dossier()
    declarer(d, "residence", 2, du("2026-01-01"))
    avant = tous(d)
    with pytest.raises(ErreurSaisie) as refus:
        declarer(d, nature, valeur, valide)
    assert list(refus.value.champs) == [champ]
    assert message in refus.value.champs[champ]
    assert tous(d) == avant
