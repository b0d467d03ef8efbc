"""``python -m shouhou.cli``, for where the console script is not installed."""

import sys

from shouhou.cli import main

sys.exit(main())
