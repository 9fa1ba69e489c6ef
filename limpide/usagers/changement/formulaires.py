"""The forms of the changes that concern the household: what each asks, and what follows from the answers."""

import datetime as dt
from typing import Any, ClassVar

from django import forms

from limpide.dossiers.demandes import PIECES
from limpide.dossiers.formulaires import ChampDate, ChampEuros, FormulaireDSFR
from limpide.dossiers.mois import decaler
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.droits.faits import NATURES
from limpide.identite.models import Qualite
from limpide.identite.noms import normaliser
from limpide.usagers.changement.connu import Connu, prenom
from limpide.usagers.changement.etapes import Arrivee, Depart, Etapes, FaitDit, Sejour
from limpide.usagers.changement.plan import NouvelleAdresse, Plan, echeance_d_un_agent, echeance_d_une_piece
from limpide.usagers.demande.lieux import departement, residence
from limpide.usagers.scellement import SANS_REPONSE, Recapitulatif
from limpide.usagers.simulateur.formulaires import Choix

MOIS_D_ISOLEMENT = 18
"""A parent is alone « recently » for eighteen months (CASF L262-9, R262-1): the fact `rsa_isolement_recent`."""
NOUVEAU_LOGEMENT = "L'aide au logement s'arrête avec l'ancien logement : demandez-la pour le nouveau."
TOUT_DE_SUITE = "C'est enregistré dès l'envoi. Si vos droits des mois déjà calculés changent, ils sont recalculés."
FORMAT = "Format attendu : JJ/MM/AAAA."


class FormulaireChangement(FormulaireDSFR):
    """One kind of change. `accords`: the other adults whose data are given (MC-087); read once it is valid."""

    titre: ClassVar[str]
    question: ClassVar[str] = "Depuis quelle date ?"

    def __init__(self, *args: Any, connu: Connu, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connu = connu
        self.fields["depuis"] = ChampDate(label=self.question, help_text=FORMAT, future=False)
        self.composer()

    def composer(self) -> None:
        """Add the questions of this kind."""

    @property
    def sans_objet(self) -> str:
        """Why nothing of this kind can be declared in this file; empty when it can."""
        return ""

    @property
    def rappel(self) -> list[tuple[str, str]]:
        """What the Caf knows, shown above the questions."""
        return []

    def clean_depuis(self) -> dt.date | None:
        depuis: dt.date | None = self.cleaned_data["depuis"]
        ouvert = self.connu.dossier.ouvert_le
        if depuis is not None and depuis < ouvert:
            raise forms.ValidationError(
                f"Votre dossier est ouvert depuis le {jour_fr(ouvert)} : pour un changement plus ancien, écrivez à "
                "votre Caf depuis « Messages »."
            )  # fmt: skip
        return depuis

    def accords(self) -> list[str]:
        return []

    def plan(self) -> Plan:
        raise TypeError(f"{type(self).__name__} : un changement dit ce qu'il fait dans « plan »")

    def recapitulatif(self) -> Recapitulatif:
        """Each question with its answer in words; the form must be valid."""
        lignes = [(nom, self._dite(nom)) for nom in self.fields if nom not in self.sans_question()]
        return [(self.titre, [(str(self[nom].label), dite) for nom, dite in lignes])]

    def sans_question(self) -> frozenset[str]:
        """Fields that the other answers make useless: not told back."""
        return frozenset()

    def _dite(self, nom: str) -> str:
        champ, valeur = self.fields[nom], self.cleaned_data.get(nom)
        if valeur in (None, ""):
            return SANS_REPONSE
        if choix := dict(getattr(champ, "choices", ())):
            return str(choix[valeur])
        if isinstance(champ, ChampEuros):
            return f"{valeur / 100:,.2f} €".replace(",", " ").replace(".", ",")
        return f"{valeur:%d/%m/%Y}" if isinstance(valeur, dt.date) else str(valeur)


def texte(label: str, longueur: int, manque: str, *, rempli: str = "off", valeur: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longueur, initial=valeur, widget=forms.TextInput(attrs={"autocomplete": rempli}),
        error_messages={"required": manque, "max_length": f"Écrivez {longueur} caractères au plus."},
    )  # fmt: skip


def exiger_des_lettres(formulaire: FormulaireDSFR, *noms: str) -> None:
    for nom in noms:
        if not any(c.isalpha() for c in formulaire.cleaned_data.get(nom, "a")):
            formulaire.add_error(nom, "Écrivez ce nom avec des lettres.")


class Demenagement(FormulaireChangement):
    titre = "Déménagement"
    question = "Depuis quand habitez-vous à la nouvelle adresse ?"

    def composer(self) -> None:
        logement = NATURES["statut_occupation_logement"]
        connu = self.connu.valeur(logement.nom, self.connu.jour)
        self.fields |= {
            "lignes": texte("Numéro, rue et complément", 160, "Écrivez votre adresse.", rempli="street-address"),
            "code_postal": texte("Code postal", 5, "Écrivez un code postal de cinq chiffres.", rempli="postal-code"),
            "commune": texte("Commune", 80, "Écrivez le nom de la commune.", rempli="address-level2"),
            "logement": forms.ChoiceField(
                label="Comment êtes-vous logé ?",
                choices=[("", "Choisissez"), *((v, t[0].upper() + t[1:]) for v, t in _choix(logement.nom))],
                initial=None if connu is None else logement.valeurs[connu],
                error_messages={"required": "Choisissez une réponse."},
            ),
        }

    @property
    def rappel(self) -> list[tuple[str, str]]:
        a = self.connu.adresse
        return [] if a is None else [
            ("Adresse connue", f"{a.lignes}, {a.code_postal} {a.commune}, depuis le {jour_fr(a.valide.lower)}")
        ]  # fmt: skip

    def clean_depuis(self) -> dt.date | None:
        depuis = super().clean_depuis()
        a = self.connu.adresse
        if depuis is not None and a is not None and depuis <= a.valide.lower:
            raise forms.ValidationError(
                f"La Caf connaît déjà une adresse depuis le {jour_fr(a.valide.lower)} : un autre déménagement vient "
                "après cette date."
            )
        return depuis

    def clean_code_postal(self) -> str:
        code: str = self.cleaned_data["code_postal"].replace(" ", "")
        if not (code.isascii() and code.isdigit() and len(code) == 5):
            raise forms.ValidationError("Écrivez un code postal de cinq chiffres.")
        if code.startswith(("00", "98", "99")):
            raise forms.ValidationError(
                "Cette adresse n'est dans le département d'aucune Caf. Si vous quittez la France, écrivez à votre Caf."
            )
        return code

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        exiger_des_lettres(self, "commune")
        return lus

    def plan(self) -> Plan:
        lu, jour = self.cleaned_data, self.cleaned_data["depuis"]
        faits = [
            FaitDit(nature, rang, jour)
            for nature, rang in (
                ("statut_occupation_logement", _rang("statut_occupation_logement", lu["logement"])),
                ("residence", _rang("residence", residence(lu["code_postal"]))),
            )
            if self.connu.valeur(nature, jour) != rang
        ]
        code, nom = self.connu.caisses.get(departement(lu["code_postal"]), ("", ""))
        suite, objet = TOUT_DE_SUITE, ""
        if code != self.connu.dossier.organisme_id:
            autre = nom or f"la Caf du département {departement(lu['code_postal'])}"
            objet = "Dossier à transférer : déménagement dans un autre département"
            suite = (
                f"Votre nouvelle adresse est enregistrée dès l'envoi. Elle relève d'une autre caisse : {autre}. Un "
                "agent de votre Caf actuelle organise le transfert et vous répond avant le "
                f"{jour_fr(echeance_d_un_agent(self.connu.jour))}. D'ici là, elle continue à vous payer."
            )
        if self.connu.valeur("date_demande_logement", jour) is not None:
            # Another dwelling waits for its own claim (CCH R823-10).
            faits.append(FaitDit("date_entree_logement", (jour - dt.date(1970, 1, 1)).days, jour))
            suite = f"{suite} {NOUVEAU_LOGEMENT}"
        return Plan(
            self.titre, jour, f"Vous avez déclaré un déménagement le {jour_fr(jour)}.", suite,
            Etapes(faits=tuple(faits)), objet=objet,
            adresse=NouvelleAdresse(lu["lignes"], lu["code_postal"], lu["commune"]),
        )  # fmt: skip


def _choix(nature: str) -> list[tuple[str, str]]:
    return list(zip(NATURES[nature].valeurs, NATURES[nature].libelles_valeurs, strict=True))


def _rang(nature: str, valeur: str) -> int:
    return NATURES[nature].valeurs.index(valeur)


class Separation(FormulaireChangement):
    titre = "Séparation"
    question = "Depuis quand ne vivez-vous plus ensemble ?"

    def composer(self) -> None:
        for rang, sejour in enumerate(self.connu.enfants(self.connu.jour)):
            self.fields[f"e{rang}"] = Choix(
                f"Où vit {prenom(sejour.personne)} maintenant ?",
                [("reste", "Avec vous"), ("alternee", "Chez ses deux parents, en résidence alternée"),
                 ("part", "Avec son autre parent")],
                initial="alternee" if sejour.garde_alternee else None,
            )  # fmt: skip

    @property
    def sans_objet(self) -> str:
        connu = self.connu.conjoint_attendu or any(s.role == Qualite.CONJOINT for s in self.connu.sejours)
        return "" if connu else "Votre dossier ne connaît pas de conjoint ni de conjointe."

    @property
    def rappel(self) -> list[tuple[str, str]]:
        conjoint = self.connu.conjoint(self.connu.jour)
        return [] if conjoint is None else [("Conjoint ou conjointe connu de la Caf", prenom(conjoint))]

    def clean_depuis(self) -> dt.date | None:
        depuis = super().clean_depuis()
        if depuis is not None and self.connu.conjoint(depuis) is None:
            if attente := self.connu.conjoint_attendu:
                raise forms.ValidationError(
                    f"Votre vie en couple (récépissé n° {attente}) attend encore un agent : écrivez-lui depuis "
                    "« Messages » que vous vous êtes séparés."
                )
            raise forms.ValidationError("À cette date, votre dossier ne connaît pas de conjoint ni de conjointe.")
        return depuis

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        depuis = lus.get("depuis")
        for rang, sejour in enumerate(self.connu.enfants(self.connu.jour)):
            if depuis and lus.get(f"e{rang}") != "reste" and sejour.valide.lower > depuis:
                self.add_error(
                    f"e{rang}", f"{prenom(sejour.personne)} est dans votre foyer depuis le "
                    f"{jour_fr(sejour.valide.lower)}, après la séparation : déclarez son départ à part.",
                )  # fmt: skip
        return lus

    def plan(self) -> Plan:
        jour = self.cleaned_data["depuis"]
        conjoint = self.connu.conjoint(jour)
        assert conjoint is not None
        departs, sejours, restent = [Depart(conjoint.pk, jour)], [], 0
        for rang, sejour in enumerate(self.connu.enfants(self.connu.jour)):
            ou = self.cleaned_data[f"e{rang}"]
            restent += ou != "part"
            if ou == "part":
                departs.append(Depart(sejour.personne_id, jour))
            elif sejour.garde_alternee != (ou == "alternee"):
                sejours.append(Sejour(sejour.personne_id, max(jour, sejour.valide.lower), ou == "alternee"))
        seul = (FaitDit("rsa_isolement_recent", 1, jour, decaler(jour, MOIS_D_ISOLEMENT)),) if restent else ()
        return Plan(
            self.titre, jour, f"Vous avez déclaré une séparation le {jour_fr(jour)}.", TOUT_DE_SUITE,
            Etapes(tuple(departs), tuple(sejours), seul),
        )  # fmt: skip


class Naissance(FormulaireChangement):
    titre = "Naissance ou adoption"
    question = "Date de son arrivée chez vous (adoption seulement)"

    def composer(self) -> None:
        depuis = self.fields.pop("depuis")
        depuis.required = False
        self.fields |= {
            "evenement": Choix(
                "Que déclarez-vous ?", [("naissance", "Une naissance"), ("adoption", "Une adoption")], en_ligne=True
            ),
            "prenoms": texte("Prénoms de l'enfant", 160, "Écrivez les prénoms."),
            "nom_naissance": texte(
                "Nom de naissance de l'enfant", 120, "Écrivez le nom de naissance.", valeur=self.connu.moi.nom_naissance
            ),
            "naissance": ChampDate(label="Date de naissance de l'enfant", help_text=FORMAT, future=False),
            "depuis": depuis,
            "garde": Choix(
                "Où vit l'enfant ?",
                [("non", "Toujours chez vous"), ("oui", "Chez ses deux parents, en résidence alternée")],
            ),
        }

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        exiger_des_lettres(self, "prenoms", "nom_naissance")
        naissance, depuis, ouvert = lus.get("naissance"), lus.get("depuis"), self.connu.dossier.ouvert_le
        if lus.get("evenement") == "naissance":
            if naissance and naissance < ouvert:
                self.add_error(
                    "naissance", f"Votre dossier est ouvert depuis le {jour_fr(ouvert)} : pour un enfant né avant, "
                    "déclarez qu'il vient vivre chez vous.",
                )  # fmt: skip
            lus["depuis"] = naissance
        elif lus.get("evenement") == "adoption" and "depuis" not in self.errors:
            if depuis is None:
                self.add_error("depuis", "Écrivez la date de son arrivée chez vous.")
            elif naissance and depuis < naissance:
                self.add_error("depuis", "L'arrivée vient après la naissance : vérifiez les deux dates.")
        if naissance and lus.get("prenoms"):
            refuser_un_enfant_connu(self, lus["prenoms"], naissance)
        return lus

    def plan(self) -> Plan:
        lu, jour = self.cleaned_data, self.cleaned_data["depuis"]
        faits = [FaitDit("enceinte", 0, jour, None, qui.pk) for qui in self._enceintes(jour)]
        if lu["evenement"] == "adoption":
            jours = (jour - dt.date(1970, 1, 1)).days
            faits += [FaitDit("adoption", 1, jour, None, 0), FaitDit("date_adoption", jours, jour, None, 0)]
        arrivee = Arrivee(
            lu["prenoms"], lu["nom_naissance"], lu["naissance"], Qualite.ENFANT, jour, lu["garde"] == "oui"
        )  # fmt: skip
        quoi = "une adoption" if lu["evenement"] == "adoption" else "une naissance"
        return attendre_un_agent(
            self.connu, arrivee, tuple(faits), titre="Adoption" if quoi == "une adoption" else "Naissance",
            piece="acte_enfant", cause=f"Vous avez déclaré {quoi} le {jour_fr(jour)}.",
        )  # fmt: skip

    def sans_question(self) -> frozenset[str]:
        return frozenset({"depuis"} if self.cleaned_data["evenement"] == "naissance" else ())

    def _enceintes(self, jour: dt.date) -> list[Any]:
        adultes = [self.connu.moi, *([c] if (c := self.connu.conjoint(jour)) else [])]
        return [a for a in adultes if self.connu.valeur("enceinte", jour, a.pk) == 1]


def refuser_un_enfant_connu(formulaire: FormulaireChangement, prenoms: str, naissance: dt.date) -> None:
    """Declared already, or in the file already."""
    dit = normaliser(prenoms).split()[:1]
    for sejour in formulaire.connu.sejours:
        p = sejour.personne
        if p.date_naissance == naissance and normaliser(p.prenoms).split()[:1] == dit:
            formulaire.add_error("prenoms", f"{prenom(p)}, né(e) ce jour-là, est déjà dans votre dossier.")
            return
    for numero, etapes in formulaire.connu.attentes:
        a = etapes.arrivee
        if a is not None and a.naissance == naissance and normaliser(a.prenoms).split()[:1] == dit:
            formulaire.add_error(
                "prenoms", f"Vous avez déjà déclaré cet enfant (récépissé n° {numero}) : un agent le vérifie."
            )
            return


def attendre_un_agent(
    connu: Connu, arrivee: Arrivee, faits: tuple[FaitDit, ...], *, titre: str, piece: str, cause: str
) -> Plan:
    """Somebody whom nobody knows yet: an agent looks at their civil status before the household changes."""
    qui = arrivee.prenoms.split()[0]
    suite = (
        f"Vous : envoyez le document demandé ({PIECES[piece].libelle.lower()}) avant le "
        f"{jour_fr(echeance_d_une_piece(connu.jour))}. Ensuite, un agent de votre Caf le vérifie et enregistre {qui} "
        "dans votre dossier : il vous répond dans les trente jours. Vos droits seront calculés depuis le "
        f"{jour_fr(arrivee.depuis)}."
    )
    return Plan(
        titre, arrivee.depuis, cause, suite, a_verifier=Etapes(faits=faits, arrivee=arrivee),
        objet=f"{titre} : identité à vérifier, puis à enregistrer", piece=piece,
    )  # fmt: skip
