"""``python -m report`` builds the HTML report; with a word after it, what the word says."""

import sys
from importlib import import_module

MODULES = {"site": "report.site", "refresh": "report.refresh", "brief": "report.single", "pdf": "report.pdf"}

if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "site"
    if command not in MODULES:
        sys.exit(f"unknown command {command!r}; there are: {', '.join(MODULES)}")
    import_module(MODULES[command]).main()
