"""``python -m report`` builds the HTML report; with a word after it, what the word says."""

import sys
from importlib import import_module

COMMANDS = {
    "site": ("report.site", "main"),
    "refresh": ("report.refresh", "main"),
    "brief": ("report.single", "main"),
    "pdf": ("report.pdf", "main"),
    "exercises": ("report.exercises", "main"),
    "grade": ("report.exercises", "grade"),
}

if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "site"
    if command not in COMMANDS:
        sys.exit(f"unknown command {command!r}; there are: {', '.join(COMMANDS)}")
    module, function = COMMANDS[command]
    getattr(import_module(module), function)()
