"""The whole page with the keyboard alone: what Tab reaches, in which order, and whether one sees where one is."""

from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_suffix(".js").read_text()
PAS_DE_TROP = 40
"""Presses of Tab allowed beyond the stops (frames that scroll are stops too) before calling it a trap."""


def fautes_au_clavier(page: Any) -> list[str]:
    """What a person without a mouse would stumble on, on the page as it is open; empty when nothing.

    Every fold opens and closes with Enter and Space, and is left open. Then from the top, with Tab: every visible
    control is reached, once, in the order of the document, the focus always shows, on something visible, and leaves at
    the end. Then the first stop leads to the content.
    """
    page.evaluate(f"() => {{ window.lpdClavier = {SOURCE} }}")
    return [*_replis(page), *_parcours(page), *_evitement(page)]


def tout_au_clavier(page: Any) -> None:
    """The page as it is open, in the middle of a walk, is usable with the keyboard alone."""
    assert fautes_au_clavier(page) == [], page.url


def menu_au_clavier(page: Any, largeur: int) -> None:
    """On a phone the header's links are in a menu: opened, walked and closed with the keyboard, focus given back."""
    page.set_viewport_size({"width": largeur, "height": 740})
    bouton, menu = page.locator("#bouton-menu"), page.locator("#menu")
    bouton.focus()
    page.keyboard.press("Enter")
    menu.get_by_role("button", name="Fermer").wait_for()
    liens = menu.locator("a:visible, button:visible").count()
    assert liens > 1, f"{page.url} : le menu est vide"
    atteints = set()
    for _ in range(liens + 1):
        page.keyboard.press("Tab")
        atteints.add(page.evaluate("() => document.activeElement.closest('#menu') && document.activeElement.outerHTML"))
    assert None not in atteints, f"{page.url} : le focus sort du menu ouvert"
    assert len(atteints) == liens, f"{page.url} : {len(atteints)} des {liens} commandes du menu sont atteintes"
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert page.evaluate("() => document.activeElement.id") == "bouton-menu", "le focus est perdu en fermant le menu"


def _appeler(page: Any, fonction: str, *arguments: Any) -> Any:
    return page.evaluate(f"a => window.lpdClavier.{fonction}(...a)", list(arguments))


def _replis(page: Any) -> list[str]:
    fautes = []
    for rang in range(_appeler(page, "replis")):
        nom = _appeler(page, "viser", rang)
        if nom is None or _appeler(page, "ouvert", rang):
            continue
        for touche, ouvert in (("Enter", True), ("Space", False), ("Enter", True)):
            page.keyboard.press(touche)
            if _appeler(page, "ouvert", rang) is not ouvert:
                fautes.append(f"{touche} ne {'déplie' if ouvert else 'replie'} pas {nom}")
    return fautes


def _parcours(page: Any) -> list[str]:
    pas = _appeler(page, "preparer")
    for _ in range(pas):
        page.keyboard.press("Tab")
    bilan = _appeler(page, "bilan")
    for _ in range(PAS_DE_TROP):
        if bilan["sorti"]:
            break
        page.keyboard.press("Tab")
        bilan = _appeler(page, "bilan")
    fautes = [f"{faute} : {vu['nom']}" for vu in bilan["pas"] for faute in vu["fautes"]]
    if not bilan["sorti"]:
        fautes.append(f"le focus ne sort pas de la page : {[vu['nom'] for vu in bilan['pas'][-3:]]}")
    rangs = [vu["rang"] for vu in bilan["pas"] if vu["rang"] >= 0]
    fautes += [f"jamais atteint par Tab : {nom}" for rang, nom in enumerate(bilan["arrets"]) if rang not in rangs]
    fautes += [f"passe avant son tour : {nom}" for nom in bilan["devances"]]
    if rangs != sorted(set(rangs)):
        fautes.append(f"l'ordre de Tab n'est pas celui de la page : {rangs}")
    if len(rangs) < 2:
        fautes.append("moins de deux arrêts : la page n'est pas celle qu'on croit")
    return fautes


def _evitement(page: Any) -> list[str]:
    """The first stop is the skip link; Enter on it moves to the content, and Tab goes on from there."""
    _appeler(page, "auDebut")
    page.keyboard.press("Tab")
    premier = page.evaluate("() => document.activeElement.getAttribute('href')")
    if premier != "#contenu":
        return [f"le premier arrêt n'est pas le lien d'évitement : {premier}"]
    page.keyboard.press("Enter")
    if page.evaluate("() => document.activeElement.id") != "contenu":
        return ["le lien d'évitement ne mène pas au contenu"]
    page.keyboard.press("Tab")
    avance = page.evaluate(
        "() => document.getElementById('contenu').compareDocumentPosition(document.activeElement)"
        " & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING)"
    )
    return [] if avance else ["après le lien d'évitement, Tab revient avant le contenu"]
