"""`python -m mutations`: see `commande`."""

import sys

from .commande import main

sys.exit(main())
