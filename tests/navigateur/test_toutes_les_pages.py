"""Every page of the site, from the resolver: status, axe, 360 px, the keyboard alone, what it leaves in the browser.

A page cannot be forgotten.
"""

from collections.abc import Callable
from typing import Any

import pytest

from limpide.registre.controles import adresses
from tests.banc import visites
from tests.banc.clavier import fautes_au_clavier, menu_au_clavier
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller
from tests.banc.traces import ecouter, fautes_de_traceurs

BORNES = ("borne", "borne_au_code", "borne_libre")
COMPTES = (("visiteur", "en_chemin", "a_la_porte", "demandeuse", "amina", "odile"), (*BORNES, "agent_751", "dpd"))
"""Accounts that share a world: one world per worker. Kiosks first: a session closes there after two minutes."""


@pytest.fixture
def clients(base: None) -> dict[str, Any]:
    return visites.meubler()


def entrer(page: Any, site: Any, client: Any) -> None:
    """Go on in the browser as this account."""
    from django.conf import settings

    from limpide.usagers.borne import terminaux

    portes = [client.cookies.get(nom) for nom in (settings.SESSION_COOKIE_NAME, terminaux.COOKIE)]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": c.key, "value": c.value, "url": site.adresse} for c in portes if c is not None])


def fautes_de(page: Any, page_axe: Callable[..., None], chemin: str) -> list[str]:
    """All that this page owes its readers: opened first, then unfolded by keyboard, then looked at."""
    reponse = page.goto(chemin)
    if reponse.status != 200:
        return [f"répond {reponse.status}"]
    if page.evaluate("() => document.contentType") != "text/html":
        return ["n'est pas une page : le dire dans hors_page"]
    fautes = [*fautes_de_traceurs(page), *fautes_au_clavier(page)]
    try:
        page_axe(page)  # with every fold open: what was hidden is looked at too
    except AssertionError as faute:
        fautes.append(str(faute))
    return fautes


def genre_de(reponse: Any) -> str:
    """What an address that is not a page turns out to be."""
    contenu = reponse.get("Content-Type", "").split(";")[0]
    if reponse.status_code == 405:
        return visites.POST
    if reponse.status_code == visites.RENVOYE:
        return visites.RENVOI
    if reponse.status_code == visites.ABSENT:
        return visites.FERMEE
    if reponse.status_code == visites.INCONNU and contenu == "application/problem+json":
        return visites.JETON
    if reponse.status_code in {200, 300} and contenu and contenu != "text/html":
        return visites.DONNEES
    return f"{reponse.status_code} {contenu}"


def test_toute_adresse_est_visitee_ou_dit_pourquoi_non() -> None:
    visitees = [p for comptes in COMPTES for compte in comptes for p in visites.pages_de(compte)]
    demandees = [p for comptes in COMPTES for p in visites.reste_de(comptes)]
    assert sorted([*visitees, *demandees]) == sorted(patron for patron, _ in adresses())
    assert len(visitees) > 40


@pytest.mark.preuve(
    "Chaque page du site, avec le compte qui l'ouvre, dans Chromium : aucun défaut axe, rien ne dépasse à 360 px, tout "
    "s'atteint au clavier seul, dans l'ordre, focus visible ; CK-01 et CK-08 : aucun traceur non déclaré, aucun "
    "appel à un autre site",
    systemes=("S02", "S39", "S46"),
)
@pytest.mark.navigateur
@pytest.mark.long
@pytest.mark.parametrize("comptes", COMPTES, ids="+".join)
def test_chaque_page_au_clavier(
    page: Any, site: Any, page_axe: Callable[..., None], clients: Any, comptes: tuple[str, ...]
) -> None:
    fautes: dict[str, list[str]] = {}
    genres: dict[str, str] = {}
    reste = visites.reste_de(comptes)
    ailleurs = ecouter(page, site)
    for compte in comptes:
        entrer(page, site, clients[compte])
        for patron in visites.pages_de(compte):
            if trouvees := fautes_de(page, page_axe, visites.ou(patron)):
                fautes[f"{compte} {patron}"] = trouvees
        siennes = [p for p in reste if visites.compte_de(p) == compte]
        genres |= {p: genre_de(clients[compte].get(visites.ou(p))) for p in siennes}
    assert not fautes, "\n".join(f"{ou}\n  " + "\n  ".join(trouvees) for ou, trouvees in fautes.items())
    assert ailleurs == []
    assert genres == reste

    for compte in set(comptes) - {"en_chemin", "a_la_porte", "demandeuse", *BORNES}:
        entrer(page, site, clients[compte])
        aller(page, visites.ou(visites.pages_de(compte)[0]))
        menu_au_clavier(page, LARGEUR_TELEPHONE)


BOUTON = "main.insertAdjacentHTML('beforeend', '<button type=\"button\" id=\"essai\">Essai</button>');"
PIEGES: dict[str, str] = {
    "jamais atteint par Tab : <a href": "main.insertAdjacentHTML('beforeend', '<a href=\"#\" tabindex=\"-1\">Ici</a>')",
    "a le focus sans que cela se voie": BOUTON + "essai.style.setProperty('outline', 'none', 'important')",
    "a le focus sans être visible": BOUTON + "essai.style.opacity = 0",
    "caché par autre chose": "const voile = document.createElement('div'); document.body.append(voile);"
    "voile.style.cssText = 'position: fixed; inset: 0; z-index: 9999; background: white'",
    "laisse 'suivi' (session), que rien ne déclare": "sessionStorage.setItem('suivi', '1')",
    "passe avant son tour": BOUTON + "essai.tabIndex = 1",
    "l'ordre de Tab n'est pas celui de la page": BOUTON
    + "essai.addEventListener('focus', () => document.querySelector('header a').focus())",
    "le focus ne sort pas de la page": BOUTON
    + "essai.addEventListener('keydown', e => e.key === 'Tab' && e.preventDefault())",
    "ne déplie pas": "main.insertAdjacentHTML('beforeend', '<details><summary>Plus</summary>Suite</details>');"
    "main.querySelector('summary').addEventListener('click', e => e.preventDefault())",
    "n'est pas le lien d'évitement": "document.querySelector('.fr-skiplinks').remove()",
    "ne mène pas au contenu": "main.removeAttribute('tabindex')",
}
"""What a careless page would do, and what must be said of it."""


def test_chaque_piege_est_vu(page: Any) -> None:
    aller(page, "/accessibilite/")
    assert [*fautes_de_traceurs(page), *fautes_au_clavier(page)] == []
    vus = {}
    for annonce, piege in PIEGES.items():
        aller(page, "/accessibilite/")
        page.evaluate(f"() => {{ const main = document.querySelector('main'); {piege} }}")
        vus[annonce] = [f for f in [*fautes_de_traceurs(page), *fautes_au_clavier(page)] if annonce in f]
    assert [annonce for annonce, fautes in vus.items() if not fautes] == []
