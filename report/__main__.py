"""``python -m report`` builds the HTML report; ``python -m report refresh`` renews what is stored."""

import sys

from report import refresh, site

if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "site"
    if command not in ("site", "refresh"):
        sys.exit(f"unknown command {command!r}; there are: site, refresh")
    refresh.main() if command == "refresh" else site.main()
