"""Write the data file of the learned ear, and say what it was learned from."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from ear_learning import HEARS, Learned

from kindline.coach.weights import MAGIC, MOST_ADDED, marks_of

ROOT = Path(__file__).parents[1]
MADE_FROM = (
    "benchmarks/corpus/en/ear/*.*", "tools/*ear*.py", "src/kindline/coach/traits.py",
)  # fmt: skip
LARGEST = 127
SLIGHT = 7  # of LARGEST: a trait that nowhere weighs more tells next to nothing, and the file stays small
LARGEST_SUM = 32_767


def digest(root: Path = ROOT) -> str:
    """Return what corpus, script and traits come to; a change of any of them asks for new weights."""
    found = sha256()
    for pattern in MADE_FROM:
        for file in sorted(root.glob(pattern)):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def write(file: Path, learned: Learned, limits: dict[str, float]) -> None:
    """Write weights as signed bytes, each thing heard with a scale of its own; the same input gives the same bytes."""
    scales = np.maximum(np.abs(learned.weights).max(axis=0), 1e-6) / LARGEST
    rows = np.rint(learned.weights / scales).astype(np.int8)
    marks = np.array(marks_of(list(learned.vocabulary)), dtype="<u4")
    order = np.argsort(marks, kind="stable")
    some = np.abs(rows[order].astype(int)).max(axis=1) > SLIGHT
    order = order[some]
    heaviest = np.sort(np.abs(rows.astype(int)), axis=0)[-MOST_ADDED:].sum(axis=0)
    if heaviest.max() > LARGEST_SUM:
        raise ValueError(f"{HEARS[heaviest.argmax()]}: the heaviest traits together do not fit into a lane")
    about: dict[str, Any] = {
        "kind": MAGIC,
        "hears": HEARS,
        "traits": len(order),
        "limits": limits,
        "made-from": digest(),
        "scales": [float(f"{scale:.6g}") for scale in scales],
        "biases": [float(f"{bias:.6g}") for bias in learned.biases],
    }
    file.write_bytes(json.dumps(about).encode() + b"\n" + marks[order].tobytes() + rows[order].tobytes())
