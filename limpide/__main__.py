"""The `limpide` command: the law alone answers without Django, the rest are management commands."""

import os
import sys

SANS_DJANGO = {"simuler", "courbe", "rejouer", "cas", "fraicheur", "population", "calculer-lot", "reforme"}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code (2: unusable input, 1: failure, 0: done)."""
    argv = list(sys.argv[1:] if argv is None else argv)
    if len(argv) == 2 and argv[0] == "help" and argv[1] in SANS_DJANGO:
        argv = [argv[1], "--help"]
    if argv and argv[0] in SANS_DJANGO:
        from limpide.droits.commande import main as commande_du_droit

        return commande_du_droit(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")
    from django.db import OperationalError

    from limpide.commandes import Utilitaire
    from limpide.socle.base_de_donnees import BaseInutilisable, en_service
    from limpide.socle.dossier_donnees import DossierInutilisable
    from limpide.socle.postgres import PostgresIndisponible

    try:
        with en_service():
            Utilitaire(["limpide", *argv]).execute()
    except (BaseInutilisable, DossierInutilisable, PostgresIndisponible) as refus:
        return _dire(str(refus))
    except OperationalError as panne:
        if "connection" not in str(panne):
            raise
        return _dire("La base de données ne répond pas. Démarrez-la : limpide preparer")
    except KeyboardInterrupt:
        return _dire("Interrompu.")
    return 0


def _dire(message: str) -> int:
    sys.stderr.write(message + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
