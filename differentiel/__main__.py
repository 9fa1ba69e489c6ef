"""`python -m differentiel`: see `comparer`."""

import sys

from .comparer import main

sys.exit(main())
