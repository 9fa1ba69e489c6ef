"""Several processes want the same compiled rules at once: one compiles them, whatever becomes of it."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from limpide.droits.moteur.verrou import verrou

COMPILER = """
import sys
import numpy as np
from limpide.droits.moteur.compilation import charger_noyau
from tests.droits.moteur.essai import DROIT
from tests.droits.moteur.test_compilation import BAREME, FORMES, lot
print("prêt", flush=True)
noyau = charger_noyau([DROIT], "essai" * 8, FORMES)
foyers, personnes = lot()
droits = np.zeros(3, FORMES["DROITS"])
b = np.zeros(7, BAREME)
b["mois"], b["debut_mois"] = 202603, 20000
noyau(foyers, personnes, b, droits, 0, 3)
(module,) = [module for nom, module in sys.modules.items() if nom.startswith("limpide_noyau_essai")]
comptes = module.liquider.stats
print(droits["essai_centimes"].tolist(), sum(comptes.cache_misses.values()), sum(comptes.cache_hits.values()))
"""

TENIR = """
import sys, time
from pathlib import Path
from limpide.droits.moteur.verrou import verrou
with verrou(Path(sys.argv[1])):
    print("tenu", flush=True)
    time.sleep(600)
"""


def lancer(programme, *arguments, **milieu):
    return subprocess.Popen(
        [sys.executable, "-c", programme, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **milieu},
    )


def test_two_processes_that_start_together_compile_once(tmp_path):
    with ExitStack() as fin:
        tous = [fin.enter_context(lancer(COMPILER, LIMPIDE_CACHE=str(tmp_path))) for _ in range(2)]
        assert [processus.stdout.readline() for processus in tous] == ["prêt\n"] * 2
        dits = sorted(processus.communicate(timeout=600)[0] for processus in tous)
    assert dits == ["[15000, 0, 0] 0 1\n", "[15000, 0, 0] 1 0\n"]


def test_a_killed_holder_keeps_nobody_waiting(tmp_path):
    with lancer(TENIR, tmp_path / "verrou") as porteur:
        assert porteur.stdout.readline() == "tenu\n"
        with lancer(TENIR, tmp_path / "verrou") as suivant:
            porteur.send_signal(signal.SIGKILL)
            assert suivant.stdout.readline() == "tenu\n"
            suivant.kill()


def test_a_folder_that_does_not_exist_keeps_nobody_waiting(tmp_path):
    with verrou(tmp_path / "nulle" / "part"):
        assert list(tmp_path.iterdir()) == []
