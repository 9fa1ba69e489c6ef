"""Drift: what the database allows that the register doesn't declare, and the reverse."""

from typing import Any

from limpide.registre import catalogue
from limpide.registre.collecte import registre
from limpide.registre.conservation import gardes
from limpide.registre.droits_voulus import Droit, Voulu, droits_voulus
from limpide.registre.installation import login_application, politique_conforme


def ecarts(curseur: Any) -> list[str]:
    """One French sentence per difference; an empty list means that database and register agree."""
    voulu = droits_voulus(registre())
    return [
        *_ecarts_du_login(curseur, voulu),
        *_ecarts_des_tables(curseur),
        *_ecarts_des_droits(curseur, voulu),
        *_ecarts_des_politiques(curseur, voulu),
        *(f"garde fermée à la purge déclarée : {nom} sur {table}" for table, nom, _ in gardes.fermees(curseur)),
    ]


def fautes_du_login(curseur: Any) -> list[str]:
    """Reasons why this login must not serve the application at all."""
    nom = login_application()
    etat = catalogue.login(curseur, nom)
    if etat is None:
        return [f"le login « {nom} » n'existe pas"]
    superutilisateur, contourne, _herite, cree, _reglages, possede = etat
    return [
        *([f"« {nom} » est superutilisateur : aucune règle ne s'applique à lui"] if superutilisateur else []),
        *([f"« {nom} » contourne la sécurité des lignes (BYPASSRLS)"] if contourne else []),
        *([f"« {nom} » peut créer des rôles ou des bases"] if cree else []),
        *([f"« {nom} » est propriétaire de {possede} relation(s) : il s'en donnerait les droits"] if possede else []),
    ]


def _ecarts_du_login(curseur: Any, voulu: Voulu) -> list[str]:
    nom = login_application()
    phrases = fautes_du_login(curseur)
    etat = catalogue.login(curseur, nom)
    if etat is not None and etat[2]:
        phrases.append(f"« {nom} » hérite des droits de ses rôles : il doit être NOINHERIT")
    membres = catalogue.appartenances(curseur, nom)
    phrases += [f"« {nom} » est membre de {role}, hors registre" for role in sorted(membres - voulu.roles)]
    phrases += [f"rôle manquant : {role}" for role in sorted(voulu.roles - membres)]
    if catalogue.set_config_ouvert(curseur):
        phrases.append("set_config() est ouverte à tous dans cette base")
    return phrases


def _ecarts_des_tables(curseur: Any) -> list[str]:
    return [
        f"{table} : la sécurité des lignes n'est pas forcée"
        for table, (forcee, _) in sorted(catalogue.tables(curseur).items())
        if not forcee
    ]


def _phrase(droit: Droit) -> str:
    ou = f"{droit.relation}.{droit.colonne}" if droit.colonne else droit.relation
    return f"{droit.role} : {droit.privilege} sur {ou}"


def _ecarts_des_droits(curseur: Any, voulu: Voulu) -> list[str]:
    sequences = catalogue.sequences(curseur)
    attendus = voulu.droits | {
        Droit(role, sequences[table], "", "USAGE") for role, table in voulu.sequences if table in sequences
    }
    reels = catalogue.droits_reels(curseur)
    return [
        *(f"droit non déclaré : {_phrase(droit)}" for droit in sorted(reels - attendus)),
        *(f"droit manquant : {_phrase(droit)}" for droit in sorted(attendus - reels)),
    ]


def _ecarts_des_politiques(curseur: Any, voulu: Voulu) -> list[str]:
    reelles = catalogue.politiques_reelles(curseur)
    attendues = {(p.relation, p.nom): p for p in voulu.politiques}
    phrases = [
        f"politique hors registre : {nom} sur {table}"
        for table, nom in sorted(reelles)
        if (table, nom) not in attendues and nom != "proprietaire"
    ]
    for (table, nom), attendue in sorted(attendues.items()):
        if (table, nom) not in reelles:
            phrases.append(f"politique manquante : {nom} sur {table}")
        elif not politique_conforme(attendue, reelles[table, nom]):
            phrases.append(f"politique modifiée : {nom} sur {table}")
    return phrases
