"""One page that stands alone: what changes, three charts, their tables. No script, nothing fetched."""

import html
from collections.abc import Sequence

from limpide.droits.bareme import en_lettres, lire_mois
from limpide.droits.francais import centimes_en_euros, insecables, nombre

from .dessin import Serie, en_barres
from .resultats import Resultats, Table, tables

_STYLE = """
body{font:1rem/1.5 Marianne,Arial,sans-serif;color:#161616;max-width:60rem;margin:0 auto;padding:1rem}
h1,h2{line-height:1.25} figure{margin:2rem 0} figure svg{width:100%;height:auto} .defile{overflow-x:auto}
table{border-collapse:collapse;width:100%} caption{text-align:left;font-weight:700}
th,td{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:right}
th:first-child,td:first-child{text-align:left} .defile:focus{outline:2px solid #0a76f6}
"""
METHODE = (
    "Les deux calculs portent sur les mêmes foyers, avec les mêmes règles ; seules changent les valeurs ci-dessus, "
    "tous les mois de la fenêtre, comme si elles étaient en vigueur depuis longtemps. Personne ne change de "
    "comportement, et chacun reçoit ce que la loi lui donne. Montants après CRDS. Les prestations versées une fois "
    "(rentrée, naissance) ont leur ligne et ne sont pas dans les totaux du mois. Niveau de vie : revenus et droits du "
    "mois avant la réforme, par unité de consommation de l'Insee, avant impôt ; les dixièmes sont ceux des foyers de "
    "cette population, au pas de dix euros."
)


def en_page(r: Resultats, source: str) -> str:
    """The page. `source` says which population."""
    e = html.escape
    mois = en_lettres(lire_mois(r.mois))
    toutes = tables(r)
    figures = [
        _figure("Ce que coûte chaque prestation", _couts(r), toutes["droits"]),
        _figure("Ce que change un mois, par niveau de vie", _gains(r), toutes["deciles"]),
        _figure("Qui gagne, qui perd", _gagnants(r), toutes["situations"]),
    ]
    changements = "".join(f"<li>{e(insecables(c.phrase))}</li>" for c in r.changements)
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>Réforme simulée, {e(mois)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>Ce que changerait cette réforme en {e(mois)}</h1><ul>{changements}</ul>"
        f"<p><strong>{e(resumer_en_mots(r))}</strong></p>{''.join(figures)}<h2>Combien</h2>{_table(toutes['variations'])}"
        f"<h2>Comment c'est calculé</h2><p>{e(METHODE)}</p><p>{e(source)}</p></main></body></html>\n"
    )


def _couts(r: Resultats) -> str:
    tenus = [d for d in r.droits if d["cout_centimes"]]
    serie = Serie("coût mensuel, en millions d'euros", [d["cout_centimes"] / 1e8 for d in tenus])
    return en_barres("Coût par prestation", [d["droit"] for d in tenus], [serie], "M€")


def _gains(r: Resultats) -> str:
    moyens = [(d["par_foyer_centimes"] or 0) / 100 for d in r.deciles]
    serie = Serie("gain moyen par foyer et par mois, en euros", moyens)
    return en_barres("Gain moyen par dixième de niveau de vie", _dixiemes(r), [serie], "€")


def _gagnants(r: Resultats) -> str:
    gagnants = Serie("foyers qui gagnent, sur cent", [_sur_cent(d["gagnants"], d["foyers"]) for d in r.deciles])
    perdants = Serie("foyers qui perdent, sur cent", [-_sur_cent(d["perdants"], d["foyers"]) for d in r.deciles])
    return en_barres("Part des gagnants et des perdants par dixième", _dixiemes(r), [gagnants, perdants], "%")


def _dixiemes(r: Resultats) -> list[str]:
    return [str(d["decile"]) for d in r.deciles]


def resumer_en_mots(r: Resultats) -> str:
    """One sentence."""
    cout = r.cout_centimes
    sens = "coûte" if cout >= 0 else "économise"
    laisses = f" {nombre(r.inconnus + r.rejetes)} foyers ne sont pas comparés." if r.inconnus + r.rejetes else ""
    return (
        f"Sur {nombre(r.foyers)} foyers, {nombre(r.gagnants)} gagnent et {nombre(r.perdants)} perdent ; "
        f"le mois {sens} {centimes_en_euros(abs(cout))}.{laisses}"
    )


def _sur_cent(n: int, total: int) -> float:
    return round(100 * n / total, 1) if total else 0.0


def _figure(titre: str, dessin: str, table: Table) -> str:
    return f"<h2>{html.escape(titre)}</h2><figure>{dessin}</figure>{_table(table)}"


def _table(table: Table) -> str:
    titre, tetes, lignes = table
    nom = html.escape(titre)
    return (
        f'<div class="defile" tabindex="0" role="region" aria-label="{nom}"><table>'
        f"<caption>{nom}</caption><thead><tr>{_cellules(tetes, 'th')}</tr></thead><tbody>"
        + "".join(f"<tr>{_cellules(ligne, 'td')}</tr>" for ligne in lignes)
        + "</tbody></table></div>"
    )


def _cellules(textes: Sequence[str], balise: str) -> str:
    portee = ' scope="col"' if balise == "th" else ""
    return "".join(f"<{balise}{portee}>{html.escape(texte)}</{balise}>" for texte in textes)
