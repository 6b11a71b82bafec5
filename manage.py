#!/usr/bin/env python3
"""Hiwar's one command: installs what it needs on the first call, then does what it is told.

python3 manage.py up        start the archive
python3 manage.py test      run all tests
python3 manage.py help      everything else
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python must be told so, not fail on syntax
    sys.exit("Hiwar needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

from archive.bootstrap import run

if __name__ == "__main__":
    run(sys.argv)
