"""The naive n-gram program: a dict from prefix strings to counts, for every prefix of 0 to n-1 words in its sentence.

usage: python3 naive_ngram.py CORPUS N [QUERIES]   -> one JSON line with seconds, peak RSS and answers
"""
import json
import resource
import sys
import time
from collections import defaultdict


def train(sentences, n):
    table = defaultdict(lambda: defaultdict(int))
    for sentence in sentences:
        length = len(sentence)
        for begin in range(length):
            prefix = ""
            for offset in range(n):
                if begin + offset >= length:
                    continue
                token = sentence[begin + offset]
                table[prefix][token] += 1
                prefix += (" " if prefix else "") + token
    for prefix, counts in table.items():
        table[prefix] = sorted(counts.items(), key=lambda item: item[1], reverse=True)
    return table


def longest(table, context):
    for begin in range(len(context) + 1):
        found = table.get(" ".join(context[begin:]))
        if found is not None:
            return found
    return []


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        sentences = [line.split() for line in file if line.strip()]
    n = int(sys.argv[2])
    start, cpu = time.perf_counter(), time.process_time()
    table = train(sentences, n)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    answers = []
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8") as file:
            queries = [line.split() for line in file]
        start = time.perf_counter()
        found = [longest(table, query)[:10] for query in queries]
        micros = (time.perf_counter() - start) / len(queries) * 1e6
        answers = [sum(count for _, count in own) for own in found]
    else:
        micros = 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mib": peak, "query_us": micros, "answers": answers, "prefixes": len(table)}))


main()
