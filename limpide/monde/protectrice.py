"""Odile, Solange's guardian: her « compte tuteur » asked, admitted and opened by the real verbs, as anybody's."""

import datetime as dt

from limpide.dossiers.models import Dossier
from limpide.identite import contacts
from limpide.identite import protecteurs as verbes
from limpide.identite.models import AccesProtecteur, DemandeProtecteur, MesureProtection
from limpide.identite.suivi_contacts import SUIVI
from limpide.monde import complet, comptes, numeros
from limpide.registre.contexte import SYSTEME, Acteur, traitement

ORGANISME = "751"
NAISSANCE = dt.date(1961, 4, 7)
NIR = numeros.nir(NAISSANCE, 95_000_001)
MOTIF = "Création du monde fictif de démonstration"
ROLE = "Protectrice (Odile, tutrice de Solange)"
VISITEUR = Acteur("visiteur", None, "Public")
ODILE = verbes.Declarant(NIR, "Sauvernet", "Odile", NAISSANCE, comptes.MOT_DE_PASSE)


def installer(jour: dt.date) -> list[comptes.CompteDemo]:
    """Once, and resumable: each step looks at where the last run stopped. What the demonstration prints of her."""
    dossier = complet.dossier()
    if dossier is None:
        return []
    agente = complet.agente()
    acces = _acces(dossier, agente)
    if acces is None:
        _ouvrir_le_compte(dossier, agente)
        acces = _acces(dossier, agente)
    if acces is not None and acces.etat == "a_justifier":
        _ouvrir_l_acces(acces, agente, jour)
    return [comptes.CompteDemo(ROLE, NIR, comptes.MOT_DE_PASSE, "", "/mon-compte/dossiers/")]


def _ouvrir_l_acces(acces: AccesProtecteur, agente: Acteur, jour: dt.date) -> None:
    with traitement(SUIVI, acteur=SYSTEME, motif=MOTIF):
        joignable = contacts.a_un_contact(acces.protecteur_id)
    if not joignable:
        with traitement(comptes.TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
            comptes.confirmer(acces.protecteur_id, "courriel", "odile@exemple.test")
    with traitement(verbes.ACCES, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        mesure = MesureProtection.objects.filter(personne_id=acces.personne_id).latest("pk")
        verbes.ouvrir(acces, mesure, jour)


def _acces(dossier: Dossier, agente: Acteur) -> AccesProtecteur | None:
    with traitement(verbes.ACCES, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        trouve: AccesProtecteur | None = AccesProtecteur.objects.filter(dossier_id=dossier.pk).first()
        return trouve


def _ouvrir_le_compte(dossier: Dossier, agente: Acteur) -> None:
    siennes = {"numero": dossier.numero, "repondue_le": None}
    with traitement(verbes.ACCES, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        deposee = DemandeProtecteur.objects.filter(**siennes).exists()
    if not deposee:
        with traitement(verbes.DEMANDE, acteur=VISITEUR, motif=MOTIF):
            verbes.demander(ORGANISME, dossier.numero, ODILE)
    with traitement(verbes.ACCES, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        demande = DemandeProtecteur.objects.get(**siennes)
        if demande.etat == "deposee":
            verbes.admettre(demande.pk, dossier.numero, verbes.PIECES[0])
    with traitement(verbes.OUVERTURE, acteur=agente, motif=MOTIF):
        verbes.accepter(demande.pk, dossier.pk, dossier.allocataire_id)
