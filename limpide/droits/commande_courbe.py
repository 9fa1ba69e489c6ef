"""`limpide courbe`: the rights of a household against a wage, a rent or a number of children: table, chart or JSON."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .bareme import en_lettres, lire_mois, mois_couvert
from .courbe import AXES, Courbe, tracer_courbe, valeurs
from .dessin import dessiner, en_svg
from .empreinte import empreinte_regles
from .francais import enumerer
from .lecture_fichier import FichierInvalide, lire_fichier

PAR_DEFAUT = {"salaire": (0.0, 3000.0, 100.0), "enfants": (0.0, 5.0, 1.0), "loyer": (0.0, 1500.0, 50.0)}


def ajouter(commandes: Any) -> None:
    """The words of the command."""
    courbe = commandes.add_parser("courbe", help="tracer les droits selon un salaire, un loyer ou un nombre d'enfants")
    courbe.add_argument("fichier", type=Path, help="foyer, ou situation OpenFisca, en YAML ou JSON")
    courbe.add_argument("--mois", help="mois à calculer, comme 2026-11 (à défaut : celui du fichier)")
    courbe.add_argument("--sur", choices=sorted(AXES), default="salaire", help="ce qui varie (défaut : salaire)")
    courbe.add_argument("--de", type=float, help="première valeur (défaut : 0)")
    courbe.add_argument(
        "--a", type=float, help="dernière valeur (défaut : 3000 euros de salaire, 1500 de loyer, ou 5 enfants)"
    )
    courbe.add_argument(
        "--pas", type=float, help="écart entre deux points (défaut : 100 euros, 50 de loyer, ou 1 enfant)"
    )
    courbe.add_argument("--svg", type=Path, help="écrire le graphique dans ce fichier")
    courbe.add_argument("--json", action="store_true", help="répondre en JSON")


def executer(options: argparse.Namespace) -> int:
    """Print the curve. `FichierInvalide`, `SituationInvalide`, `CourbeImpossible` say what is wrong."""
    if options.mois:
        mois_couvert(options.mois)
    axe = AXES[options.sur]
    dites = (options.de, options.a, options.pas)
    de, a, pas = (d if d is not None else defaut for d, defaut in zip(dites, PAR_DEFAUT[axe.code], strict=True))
    points = valeurs(de, a, pas, axe)
    lu = lire_fichier(options.fichier, options.mois)
    courbe = tracer_courbe(lu.situation, axe, points)
    if options.svg:
        _dessiner(courbe, options.svg)
    if options.json:
        sys.stdout.write(json.dumps(en_json(courbe), ensure_ascii=False, indent=1) + "\n")
        return 0
    sys.stdout.write(en_texte(courbe))
    suppositions = [f"Supposé : {s}" for s in lu.suppositions]
    sys.stdout.write("\n".join(["", *suppositions]) + "\n" if suppositions else "")
    return 0


def _dessiner(courbe: Courbe, fichier: Path) -> None:
    dessin = dessiner(courbe)
    if dessin is None:
        raise FichierInvalide(" ".join(m for m in (courbe.remarque, _manques(courbe)) if m))
    try:
        fichier.write_text(en_svg(dessin), encoding="utf-8")
    except OSError as erreur:
        raise FichierInvalide(f"Le fichier {fichier} ne peut pas être écrit ({erreur.strerror}).") from erreur


def en_json(courbe: Courbe) -> dict[str, Any]:
    """The points in cents; None where a fact is missing."""
    return {
        "mois": courbe.mois,
        "empreinte_regles": empreinte_regles(),
        "axe": courbe.axe.code,
        "droits": courbe.libelles,
        "faits_manquants": list(courbe.manques),
        "remarque": courbe.remarque,
        "suppose": courbe.suppose,
        "points": [
            {
                "valeur": p.valeur,
                "revenus_centimes": p.revenus,
                "droits_centimes": {code: p.droits[code] for code in courbe.libelles},
                "a_instruire": [code for code in courbe.libelles if code in p.a_instruire],
                "disponible_centimes": p.disponible,
            }
            for p in courbe.points
        ],
    }


def en_texte(courbe: Courbe) -> str:
    """The table, columns aligned."""
    titres = courbe.titres()
    lignes = [courbe.ligne(rang) for rang in range(len(courbe.points))]
    largeurs = [max(len(titre), *(len(ligne[i]) for ligne in lignes)) for i, titre in enumerate(titres)]
    texte = [f"Droits de {en_lettres(lire_mois(courbe.mois))}, CRDS déduite, avant impôt sur le revenu", ""]
    if not courbe.muette:
        texte += ["  ".join(c.rjust(n) for c, n in zip(ligne, largeurs, strict=True)) for ligne in [titres, *lignes]]
        texte += [""]
    dits = [m for m in (courbe.remarque, _manques(courbe), courbe.suppose) if m]
    return "\n".join([*texte, "\n\n".join(dits)]).rstrip() + "\n"


def _manques(courbe: Courbe) -> str:
    return f"Faits manquants : {enumerer(f'« {m} »' for m in courbe.manques)}." if courbe.manques else ""
