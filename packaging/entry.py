"""What both executables start: ``python -m postal_desk``."""

import sys

from postal_desk.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
