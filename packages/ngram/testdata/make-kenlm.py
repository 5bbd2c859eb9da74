"""Runs KenLM (github.com/kpu/kenlm, commit 4cb443e) over kenlm-train.txt and stores what it says in kenlm.json.

lmplz -o ORDER --discount_fallback < kenlm-train.txt > ORDER.arpa
query -v sentence (and -v summary) ORDER.arpa < kenlm-test.txt

usage: python3 make-kenlm.py FOLDER_WITH_LMPLZ_AND_QUERY
"""
import json
import os
import re
import subprocess
import sys
import tempfile

tools = sys.argv[1]
here = os.path.dirname(os.path.abspath(__file__))
train = open(os.path.join(here, "kenlm-train.txt"), "rb").read()
test = open(os.path.join(here, "kenlm-test.txt"), "rb").read()
models = []
for order in (2, 3, 5):
    built = subprocess.run([os.path.join(tools, "lmplz"), "-o", str(order), "-S", "200M", "--discount_fallback"],
                           input=train, capture_output=True, check=True)
    log = built.stderr.decode()
    rows = re.findall(r"^(\d) (\d+) D1=(\S+) D2=(\S+) D3\+=(\S+)", log, re.M)
    arpa = os.path.join(tempfile.mkdtemp(), "model.arpa")
    open(arpa, "wb").write(built.stdout)
    answer = subprocess.run([os.path.join(tools, "query"), "-v", "sentence", "-v", "summary", arpa], input=test, capture_output=True, check=True).stdout.decode()
    number = lambda name: float(re.search("^" + name + r":\s*(\S+)", answer, re.M).group(1))
    entries = [line.split("\t") for line in built.stdout.decode().split("\n") if re.match(r"^-?\d", line)]
    models.append({
        "order": order,
        "counts": [int(count) for _, count, *_ in rows],
        "discounts": [[float(d) for d in own] for _, _, *own in rows],
        "fallback_orders": [int(i) + 1 for i in re.findall(r"fallback discounts for order (\d)", log)],
        "perplexity": number("Perplexity including OOVs"),
        "perplexity_without_unknown": number("Perplexity excluding OOVs"),
        "oov": number("OOVs"),
        "tokens": number("Tokens"),
        "sentence_log10": [float(x) for x in re.findall(r"Total: (\S+)", answer)],
        "ngrams": [[float(p), words, float(rest[0]) if rest else None] for p, words, *rest in entries][::7],
    })
    if order == 3:
        open(os.path.join(here, "kenlm-3.arpa"), "wb").write(built.stdout)
json.dump({"command": __doc__.strip(), "models": models}, open(os.path.join(here, "kenlm.json"), "w"), indent=1)
