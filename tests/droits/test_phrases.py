"""The words: what a worried person reads on a phone, of any household and any month."""

import itertools
import re

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import liquider
from limpide.droits.comparaison import comparer
from limpide.droits.explication import raconter
from limpide.droits.hasard import Tirage, tirer
from limpide.droits.situation import Situation
from tests.droits.foyers import famille, situation

INTERDITS = re.compile(
    r"\(s\)|\(e\)"
    r"|\b[Dd]e (août|avril|octobre)\b|\b[Dd]e les?\b|\bà les?\b"
    r"|[Cc]ette personne|[Cc]et enfant"
    r"|  |[^\s]\s\s"
    r"|\b[a-z]+_[a-z_]+\b|\bnan\b|[{}]|None|True|False"
    r"|\d\.\d"  # a point in a figure
    r"|(?<!\u00a0)[€%»]|(?<!\u00a0):|«(?!\u00a0)"  # a sign that a line could begin or end with
    r"|\b0 enfant|\b1 [a-zé]+s\b|\.\.|\s\."
)
MOUVANTS = Tirage(mouvements=0.1, trimestres=True, negatifs=True, etats_libres=True, inconnues=0.1)


def lisible(texte: str) -> str:
    faute = INTERDITS.search(texte)
    assert faute is None, f"« {faute and faute.group()} » : {texte}"
    return texte


def phrases(details):
    for phrase in details:
        yield phrase.texte
        yield from phrases(phrase.details)


def foyers_tires(mois: str, nombre: int, graine: int) -> list[Situation]:
    foyers, personnes = tirer(nombre, graine, mois, MOUVANTS)
    return [
        Situation(mois, foyers[i : i + 1], personnes[foyer["debut"] : foyer["fin"]]) for i, foyer in enumerate(foyers)
    ]


def tout(situation_: Situation, droit: str) -> str:
    recit = raconter(liquider(situation_)[droit])
    return "\n".join([recit.conclusion, *phrases(recit.phrases)]).replace("\u00a0", " ").replace("\u202f", " ")


def mouvements(avant: Situation, apres: Situation, droit: str) -> list[str]:
    liste = comparer(liquider(avant)[droit], liquider(apres)[droit])
    return [m.texte.replace("\u00a0", " ").replace("\u202f", " ") for m in liste]


@pytest.mark.parametrize("mois", mois_couverts())
def test_every_sentence_reads_well_for_any_household(mois):
    for rang, cas in enumerate(foyers_tires(mois, 8, int(mois.replace("-", "")))):
        for resultat in liquider(cas).values():
            recit = raconter(resultat)
            for texte in (recit.conclusion, *phrases(recit.phrases)):
                assert lisible(texte).endswith("."), (rang, texte)


@pytest.mark.parametrize("mois", ["2020-03", "2024-11", "2026-11"])
def test_every_change_reads_well_between_any_two_households(mois):
    cas = foyers_tires(mois, 60, 12)
    for avant, apres in itertools.pairwise(cas):
        anciens, nouveaux = liquider(avant), liquider(apres)
        for droit, resultat in nouveaux.items():
            for mouvement in comparer(anciens[droit], resultat):
                lisible(mouvement.texte)


def test_an_addition_can_be_followed_to_the_cent_or_says_it_is_rounded():
    suivies = 0
    for cas in foyers_tires("2026-11", 150, 5):
        for resultat in liquider(cas).values():
            for texte in phrases(raconter(resultat).phrases):
                calcul = re.match(r"Pour \S+ \d+, le calcul donne [^:]+: (.*) = (.*?)( \(arrondi.*)?\.$", texte)
                if calcul:
                    gauche = re.findall(r"(− |\+ )?([\d\u202f]+,\d\d)\u00a0€", calcul[1])
                    centimes = [int(m.replace("\u202f", "").replace(",", "")) for _, m in gauche]
                    somme = sum(-c if s == "− " else c for (s, _), c in zip(gauche, centimes, strict=True))
                    total = int(re.sub(r"\D", "", calcul[2]))
                    assert abs(somme - total) <= 2, texte
                    assert (somme == total) is (calcul[3] is None), texte
                    suivies += 1
    assert suivies > 50


def test_a_couple_says_you_and_your_partner():
    donnees = famille()
    donnees["personnes"].insert(
        1, {"role": "conjoint", "date_naissance": "1991-09-30", "nationalite": "francaise", "salaire_net": 700.0}
    )
    texte = tout(Situation.depuis_dict(donnees), "rsa")
    assert "Vos revenus du travail comptent pour 800,00 € par mois en moyenne." in texte
    assert "Les revenus du travail de votre conjoint comptent pour 700,00 € par mois en moyenne." in texte


def test_a_refused_rsa_says_by_how_much_month_by_month():
    texte = tout(situation(p0__salaire_net=4000.0), "rsa")
    for mois in ("juillet", "août", "septembre"):
        assert (
            f"Pour {mois} 2026, vos ressources (4 000,00 €) dépassent de 2 826,96 € le montant forfaitaire"
            " de votre foyer (1 173,04 €)." in texte
        )
    assert "ne dépasse pas" not in texte


def test_family_allowances_say_their_rate_bracket_and_each_child():
    donnees = famille()
    for naissance in ("2010-01-15", "2013-05-02"):
        donnees["personnes"].append({"role": "enfant", "date_naissance": naissance})
    donnees["personnes"][-1]["garde_alternee"] = True
    texte = tout(Situation.depuis_dict(donnees), "af")
    assert "32 % pour les deux premiers, plus 2 × 41 %, soit 114 % de la base mensuelle (478,16 €)." in texte
    assert "vos revenus d'il y a deux ans (20 000,00 €) ne dépassent pas le premier plafond" in texte
    assert (
        "Votre enfant né en 2010 a plus de 14 ans et ouvre droit à une majoration de 76,51 € : 16 % de la base" in texte
    )
    assert "Votre enfant né en 2010 a eu 14 ans avant mars 2026" in texte
    assert "Votre enfant né en 2013 n'ouvre pas encore droit à la majoration pour âge" in texte
    assert "Votre foyer reçoit 87,5 % du montant : 1 de vos 4 enfants est en résidence alternée" in texte


def test_a_new_quarter_is_said_with_its_months_and_the_cause():
    avant = situation("2026-10", foyer__rang_trimestre=2, p0__salaire_net=[523.02] * 3 + [588.53] * 4)
    apres = situation("2026-11", foyer__rang_trimestre=0, p0__salaire_net=[523.02] * 2 + [588.53] * 5)
    assert mouvements(avant, apres, "rsa") == [
        "Votre RSA passe de 303,46 € à 237,95 €, parce que vos ressources moyennes passent de 523,02 € à 588,53 €.",
        (
            "Un nouveau trimestre commence : les mois pris en compte sont juillet, août et septembre 2026"
            " (avant : avril, mai et juin 2026)."
        ),
        (
            "Salaire net (vous) : 588,53 € en juillet, août et septembre 2026, au lieu de 523,02 € en avril, mai et"
            " juin 2026."
        ),
        "Vos revenus du travail comptent pour 588,53 € par mois en moyenne, au lieu de 523,02 €.",
    ]


def test_no_cause_is_guessed_when_nothing_weighs_more_than_half():
    avant = situation(p0__salaire_net=300.0)
    apres = situation(p0__salaire_net=300.0, foyer__residence="hors_de_france")
    assert "parce que" not in mouvements(avant, apres, "rsa")[0]


def test_twins_are_told_apart():
    donnees = famille()
    donnees["personnes"][2]["date_naissance"] = donnees["personnes"][1]["date_naissance"] = "2007-01-20"
    donnees["personnes"].append({"role": "enfant", "date_naissance": "2012-02-01"})
    texte = tout(Situation.depuis_dict(donnees), "af")
    assert "né le 20 janvier 2007 (1er de vos enfants)" in texte
    assert "né le 20 janvier 2007 (2e de vos enfants)" in texte
    assert "né en 2012" in texte
