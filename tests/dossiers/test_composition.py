"""Who is in the household: one claimant each day, one partner at most, children in one home unless shared."""

import pytest

from limpide.dossiers import services
from limpide.dossiers.models import Dossier, Rattachement
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Affiliation
from limpide.registre.contexte import SYSTEME, traitement

from .fabrique import AGENT, AUTRE_CAF, CAF, dossier, du, instruction, jour, personne

pytestmark = pytest.mark.django_db


def rattacher(d, qui, role, valide, **plus) -> Rattachement:
    with instruction(d.organisme_id):
        return services.rattacher(d, qui, role, valide, AGENT, **plus)


def foyer(d) -> list[tuple]:
    with instruction(d.organisme_id):
        lignes = Rattachement.objects.filter(dossier_id=d.pk, connu__upper_inf=True).order_by("pk")
        return [(r.personne_id, r.role, r.garde_alternee, r.valide) for r in lignes]


def refuse(champ: str, message: str, geste) -> None:
    with pytest.raises(ErreurSaisie) as refus:
        geste()
    assert list(refus.value.champs) == [champ]
    assert message in refus.value.champs[champ]


def test_ouvrir_rattache_le_demandeur_et_affilie() -> None:
    qui = personne(caf=None)
    d = dossier(qui, "2026-01-10")
    assert foyer(d) == [(qui.pk, "demandeur", False, du("2026-01-10"))]
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        affiliation = Affiliation.objects.get(personne_id=qui.pk)
    assert (affiliation.organisme_id, affiliation.allocataire_id) == (CAF, qui.pk)


def test_un_seul_conjoint_a_la_fois() -> None:
    d, premier, second = dossier(), personne(), personne()
    rattacher(d, premier, "conjoint", du("2026-01-01", "2026-06-01"))
    avant = foyer(d)
    refuse("role", "déjà un conjoint", lambda: rattacher(d, second, "conjoint", du("2026-05-31")))
    assert foyer(d) == avant
    rattacher(d, second, "conjoint", du("2026-06-01"))
    assert len(foyer(d)) == 3


def test_un_seul_demandeur_a_la_fois() -> None:
    d, autre = dossier(), personne()
    avant = foyer(d)
    refuse("role", "déjà un demandeur", lambda: rattacher(d, autre, "demandeur", du("2026-01-01")))
    assert foyer(d) == avant


def test_un_dossier_ouvert_ne_perd_pas_son_demandeur() -> None:
    qui = personne()
    d = dossier(qui)
    avant = foyer(d)

    def partir() -> None:
        with instruction():
            services.detacher(d, qui, jour("2026-05-01"))

    refuse("__all__", "a un demandeur, et un seul, chaque jour", partir)
    assert foyer(d) == avant


def test_un_dossier_sans_demandeur_n_existe_pas() -> None:
    qui = personne()
    with pytest.raises(Exception, match="a un demandeur, et un seul, chaque jour"), instruction():
        Dossier.objects.create(organisme_id=CAF, numero="7654321", allocataire=qui, ouvert_le=jour("2026-01-01"))
    with instruction():
        assert not Dossier.objects.filter(numero="7654321").exists()


def test_un_adulte_n_est_que_dans_un_foyer() -> None:
    d, autre, qui = dossier(), dossier(), personne()
    rattacher(d, qui, "conjoint", du("2026-01-01"))
    refuse("personne", "déjà dans un foyer", lambda: rattacher(autre, qui, "conjoint", du("2026-03-01")))
    assert len(foyer(autre)) == 1


@pytest.mark.preuve("Foyers : un enfant n'est dans deux foyers que si les deux déclarent la résidence alternée")
@pytest.mark.parametrize(("ici", "la"), [(False, False), (True, False), (False, True)])
def test_un_enfant_dans_deux_foyers_exige_deux_gardes_alternees(ici: bool, la: bool) -> None:
    d, autre, enfant = dossier(), dossier(caf=AUTRE_CAF), personne(naissance="2018-01-01")
    rattacher(d, enfant, "enfant", du("2026-01-01"), garde_alternee=ici)
    refuse(
        "personne",
        "déjà dans un foyer",
        lambda: rattacher(autre, enfant, "enfant", du("2026-03-01"), garde_alternee=la),
    )
    assert len(foyer(autre)) == 1


def test_un_enfant_en_garde_alternee_est_dans_deux_foyers() -> None:
    d, autre, enfant = dossier(), dossier(caf=AUTRE_CAF), personne(naissance="2018-01-01")
    rattacher(d, enfant, "enfant", du("2026-01-01"))
    rattacher(d, enfant, "enfant", du("2026-03-01"), garde_alternee=True)
    rattacher(autre, enfant, "enfant", du("2026-03-01"), garde_alternee=True)
    assert [(r[2], r[3]) for r in foyer(d)[1:]] == [
        (False, du("2026-01-01", "2026-03-01")),
        (True, du("2026-03-01")),
    ]
    assert len(foyer(autre)) == 2


def test_le_meme_enfant_n_est_pas_deux_fois_dans_un_foyer() -> None:
    d, enfant = dossier(), personne(naissance="2018-01-01")
    rattacher(d, enfant, "enfant", du("2026-01-01"), garde_alternee=True)
    rattacher(d, enfant, "enfant", du("2026-02-01", "2026-04-01"), garde_alternee=True)
    periodes = [r[3] for r in foyer(d)[1:]]
    assert sorted((p.lower, p.upper) for p in periodes) == [
        (jour("2026-01-01"), jour("2026-02-01")),
        (jour("2026-02-01"), jour("2026-04-01")),
        (jour("2026-04-01"), None),
    ]


def test_seul_un_enfant_est_en_garde_alternee() -> None:
    d, qui = dossier(), personne()
    refuse(
        "garde_alternee",
        "Seul un enfant",
        lambda: rattacher(d, qui, "conjoint", du("2026-01-01"), garde_alternee=True),
    )


def test_on_n_entre_pas_avant_sa_naissance() -> None:
    d, enfant = dossier(), personne(naissance="2026-03-15")
    refuse("valide", "avant sa naissance", lambda: rattacher(d, enfant, "enfant", du("2026-03-14")))
    assert len(foyer(d)) == 1


def test_partir_ferme_la_periode_et_garde_la_memoire() -> None:
    d, qui = dossier(), personne()
    rattacher(d, qui, "conjoint", du("2026-01-01"))
    with instruction():
        services.detacher(d, qui, jour("2026-05-10"))
    assert foyer(d)[-1] == (qui.pk, "conjoint", False, du("2026-01-01", "2026-05-10"))
    with instruction():
        assert Rattachement.objects.filter(personne_id=qui.pk).count() == 2


def test_un_seul_dossier_ouvert_par_caf() -> None:
    qui = personne()
    d = dossier(qui)
    refuse("allocataire", "déjà un dossier ouvert", lambda: dossier(qui))
    with instruction():
        services.cloturer_dossier(d, jour("2026-03-31"), "Départ à l'étranger")
    assert foyer(d) == [(qui.pk, "demandeur", False, du("2025-01-01", "2026-04-01"))]
    refuse("personne", "déjà dans un foyer", lambda: dossier(qui, "2026-03-31"))
    assert foyer(dossier(qui, "2026-06-01")) == [(qui.pk, "demandeur", False, du("2026-06-01"))]


def test_clore_exige_un_motif_et_l_ordre_des_dates() -> None:
    d = dossier(ouvert_le="2026-01-01")
    for clos_le, motif, champ in (("2026-02-01", " ", "motif"), ("2025-12-31", "Mutation", "clos_le")):

        def clore(clos_le=clos_le, motif=motif) -> None:
            with instruction():
                services.cloturer_dossier(Dossier.objects.get(pk=d.pk), jour(clos_le), motif)

        refuse(champ, "motif", clore)
    with instruction():
        assert Dossier.objects.get(pk=d.pk).clos_le is None


@pytest.mark.parametrize("numero", ["123456", "12345678", "ABCDEFG"])
def test_le_numero_d_allocataire_a_sept_chiffres(numero: str) -> None:
    qui = personne()

    def ouvrir() -> None:
        with instruction():
            services.ouvrir_dossier(CAF, numero, qui, jour("2026-01-01"), AGENT)

    refuse("numero", "sept chiffres", ouvrir)
    with instruction():
        assert not Dossier.objects.exists()
