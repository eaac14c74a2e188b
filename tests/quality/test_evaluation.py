"""`migkg evaluate` against the reference scorer beside the project: the same figures to the third digit."""

import json
import re
import subprocess
import sys
from pathlib import Path

from migkg.evaluate import evaluate_folders
from migkg.extract import extract_document
from migkg.sources import parse_document, read_source


def test_figures_agree_with_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold" / "dev"
    lines = []
    for path in sorted(gold.glob("*.json")):
        source = path.parent / json.loads(path.read_text(encoding="utf-8"))["document"]["file"]
        lines.append(json.dumps(extract_document(parse_document(read_source(str(source)))).to_json()))
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(predicted), "--by", "predicate"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores = evaluate_folders([gold])
    wanted = {"entities": scores.entities, "relations": scores.relations}
    wanted |= {f"relations, {k.split()[1]}": v for k, v in scores.parts.items() if k.startswith("predicate")}
    figures = re.findall(r"^(.+?)\s+P (\S+)\s+R (\S+)\s+F1 (\S+)", said, re.MULTILINE)
    assert len(figures) == len(wanted)
    for name, *values in figures:
        counts = wanted[name.strip()]
        assert values == [f"{v:.3f}" for v in (counts.precision, counts.recall, counts.f1)], name
    shares = dict(re.findall(r"^(exact type|event start|amounts)\D+(\d\.\d{3})", said, re.MULTILINE))
    for name, key in (("exact type", "exact type"), ("event start", "event start"), ("amounts", "amount")):
        if name in shares:
            assert shares[name] == f"{scores.shares[key].precision:.3f}"
