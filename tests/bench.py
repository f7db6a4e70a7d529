"""Time the loader at 1, 10 and 100 times today's rows: ``make bench``. No test, for machines differ."""

from __future__ import annotations

import csv
import shutil
import tempfile
import time
from pathlib import Path

from helpers import load_tables
from report.execute import ROOT

# Tables that grow by copies under new identifiers; the others stay as they are.
GROWING = ("agreements", "talks", "exercises", "transfers", "milestones", "exercise_counts", "claims")


def grow(folder: Path, times: int) -> int:
    """Repeat the rows of the growing tables; return the number of rows in all."""
    for name in GROWING:
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        column = header.index("id")
        copies = [[f"{cell}-copy{i}" if i and k == column else cell for k, cell in enumerate(row)]
                  for i in range(times) for row in rows]  # fmt: skip
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *copies])
    tables = load_tables(folder)
    return sum(len(tables[name]) for name in tables)


def main() -> None:
    """Print rows, best of three seconds, and microseconds per row."""
    load_tables()
    for times in (1, 10, 100):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(shutil.copytree(ROOT / "data", Path(temporary) / "data"))
            rows = grow(folder, times)
            spent = []
            for _ in range(3):
                begin = time.perf_counter()
                load_tables(folder)
                spent.append(time.perf_counter() - begin)
            print(f"x {times:<4}{rows:>9,} rows {min(spent):8.2f} s {1e6 * min(spent) / rows:8.1f} us per row")


if __name__ == "__main__":
    main()
