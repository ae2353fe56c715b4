"""`python -m toolkit.cli` is the command `toolkit`."""

import sys

from toolkit.cli import main

sys.exit(main())
