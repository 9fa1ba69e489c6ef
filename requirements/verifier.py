"""Locks must install anywhere and hold all that is asked: hashes, no address, nothing left out."""

import re
import sys
from pathlib import Path

DOSSIER = Path(__file__).parent
VERROUS = {"base.txt": ("base.in",), "dev.txt": ("base.in", "dev.in"), "openfisca.txt": ("openfisca.in",)}


def nom(exigence: str) -> str:
    """Normalised name of a requirement line: `psycopg[binary]>=3.3` is psycopg."""
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", exigence).group()).lower()


def fautes(verrou: str, sources: tuple[str, ...]) -> list[str]:
    """What is wrong with one lock, in French."""
    texte = (DOSSIER / verrou).read_text(encoding="utf-8")
    trouvees = [
        f"{verrou} : adresse dans un verrou « {ligne} »" for ligne in re.findall(r".*(?:://|--\w*index).*", texte)
    ]
    blocs = re.split(r"\n(?=[A-Za-z0-9])", texte.strip())
    verrouilles = {nom(bloc) for bloc in blocs if "==" in bloc}
    trouvees += [f"{verrou} : {nom(bloc)} sans empreinte" for bloc in blocs if "==" in bloc and "--hash=" not in bloc]
    for source in sources:
        lignes = (ligne.split("#")[0].strip() for ligne in (DOSSIER / source).read_text(encoding="utf-8").splitlines())
        trouvees += [
            f"{verrou} : {ligne} (de {source}) n'y est pas"
            for ligne in lignes
            if ligne and nom(ligne) not in verrouilles
        ]
    return trouvees


if __name__ == "__main__":
    toutes = [faute for verrou, sources in VERROUS.items() for faute in fautes(verrou, sources)]
    sys.stderr.write("".join(f"{faute}\n" for faute in toutes))
    sys.exit(bool(toutes))
