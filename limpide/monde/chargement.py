"""From fictitious households to rows, one transaction per Caf and lot, through the register like any writing.

What the old system knew comes in as a takeover (`source = reprise`): facts carry the date they were learnt.
Loading is resumable: a lot whose households are already there is left alone.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from limpide.dossiers.models import Adresse, Demande, Dossier, Fait, Rattachement
from limpide.droits.faits import NATURES, Nature
from limpide.identite import chiffrement
from limpide.identite.iban import Iban
from limpide.identite.models import Affiliation, CoordonneesBancaires, Immatriculation, Organisme, Personne
from limpide.identite.nir import lire_numero
from limpide.identite.services import empreinte_du_numero
from limpide.monde import numeros, population, temoin
from limpide.monde.foyers import FaitSynthetique, FoyerSynthetique, Membre
from limpide.registre.contexte import SYSTEME, traitement

LOT = 200
"""Households per transaction: enough to be quick, small enough to show progress."""

TRAITEMENT = "alimentation_monde"
MOTIF = "Création du monde fictif de démonstration"
AUTEUR = "monde"
EPOQUE = dt.date(1970, 1, 1)
CLOTURE = "Dossier clos dans l'ancien système"
Progression = Callable[[int], object]


def charger(foyers: int, graine: int, mois: dt.date, progression: Progression | None = None) -> int:
    """Make the world hold `foyers` households of this seed; returns how many were added.

    `mois`: first day of the month in which the world is told. `progression(n)` is called with the number of
    households added or found.
    """
    _organismes()
    ajoutes = 0
    for rangs in _lots(foyers):
        par_caf: dict[str, list[FoyerSynthetique]] = {}
        for rang in rangs:
            f = temoin.foyer(mois) if rang == temoin.RANG else population.foyer(graine, rang, mois)
            par_caf.setdefault(f.organisme, []).append(f)
        for organisme, lot in sorted(par_caf.items()):
            ajoutes += charger_lot(organisme, lot)
        if progression:
            progression(len(rangs))
    return ajoutes


def _lots(foyers: int) -> Iterator[range]:
    return (range(i, min(i + LOT, foyers)) for i in range(0, foyers, LOT))


def _organismes() -> None:
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        presents = set(Organisme.objects.values_list("code", flat=True))
        nouveaux = [
            Organisme(code=code, nom=nom, departement=departement)
            for code, nom, departement, _ in population.CAF
            if code not in presents
        ]
        for i, organisme in enumerate(nouveaux):
            organisme.iban_emetteur = Iban(numeros.iban(90_000_000 + i))
        Organisme.objects.bulk_create(nouveaux)


def numero_allocataire(rang: int) -> str:
    """Seven digits, the same for a household whatever the world's size."""
    return f"{1_000_000 + rang:07d}"


def charger_lot(organisme: str, lot: list[FoyerSynthetique]) -> int:
    """Write the households that this Caf doesn't have yet, all or none."""
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF, organisme=organisme):
        numeros_du_lot = [numero_allocataire(f.rang) for f in lot]
        presents = set(
            Dossier.objects.filter(organisme_id=organisme, numero__in=numeros_du_lot).values_list("numero", flat=True)
        )
        lot = [f for f in lot if numero_allocataire(f.rang) not in presents]
        if lot:
            _ecrire(organisme, lot)
        return len(lot)


def _ecrire(organisme: str, lot: list[FoyerSynthetique]) -> None:
    personnes = [[_personne(m) for m in f.membres] for f in lot]
    Personne.objects.bulk_create(list(itertools.chain.from_iterable(personnes)))
    Affiliation.objects.bulk_create(
        Affiliation(
            personne=p,
            organisme_id=organisme,
            allocataire=du_foyer[0],
            qualite=m.role,
            valide=DateRange(max(f.ouvert_le, m.naissance), m.parti_le or _fin(f)),
        )
        for f, du_foyer in zip(lot, personnes, strict=True)
        for m, p in zip(f.membres, du_foyer, strict=True)
    )
    dossiers = [
        Dossier(
            organisme_id=organisme,
            numero=numero_allocataire(f.rang),
            allocataire=du_foyer[0],
            ouvert_le=f.ouvert_le,
            clos_le=f.clos_le,
            motif_cloture=CLOTURE if f.clos_le else "",
        )
        for f, du_foyer in zip(lot, personnes, strict=True)
    ]
    Dossier.objects.bulk_create(dossiers)
    complets = list(zip(lot, personnes, dossiers, strict=True))
    Adresse.objects.bulk_create(_adresse(f, d) for f, d in zip(lot, dossiers, strict=True))
    Immatriculation.objects.bulk_create(_immatriculations(lot, personnes))
    CoordonneesBancaires.objects.bulk_create(_comptes_bancaires(lot, personnes))
    Rattachement.objects.bulk_create(r for f, p, d in complets for r in _rattachements(f, p, d))
    Fait.objects.bulk_create((r for f, p, d in complets for r in _faits(f, p, d)), batch_size=5000)
    Demande.objects.bulk_create(_demande(f, d) for f, _, d in complets)


def _fin(f: FoyerSynthetique) -> dt.date | None:
    """The first day after the file's closing."""
    return f.clos_le + dt.timedelta(days=1) if f.clos_le else None


def _adresse(f: FoyerSynthetique, dossier: Dossier) -> Adresse:
    """A street that exists nowhere, under a postal code that was never given."""
    return Adresse(
        dossier=dossier, organisme_id=f.organisme, lignes=f"{1 + f.rang % 97} rue des Essais",
        code_postal=f"{f.organisme[:2]}999", commune="Fictiville", valide=DateRange(f.ouvert_le, None),
    )  # fmt: skip


def _personne(m: Membre) -> Personne:
    return Personne(
        nom_naissance=m.nom,
        prenoms=m.prenom,
        date_naissance=m.naissance,
        lieu_naissance_code="" if m.nee_a_l_etranger else f"75{numeros.COMMUNE_JAMAIS_ATTRIBUEE}",
        pays_naissance="99999" if m.nee_a_l_etranger else "99100",
        statut_identite="nir_certifie",
    )


def _immatriculations(lot: list[FoyerSynthetique], personnes: list[list[Personne]]) -> Iterator[Immatriculation]:
    for f, du_foyer in zip(lot, personnes, strict=True):
        for m, p in zip(f.membres, du_foyer, strict=True):
            numero = lire_numero(m.nir).numero
            jour = max(f.ouvert_le, m.naissance)
            ligne = Immatriculation(
                personne=p, genre="nir", empreinte=empreinte_du_numero(numero), recu_le=jour, certifie_le=jour
            )
            ligne.numero = numero
            yield ligne


def _comptes_bancaires(lot: list[FoyerSynthetique], personnes: list[list[Personne]]) -> Iterator[CoordonneesBancaires]:
    for f, (allocataire, *_) in zip(lot, personnes, strict=True):
        iban = Iban(f.iban)
        ligne = CoordonneesBancaires(
            personne=allocataire,
            empreinte=chiffrement.empreinte(iban.en_clair(), "iban"),
            titulaire=f"{allocataire.prenoms} {allocataire.nom_naissance}",
            valide=DateRange(f.ouvert_le, None),
        )
        ligne.iban = iban
        yield ligne


def _connu(jour: dt.date) -> DateTimeTZRange:
    return DateTimeTZRange(dt.datetime.combine(jour, dt.time(6), dt.UTC), None)


def _rattachements(f: FoyerSynthetique, personnes: list[Personne], dossier: Dossier) -> Iterator[Rattachement]:
    def ligne(p: Personne, role: str, debut: dt.date, fin: dt.date | None, *, alternee: bool) -> Rattachement:
        return Rattachement(
            dossier=dossier,
            organisme_id=f.organisme,
            personne=p,
            role=role,
            garde_alternee=alternee,
            valide=DateRange(debut, fin),
            connu=_connu(debut),
            source="reprise",
            auteur=AUTEUR,
        )

    for m, p in zip(f.membres, personnes, strict=True):
        debut, bascule = max(f.ouvert_le, m.naissance), m.garde_alternee_depuis
        if bascule and debut < bascule:
            yield ligne(p, m.role, debut, bascule, alternee=False)
        yield ligne(p, m.role, max(debut, bascule or debut), m.parti_le or _fin(f), alternee=bool(bascule))


def _faits(f: FoyerSynthetique, personnes: list[Personne], dossier: Dossier) -> Iterator[Fait]:
    sujets: Iterable[tuple[Personne | None, list[FaitSynthetique]]] = [
        (None, f.faits),
        *((p, m.faits) for m, p in zip(f.membres, personnes, strict=True)),
    ]
    for personne, faits in sujets:
        for fait in faits:
            nature = NATURES[fait.nature]
            yield Fait(
                dossier=dossier,
                organisme_id=f.organisme,
                personne=personne,
                nature=nature.code,
                valeur=valeur_enregistree(nature, fait.valeur),
                valide=DateRange(fait.debut, fait.fin),
                connu=_connu(fait.connu_le),
                source="reprise",
                auteur=AUTEUR,
            )


def valeur_enregistree(nature: Nature, valeur: Any) -> int:
    """A fact's value as the integer that the table keeps: cents, rank in the enumeration, days since 1970, 0 or 1."""
    if nature.type == "euros":
        return round(valeur * 100)
    if nature.type == "enumeration":
        return nature.valeurs.index(valeur)
    return (valeur - EPOQUE).days if nature.type == "date" else int(valeur)


def _demande(f: FoyerSynthetique, dossier: Dossier) -> Demande:
    depot = dt.datetime.combine(f.ouvert_le, dt.time(9), dt.UTC)
    return Demande(
        dossier=dossier,
        organisme_id=f.organisme,
        numero=f"{f.organisme}-{numero_allocataire(f.rang)}-001",
        droits=["af", "rsa", "ppa"],
        etat="decidee",
        canal="en_ligne",
        creee_le=depot,
        deposee_le=depot,
        decidee_le=depot + dt.timedelta(days=12),
        auteur=AUTEUR,
    )
