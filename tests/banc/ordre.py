"""Long tests begin first, shared between the workers: begun last, one would run alone after all the others."""

from itertools import islice

import pytest


@pytest.hookimpl(trylast=True)  # after the shuffle, which both keep
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ouvriers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    longs = [item for item in items if item.get_closest_marker("long")]
    autres = iter([item for item in items if not item.get_closest_marker("long")])
    taille = len(items) // ouvriers  # what `--dist worksteal` gives each one at the beginning
    siens = [longs[rang::ouvriers] for rang in range(ouvriers)]
    ranges = [item for part in siens for item in (*part, *islice(autres, max(0, taille - len(part))))]
    items[:] = [*ranges, *autres]
