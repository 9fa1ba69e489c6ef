"""The demonstration's accreditations: provisional, fictitious, and saying so everywhere they show."""

import datetime as dt

from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.homologations import TENUE, HomologationSignee, enregistrer, etats
from limpide.registre.teleservice import Teleservice, teleservices
from limpide.socle.pdf import DocumentPDF

AUTORITE = "Autorité fictive de la démonstration (aucune valeur)"
RISQUES = (
    "Aucun risque réel n'est accepté : les personnes, les dossiers et les comptes sont inventés, et la démonstration "
    "ne doit pas être exposée hors de la machine qui la porte."
)
DUREE = dt.timedelta(days=365)


def installer(jour: dt.date, *, duree: dt.timedelta = DUREE) -> int:
    """A provisional accreditation for each built service that has none on that day; how many were recorded."""
    with traitement(TENUE, acteur=SYSTEME, motif="Monde fictif de la démonstration"):
        fermes = [e.service for e in etats(jour) if e.service.chemins and not e.ouvert]
        for service in fermes:
            enregistrer(_decision(service, jour, jour + duree), SYSTEME)
    return len(fermes)


def _decision(service: Teleservice, du: dt.date, au: dt.date) -> HomologationSignee:
    assert service.cle in teleservices()
    return HomologationSignee(
        teleservice=service.cle, genre="provisoire", perimetre=service.objet, autorite=AUTORITE, decidee_le=du, du=du,
        au=au, risques=RISQUES, document=_document(service, du, au),
        document_nom=f"homologation-fictive-{service.cle}.pdf", fictive=True,
    )  # fmt: skip


def _document(service: Teleservice, du: dt.date, au: dt.date) -> bytes:
    """The paper of the fictitious decision, which says that it is one."""
    le = dt.datetime.combine(du, dt.time(), dt.UTC)
    document = DocumentPDF(f"Homologation provisoire fictive : {service.nom}", emetteur=AUTORITE, le=le)
    document.paragraphe("CECI N'EST PAS UNE DÉCISION D'HOMOLOGATION.", gras=True)
    document.paragraphe(
        "Ce document appartient à un monde inventé. Il permet d'essayer le logiciel sur une machine isolée. Aucune "
        "autorité ne l'a signé, aucune analyse de risques ne l'appuie, et il ne vaut rien au sens du référentiel "
        "général de sécurité (RGS)."
    )
    document.titre("Service")
    document.paragraphe(f"{service.nom}. {service.objet}")
    document.titre("Validité")
    document.paragraphe(f"Du {du:%d/%m/%Y} au {au:%d/%m/%Y}, dans la démonstration seulement.")
    document.titre("Risques acceptés")
    document.paragraphe(RISQUES)
    return document.octets()
