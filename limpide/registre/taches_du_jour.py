"""The daily tasks of this room: journal, rights desk, accreditations, retention."""

from collections.abc import Sequence

from django.db import transaction

from limpide.registre import homologations
from limpide.registre.alertes import signaler
from limpide.registre.chaine import purge, scellement
from limpide.registre.conservation import cycle
from limpide.registre.conservation.permission import CYCLE
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.demandes import propagation, services
from limpide.registre.demandes.traitements import GUICHET
from limpide.registre.travaux.taches import Comptes, Ordre, Tache, TravailIncomplet


def _sceller(ordre: Ordre) -> Comptes:
    try:
        bilan = scellement.sceller()
    except scellement.ChaineRompue as rompue:
        raise TravailIncomplet(str(rompue)) from rompue
    return {"lignes scellées": bilan.lignes, "lignes en attente": bilan.reste}


def _suivre_les_demandes(ordre: Ordre, *, vraiment: bool = True) -> Comptes:
    with traitement(GUICHET, acteur=SYSTEME, motif="Suivi quotidien des échéances"), transaction.atomic():
        comptes = {
            "destinataires avisés": propagation.propager(),
            "alertes levées": services.surveiller(ordre.jour),
            "copies effacées": services.effacer_les_copies(ordre.jour),
        }
        transaction.set_rollback(not vraiment)
    return comptes


def _compter_les_demandes(ordre: Ordre) -> Comptes:
    return _suivre_les_demandes(ordre, vraiment=False)


def _suivre_les_homologations(ordre: Ordre) -> Comptes:
    with traitement(homologations.TENUE, acteur=SYSTEME, motif="Suivi des homologations"):
        trouves = homologations.avertissements(ordre.jour, homologations.etats(ordre.jour))
        nouvelles = sum(signaler(a.cle, a.genre, a.texte, gravite=a.gravite, echeance=a.echeance) for a in trouves)
    return {"alertes levées": nouvelles, "points suivis": len(trouves)}


def _compter_les_homologations(ordre: Ordre) -> Comptes:
    with traitement(homologations.TENUE, acteur=SYSTEME, motif="Suivi des homologations"):
        return {"points suivis": len(homologations.avertissements(ordre.jour, homologations.etats(ordre.jour)))}


def _archiver(ordre: Ordre, *, vraiment: bool = True) -> Comptes:
    bilan = cycle.avancer(cycle.ARCHIVER, vraiment=vraiment, seule_caf=ordre.caf)
    comptes = {"dossiers mis en archive": bilan.a_archiver, "dossiers rendus à la base active": bilan.a_reprendre}
    if not ordre.caf:  # drafts and traces of logins belong to no Caf
        bilan.courtes.update(cycle.effacer_les_courtes(vraiment=vraiment))
    return {**comptes, "lignes effacées à leur âge": bilan.courtes.total()}


def _compter_les_archives(ordre: Ordre) -> Comptes:
    return _archiver(ordre, vraiment=False)


def _prevenir(ordre: Ordre, *, vraiment: bool = True) -> Comptes:
    return {"personnes prévenues": cycle.avancer(cycle.PREVENIR, vraiment=vraiment, seule_caf=ordre.caf).a_prevenir}


def _compter_les_avis(ordre: Ordre) -> Comptes:
    return _prevenir(ordre, vraiment=False)


def _examiner(ordre: Ordre) -> Comptes:
    bilan = cycle.examiner()
    cycle.noter_examen(bilan)
    cycle.demander_la_purge(bilan)
    return {"dossiers à effacer, sur décision": bilan.a_effacer}


def _compter_les_dus(ordre: Ordre) -> Comptes:
    return {"dossiers à effacer, sur décision": cycle.examiner().a_effacer}


def _mois_du_journal(trouves: Sequence[purge.MoisDu]) -> Comptes:
    retenus = sum(bool(du.retenu) for du in trouves)
    return {"mois effacés": len(trouves) - retenus, "mois retenus": retenus}


def _purger_le_journal(ordre: Ordre) -> Comptes:
    try:
        return _mois_du_journal(list(purge.purger(ordre.jour)))
    except scellement.ChaineRompue as rompue:
        raise TravailIncomplet(str(rompue)) from rompue


def _compter_le_journal(ordre: Ordre) -> Comptes:
    return _mois_du_journal(purge.dus(ordre.jour))


TRAVAUX = (
    Tache(
        cle="journal_sceller",
        rang=10,
        intitule="Sceller le journal des accès",
        traitements=(scellement.CLE,),
        faire=_sceller,
    ),
    Tache(
        cle="demandes_suivre",
        rang=30,
        intitule="Suivre les échéances des demandes de droits",
        traitements=(GUICHET,),
        faire=_suivre_les_demandes,
        compter=_compter_les_demandes,
        garde="Seules partent les copies remises dont le délai est passé.",
    ),
    Tache(
        cle="homologations_suivre",
        rang=40,
        intitule="Suivre les homologations des services en ligne",
        traitements=(homologations.TENUE,),
        faire=_suivre_les_homologations,
        compter=_compter_les_homologations,
    ),
    Tache(
        cle="conservation_archiver",
        rang=80,
        intitule="Mettre en archive les dossiers dont le temps est venu",
        traitements=(CYCLE,),
        faire=_archiver,
        compter=_compter_les_archives,
        par_caf=True,
        garde="La base n'efface que les lignes arrivées à leur âge.",
    ),
    Tache(
        cle="conservation_prevenir",
        rang=90,
        intitule="Prévenir trente jours avant l'effacement",
        traitements=(CYCLE,),
        faire=_prevenir,
        compter=_compter_les_avis,
        apres=("conservation_archiver",),
        par_caf=True,
    ),
    Tache(
        cle="conservation_examiner",
        rang=100,
        intitule="Examiner les durées, et dire au délégué ce qui est à effacer",
        traitements=(CYCLE,),
        faire=_examiner,
        compter=_compter_les_dus,
        apres=("conservation_prevenir",),
        garde="N'efface aucun dossier : une personne le décide.",
    ),
    Tache(
        cle="journal_purger",
        rang=110,
        intitule="Effacer les mois du journal arrivés à leur terme",
        traitements=(scellement.CLE, purge.CLE),
        faire=_purger_le_journal,
        compter=_compter_le_journal,
        apres=("journal_sceller",),
        garde="La base vérifie le terme, la tête signée, le compte des lignes ; un gel ou une alerte retient le mois.",
    ),
)
