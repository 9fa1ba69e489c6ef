"""A view, a command or a model that names no processing stops the start."""

from typing import Any

import pytest
from django.core.management import BaseCommand
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import View

from limpide.registre import controles
from limpide.registre.controles import verifier_adresses
from limpide.registre.declaration import DeclarationInvalide
from limpide.registre.vues import ouvre, sans_donnees, sous_traitement


def muette(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


class Classe(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("")


def avec_adresses(monkeypatch: Any, *adresses: Any) -> list[str]:
    from django.urls import URLResolver
    from django.urls.resolvers import RegexPattern

    class Racine:
        urlpatterns = list(adresses)

    resolveur = URLResolver(RegexPattern(r"^/"), Racine)
    monkeypatch.setattr(controles, "get_resolver", lambda: resolveur)
    return [message.msg for message in verifier_adresses(None)]


def test_the_house_starts() -> None:
    assert [m.msg for controle, _ in controles.CONTROLES for m in controle(None)] == []


@pytest.mark.preuve("Une vue sans traitement empêche le démarrage", controles=(10,))
@pytest.mark.parametrize("vue", [muette, Classe.as_view()], ids=["fonction", "classe"])
def test_a_new_view_without_a_processing_stops_the_start(monkeypatch: Any, vue: Any) -> None:
    assert avec_adresses(monkeypatch, path("secret/", include([path("neuve/", vue)]))) == [
        "l'adresse /secret/neuve/ ne nomme aucun traitement"
    ]


@pytest.mark.parametrize(
    "vue",
    [
        sous_traitement("supervision_dpd", motif="essai")(muette),
        sous_traitement("supervision_dpd", motif="essai")(type("Autre", (Classe,), {})).as_view(),
        ouvre("supervision_dpd")(muette),
        sans_donnees("une page fixe")(muette),
        sans_donnees("une page fixe")(Classe.as_view()),
    ],
)
def test_a_named_view_starts(monkeypatch: Any, vue: Any) -> None:
    assert avec_adresses(monkeypatch, path("page/", vue)) == []


def test_an_unknown_processing_stops_the_start(monkeypatch: Any) -> None:
    assert avec_adresses(monkeypatch, path("page/", ouvre("licorne")(muette))) == [
        "l'adresse /page/ nomme « licorne », absent du registre"
    ]


def test_marking_a_view_leaves_the_original_alone() -> None:
    sans_donnees("une page fixe")(muette)
    assert not hasattr(muette, "registre_sans_donnees")


def test_reasons_are_not_empty() -> None:
    with pytest.raises(DeclarationInvalide):
        sans_donnees(" ")
    with pytest.raises(DeclarationInvalide):
        sous_traitement("supervision_dpd", motif="")
    with pytest.raises(DeclarationInvalide):
        ouvre()


@pytest.mark.parametrize(
    ("attributs", "fautes"),
    [
        ({}, ["la commande « neuve » ne nomme aucun traitement"]),
        ({"sans_traitement": " "}, ["la commande « neuve » ne nomme aucun traitement"]),
        ({"traitement": "licorne"}, ["la commande « neuve » nomme « licorne », absent du registre"]),
        ({"traitement": "supervision_dpd"}, []),
        ({"traitement": ("supervision_dpd", "authentification")}, []),
        ({"sans_traitement": "ne touche aucune donnée"}, []),
    ],
)
def test_every_command_names_its_processing(attributs: dict[str, Any], fautes: list[str]) -> None:
    commande = type("Command", (BaseCommand,), attributs)()
    assert [m.msg for m in controles._fautes_de_la_commande("neuve", commande)] == fautes


def test_a_model_says_whose_it_is() -> None:
    from limpide.registre.modeles import Donnee

    oublieux = type(
        "Oublieux",
        (Donnee,),
        {"__module__": "limpide.registre.models", "Meta": type("Meta", (), {"app_label": "essais", "managed": False})},
    )
    assert [m.id for m in controles._fautes_du_modele(oublieux)] == ["registre.E003", "registre.E004"]


def test_drift_stops_the_start(base: None) -> None:
    from django.db import connections

    from limpide.registre.demarrage import DemarrageRefuse, verifier_demarrage
    from limpide.registre.installation import installer

    verifier_demarrage()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("GRANT SELECT ON identite_personne TO limpide_app")
    try:
        with pytest.raises(DemarrageRefuse, match="droit non déclaré : limpide_app : SELECT sur identite_personne"):
            verifier_demarrage()
    finally:
        installer()
