"""What a page leaves in the browser, and what it asks of other sites: only what is declared, and nothing elsewhere."""

from typing import Any
from urllib.parse import urlsplit

from limpide.registre import traceurs

STOCKAGES = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    bases: (await indexedDB.databases()).map(b => b.name), caches: await caches.keys(),
    ouvriers: (await navigator.serviceWorker.getRegistrations()).map(o => o.scope),
})"""


def permis() -> dict[str, set[str]]:
    """By kind of storage, the names that a page may leave while the visitor has accepted nothing."""
    cookies = {t.nom for t in traceurs.traceurs() if t.genre == "cookie" and t.necessaire}
    return {"cookies": cookies, "local": {t.nom for t in traceurs.traceurs() if t.genre == "local"}}


def ecouter(page: Any, site: Any) -> list[str]:
    """The other sites that this page will have asked anything of: filled as it goes."""
    ailleurs: list[str] = []

    def noter(demande: Any) -> None:
        if demande.url.startswith("http") and urlsplit(demande.url).netloc != urlsplit(site.adresse).netloc:
            ailleurs.append(demande.url)

    page.on("request", noter)
    return ailleurs


def fautes_de_traceurs(page: Any) -> list[str]:
    """What the open page left and should not have."""
    laisses = page.evaluate(STOCKAGES) | {"cookies": [c["name"] for c in page.context.cookies()]}
    autorises = permis()
    return [
        f"laisse {nom!r} ({genre}), que rien ne déclare"
        for genre, noms in laisses.items()
        for nom in noms
        if nom not in autorises.get(genre, ())
    ]
