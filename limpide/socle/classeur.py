"""Workbooks in OpenDocument (.ods): sheets of plain text, that any spreadsheet opens. No cell runs as a formula.

Written here because nothing that we already depend on writes them, and text is all we publish. The same content gives
the same bytes: a published file may be compared with another.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NOM_AU_PLUS = 31
"""Longest name of a sheet that every spreadsheet takes."""
INTERDITS = re.compile(r"[\[\]*?:/\\]")
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ESPACES = {nom: f"{ODF}{nom}:1.0" for nom in ("office", "table", "text", "style", "manifest")} | {
    "fo": f"{ODF}xsl-fo-compatible:1.0"
}
DATE_FIXE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Feuille:
    """One sheet: its lines, the first `titres` of which are headings; `largeurs` of the columns, in centimetres."""

    nom: str
    lignes: Sequence[Sequence[str]]
    largeurs: Sequence[float]
    titres: int = 1


def en_ods(feuilles: Sequence[Feuille]) -> bytes:
    """The workbook as a file. `ValueError` if a name of sheet is taken twice or cannot be one."""
    noms = [feuille.nom for feuille in feuilles]
    if len({nom.lower() for nom in noms}) != len(noms):
        raise ValueError("Deux feuilles portent le même nom.")
    for nom in noms:
        if not 0 < len(nom) <= NOM_AU_PLUS or INTERDITS.search(nom):
            raise ValueError(f"« {nom} » ne peut pas nommer une feuille.")
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        _ecrire(archive, "mimetype", TYPE.encode(), zipfile.ZIP_STORED)  # first and stored: how the type is recognised
        _ecrire(archive, "content.xml", _xml(_contenu(feuilles)))
        _ecrire(archive, "META-INF/manifest.xml", _xml(_manifeste()))
    return sortie.getvalue()


def nom_de_feuille(voulu: str, pris: set[str]) -> str:
    """A name that a sheet may bear, near this one, and not taken yet; it is then."""
    court = INTERDITS.sub(" ", voulu)[:NOM_AU_PLUS]
    rang = 1
    while court.lower() in pris:
        rang += 1
        court = f"{voulu[: NOM_AU_PLUS - len(str(rang)) - 1]}~{rang}"
    pris.add(court.lower())
    return court


def _ecrire(archive: zipfile.ZipFile, nom: str, contenu: bytes, compression: int = zipfile.ZIP_DEFLATED) -> None:
    entree = zipfile.ZipInfo(nom, DATE_FIXE)
    entree.compress_type = compression
    archive.writestr(entree, contenu)


def _xml(racine: etree._Element) -> bytes:
    return bytes(etree.tostring(racine, xml_declaration=True, encoding="UTF-8"))


def _nom(prefixe: str) -> str:
    espace, local = prefixe.split(":")
    return f"{{{ESPACES[espace]}}}{local}"


def _sous(parent: etree._Element, balise: str, **attributs: str) -> etree._Element:
    """A child; `office__version="1.3"` is the attribute `office:version`."""
    poses = {_nom(cle.replace("__", ":").replace("_", "-")): valeur for cle, valeur in attributs.items()}
    return etree.SubElement(parent, _nom(balise), poses)


def _contenu(feuilles: Sequence[Feuille]) -> etree._Element:
    racine = etree.Element(_nom("office:document-content"), {_nom("office:version"): "1.3"}, nsmap=ESPACES)
    styles = _sous(racine, "office:automatic-styles")
    largeurs = {
        largeur: f"co{rang}" for rang, largeur in enumerate(sorted({x for f in feuilles for x in f.largeurs}), 1)
    }
    for largeur, nom in largeurs.items():
        colonne = _sous(styles, "style:style", style__name=nom, style__family="table-column")
        _sous(colonne, "style:table-column-properties", style__column_width=f"{largeur}cm")
    for nom, graisse in (("texte", "normal"), ("titre", "bold")):
        cellule = _sous(styles, "style:style", style__name=nom, style__family="table-cell")
        _sous(cellule, "style:table-cell-properties", fo__wrap_option="wrap", style__vertical_align="top")
        _sous(cellule, "style:text-properties", fo__font_weight=graisse, fo__language="fr", fo__country="FR")
    classeur = _sous(_sous(racine, "office:body"), "office:spreadsheet")
    for feuille in feuilles:
        _feuille(classeur, feuille, largeurs)
    return racine


def _feuille(classeur: etree._Element, feuille: Feuille, largeurs: dict[float, str]) -> None:
    table = _sous(classeur, "table:table", table__name=feuille.nom)
    for largeur in feuille.largeurs:
        _sous(table, "table:table-column", table__style_name=largeurs[largeur])
    for rang, ligne in enumerate(feuille.lignes):
        rangee = _sous(table, "table:table-row")
        for numero, texte in enumerate(ligne):
            gras = rang < feuille.titres or (numero == 0 and feuille.titres > 0)
            style = "titre" if gras else "texte"
            cellule = _sous(rangee, "table:table-cell", office__value_type="string", table__style_name=style)
            for paragraphe in texte.split("\n"):
                _paragraphe(_sous(cellule, "text:p"), paragraphe)


def _paragraphe(balise: etree._Element, texte: str) -> None:
    """Text where runs of spaces, which OpenDocument would make one, are written out."""
    dernier: etree._Element | None = None
    for morceau in _morceaux(texte):
        if isinstance(morceau, int):
            dernier = _sous(balise, "text:s", text__c=str(morceau))
        elif dernier is None:
            balise.text = (balise.text or "") + morceau
        else:
            dernier.tail = (dernier.tail or "") + morceau


def _morceaux(texte: str) -> Iterator[str | int]:
    """Texts, and numbers of spaces that must be kept."""
    for morceau in re.split(r"(^ +| {2,}| +$)", texte):
        if morceau and not morceau.strip(" "):
            yield len(morceau)
        elif morceau:
            yield morceau


def _manifeste() -> etree._Element:
    racine = etree.Element(
        _nom("manifest:manifest"), {_nom("manifest:version"): "1.3"}, nsmap={"manifest": ESPACES["manifest"]}
    )
    for chemin, genre in (("/", TYPE), ("content.xml", "text/xml")):
        _sous(racine, "manifest:file-entry", manifest__full_path=chemin, manifest__media_type=genre)
    return racine


__all__ = ["NOM_AU_PLUS", "TYPE", "Feuille", "en_ods", "nom_de_feuille"]
