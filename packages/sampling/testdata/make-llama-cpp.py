"""Records what llama.cpp's own samplers answer, by calling its library on fixed rows.

    npm pack @node-llama-cpp/linux-x64@3.22.1 && tar xf node-llama-cpp-linux-x64-3.22.1.tgz
    python3 make-llama-cpp.py package/bins/linux-x64 [SmolLM2-135M-Instruct.gguf]

Needs Python alone. Writes llama-cpp.json (and, given the model, llama-cpp-dry-text.json) beside itself.

A row of more than 64 scores is base64 of little-endian float32. `kept` are the ids that are left, ascending;
absent: all that were candidates. `scores`: pairs [id, score] where the sampler changes scores; every 20th of
more than 64; of penalties, those that changed (the others did not). `boundary`: a decision is nearer to its
limit than float32 sums can tell, relative 2e-5. `tie`: equal scores straddle the cut, so which ids stay is
left to std::sort. `overflow`: mirostat's k is beyond int, where C++ leaves the cast undefined.
"""

import base64, ctypes, json, math, os, random, struct, sys
from ctypes import POINTER, Structure, byref, c_bool, c_char_p, c_float, c_int32, c_int64, c_size_t, c_uint32, c_void_p

libraries, *models = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
build = json.load(open(os.path.join(libraries, "_nlcBuildMetadata.json")))
version = build["buildOptions"]["llamaCpp"]["release"]
ctypes.CDLL(os.path.join(libraries, "libggml-base.so"), mode=ctypes.RTLD_GLOBAL)
llama = ctypes.CDLL(os.path.join(libraries, f"libllama.{version}.so"))


class TokenData(Structure):
    _fields_ = [("id", c_int32), ("logit", c_float), ("p", c_float)]


class TokenDataArray(Structure):
    _fields_ = [("data", POINTER(TokenData)), ("size", c_size_t), ("selected", c_int64), ("sorted", c_bool)]


class Sampler(Structure):
    _fields_ = [("iface", c_void_p), ("ctx", c_void_p)]


class Vector(Structure):
    """std::vector<T> of libstdc++: begin, end, end of storage."""
    _fields_ = [("begin", c_void_p), ("end", c_void_p), ("capacity", c_void_p)]


class LogitBias(Structure):
    _fields_ = [("token", c_int32), ("bias", c_float)]


f, i, u, z = c_float, c_int32, c_uint32, c_size_t
constructors = {
    "dist": [u], "top_k": [i], "top_p": [f, z], "min_p": [f, z], "typical": [f, z], "temp": [f],
    "temp_ext": [f, f, f], "xtc": [f, f, z, u], "top_n_sigma": [f], "mirostat": [i, u, f, f, i],
    "mirostat_v2": [u, f, f], "penalties": [i, i, f, f, f], "adaptive_p": [f, f, u],
    "logit_bias": [i, i, POINTER(LogitBias)], "dry": [c_void_p, f, f, i, i, POINTER(c_char_p), z],
}
for name, arguments in constructors.items():
    function = getattr(llama, "llama_sampler_init_" + name)
    function.argtypes, function.restype = arguments, POINTER(Sampler)
dry_testing = llama._Z30llama_sampler_init_dry_testingffiiRKSt6vectorIS_IiSaIiEESaIS1_EE
dry_testing.argtypes, dry_testing.restype = [f, f, i, i, POINTER(Vector)], POINTER(Sampler)
llama.llama_sampler_accept.argtypes = [POINTER(Sampler), i]
llama.llama_sampler_apply.argtypes = [POINTER(Sampler), POINTER(TokenDataArray)]
llama.llama_sampler_free.argtypes = [POINTER(Sampler)]


def make(name, *arguments):
    return getattr(llama, "llama_sampler_init_" + name)(*arguments)


def f32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def vector_of(kind, items):
    array = (kind * len(items))(*items)
    begin = ctypes.addressof(array)
    end = begin + ctypes.sizeof(array)
    return Vector(begin, end, end), array


def make_dry(multiplier, base, allowed, last, breakers):
    if multiplier == 0:  # the testing entry does not expect this one
        return make("dry", None, multiplier, base, allowed, last, None, 0)
    inner = [vector_of(c_int32, breaker) for breaker in breakers]
    outer, array = vector_of(Vector, [vector for vector, _ in inner])
    result = dry_testing(multiplier, base, allowed, last, byref(outer))
    assert array is not None and inner is not None
    return result


def candidates_of(row):
    data = (TokenData * len(row))(*[TokenData(id, score, 0) for id, score in enumerate(row)])
    return TokenDataArray(data, len(row), -1, False), data


def apply(samplers, row, ids=()):
    """Runs samplers one after the other; returns {id: logit} of what is left above -inf, and the selected id."""
    array, data = candidates_of(row)
    for sampler in samplers:
        for id in ids:
            llama.llama_sampler_accept(sampler, id)
        llama.llama_sampler_apply(sampler, byref(array))
    left = {array.data[k].id: array.data[k].logit for k in range(array.size) if array.data[k].logit > -math.inf}
    selected = array.data[array.selected].id if array.selected >= 0 else None
    return left, selected


# --- rows

generator = random.Random(20)


def normal(size, sigma, shift=0.0):
    return [f32(generator.gauss(shift, sigma)) for _ in range(size)]


def logs(*probabilities):
    return [f32(math.log(p)) for p in probabilities]


rows = {
    "four": logs(0.1, 0.2, 0.3, 0.4),
    "equal": [0.0] * 4,
    "skewed": logs(0.97, 0.01, 0.01, 0.01),
    "one": [1.5],
    "ties": [float(generator.randint(-3, 3)) for _ in range(48)],
    "normal3": normal(300, 3),
    "flat": normal(300, 0.01),
    "peaked": normal(200, 1) + [25.0],
    "heavy": [f32(generator.gauss(0, 1) / math.sqrt(generator.gammavariate(1, 1))) for _ in range(200)],
    "offset": normal(100, 2, 512),
    "wide": normal(1500, 2),
    "neginf": [x if generator.random() < 0.7 else -math.inf for x in normal(200, 3)],
}


def encode(row):
    if len(row) > 64:
        return base64.b64encode(struct.pack(f"<{len(row)}f", *row)).decode()
    return ["-inf" if x == -math.inf else x for x in row]


# --- how near a decision is to its limit, in float64


def probabilities(row):
    top = max(row)
    weights = [math.exp(x - top) for x in row]
    return [w / sum(weights) for w in weights]


def near(value, limit):
    return abs(value - limit) < 2e-5 * max(abs(limit), 1e-9)


def sums_near(order, q, limit):
    total, found = 0.0, False
    for id in order:
        total += q[id]
        found = found or near(total, limit)
    return found


def is_boundary(name, row, p):
    q = probabilities(row)
    finite = [x for x in row if x > -math.inf]
    if name == "top_p":
        return sums_near(sorted(range(len(row)), key=lambda id: -q[id]), q, p)
    if name == "min_p":
        return any(near(x, p * max(q)) for x in q)
    if name == "typical":
        entropy = -sum(x * math.log(x) for x in q if x > 0)
        shifted = [abs(-math.log(x) - entropy) if x > 0 else math.inf for x in q]
        order = sorted(range(len(row)), key=lambda id: shifted[id])
        distances = sorted(shifted)
        close = any(0 < b - a < 2e-6 for a, b in zip(distances, distances[1:]))
        return close or sums_near(order, q, p)
    if name == "top_n_sigma":
        mean = sum(finite) / len(finite)
        sigma = math.sqrt(sum((x - mean) ** 2 for x in finite) / len(finite))
        limit = max(finite) - p * sigma
        return any(abs(x - limit) < 2e-5 * max(abs(limit), sigma) for x in finite)
    if name == "xtc":
        return any(near(x, p) for x in q)
    return False


cases = []


def scores_of(left, source, only_changed=False):
    if only_changed:
        return [[id, left[id]] for id in sorted(left) if left[id] != source[id]]
    kept = sorted(left)
    return [[id, left[id]] for id in kept[:: 20 if len(kept) > 64 else 1]]


def kept_of(left, source):
    return {} if len(left) == sum(x > -math.inf for x in source) else {"kept": sorted(left)}


def record(sampler, parameters, row, left, *, ids=None, with_scores=False, boundary=False):
    kept = sorted(left)
    source = rows[row]
    dropped = {source[id] for id in range(len(source)) if id not in left}
    case = {"sampler": sampler, "parameters": parameters, "row": row}
    if ids is not None:
        case["ids"] = ids
    case.update(kept_of(left, source))
    if with_scores:
        case["scores"] = scores_of(left, source, only_changed=ids is not None)
    elif any(source[id] != left[id] for id in kept):
        raise SystemExit(f"{sampler} changed a score of {row}")
    if boundary:
        case["boundary"] = True
    if not with_scores and any(source[id] in dropped for id in kept):
        case["tie"] = True
    cases.append(case)


def filters(name, parameter, values, keeps, skip=()):
    for row in rows:
        if row in skip:
            continue
        for value in values:
            for keep in keeps:
                sampler = make(name, value, *([] if keep is None else [keep]))
                left, _ = apply([sampler], rows[row])
                llama.llama_sampler_free(sampler)
                parameters = {parameter: value} if keep is None else {parameter: value, "min_keep": keep}
                record(name, parameters, row, left, boundary=is_boundary(name, rows[row], value))


filters("top_k", "k", [0, 1, 2, 5, 40, 1000], [None])
filters("top_p", "p", [0.0, 0.3, 0.7, 0.8, 0.95, 1.0], [0, 3])
filters("min_p", "p", [0.0, 0.05, 0.2, 0.5, 1.0], [0, 4])
# With a probability of 0 in float32 llama.cpp's entropy is NaN (0 * -inf), and its order is then undefined.
filters("typical", "p", [0.2, 0.5, 0.9, 0.99, 1.0], [0, 3], skip=["neginf", "heavy", "one"])
filters("top_n_sigma", "n", [-1.0, 0.3, 1.0, 2.0, 3.5], [None], skip=["one"])

for row in rows:
    for threshold in [0.02, 0.1, 0.3, 0.6]:
        for keep in [0, 2] if row == "neginf" else [0, 2, 199]:  # removed ones count as kept there
            sampler = make("xtc", 1.0, threshold, keep, 7)
            left, _ = apply([sampler], rows[row])
            llama.llama_sampler_free(sampler)
            parameters = {"probability": 1.0, "threshold": threshold, "min_keep": keep}
            record("xtc", parameters, row, left, boundary=is_boundary("xtc", rows[row], threshold))

# How often it acts, over 2000 seeds: the outcomes are a set, its source of numbers is its own.
tosses = []
for row, probability, threshold in [("four", 0.3, 0.15), ("skewed", 0.5, 0.005), ("ties", 0.8, 0.02)]:
    outcomes = {}
    for seed in range(2000):
        sampler = make("xtc", probability, threshold, 0, seed)
        left, _ = apply([sampler], rows[row])
        llama.llama_sampler_free(sampler)
        outcomes[tuple(sorted(left))] = outcomes.get(tuple(sorted(left)), 0) + 1
    tosses.append({"row": row, "parameters": {"probability": probability, "threshold": threshold},
                   "outcomes": [{"kept": list(kept), "count": count} for kept, count in sorted(outcomes.items())]})

for row in rows:
    for temperature in [0.0, 0.3, 0.8, 1.0, 2.0]:
        for spread, exponent in [(0.0, 1.0), (0.5, 1.0), (0.5, 2.0), (1.5, 0.5)]:
            if row == "neginf" and spread > 0:
                continue  # candidates at -inf count for the largest entropy there
            sampler = make("temp_ext", temperature, spread, exponent)
            left, _ = apply([sampler], rows[row])
            llama.llama_sampler_free(sampler)
            parameters = {"temp": temperature, "dynatemp_range": spread, "dynatemp_exponent": exponent}
            # Where the largest probability rounds to 1, float32 loses its share of a tiny entropy.
            lost = spread > 0 and 1 - max(probabilities(rows[row])) < 1e-4
            record("temp_ext", parameters, row, left, with_scores=True, boundary=lost)

histories = {
    "none": [],
    "few": [0, 1, 1, 3, 3, 3],
    "long": [generator.randrange(48) for _ in range(150)],
}
for row in ["four", "ties", "normal3", "neginf"]:
    for history, ids in histories.items():
        known = [id for id in ids if id < len(rows[row])]
        for last in [0, 4, 64, 1000]:
            for repeat, freq, present in [(1.3, 0, 0), (0.8, 0, 0), (1, 0.7, 0), (1, 0, 0.4), (1.1, 0.3, 0.2), (1, -0.5, -0.1)]:
                sampler = make("penalties", len(rows[row]), last, repeat, freq, present)
                left, _ = apply([sampler], rows[row], known)
                llama.llama_sampler_free(sampler)
                parameters = {"penalty_last_n": last, "penalty_repeat": repeat, "penalty_freq": freq, "penalty_present": present}
                record("penalties", parameters, row, left, ids=known, with_scores=True)

# --- dry: few distinct ids, so that sequences come back

dry_rows = ["four", "ties"]
for number in range(60):
    row = generator.choice(dry_rows)
    alphabet = generator.choice([2, 3, 4]) if row == "four" else generator.choice([2, 3, 6, 12])
    ids = [generator.randrange(alphabet) for _ in range(generator.choice([1, 3, 8, 20, 60, 150]))]
    if number % 5 == 0:
        ids = ids[:20] * 4
    breakers = generator.choice([[], [[0]], [[1], [2]], [[1, 2]], [[0, 1], [0, 1, 1], [2]], [[3, 3, 0]]])
    arguments = (
        generator.choice([0.0, 0.8, 1.5, 4.0]),
        generator.choice([1.0, 1.1, 1.75, 3.0]),
        generator.choice([0, 1, 2, 4]),
        generator.choice([1, 10, 64, 1000]),
    )
    sampler = make_dry(*arguments, breakers)
    left, _ = apply([sampler], rows[row], ids)
    llama.llama_sampler_free(sampler)
    parameters = dict(zip(["dry_multiplier", "dry_base", "dry_allowed_length", "dry_penalty_last_n"], arguments))
    record("dry", {**parameters, "breakers": breakers}, row, left, ids=ids, with_scores=True)

# The exponent is clamped where base^n would leave float32.
ids = [0, 1] * 400
sampler = make_dry(0.5, 1.75, 2, 1000, [])
left, _ = apply([sampler], rows["four"], ids)
record("dry", {"dry_multiplier": 0.5, "dry_base": 1.75, "dry_allowed_length": 2, "dry_penalty_last_n": 1000, "breakers": []},
       "four", left, ids=ids, with_scores=True)

# --- whole chains, in the order of common_sampler_init (common/sampling.cpp)

defaults = dict(
    penalty_last_n=64, penalty_repeat=1.0, penalty_freq=0.0, penalty_present=0.0,
    dry_multiplier=0.0, dry_base=1.75, dry_allowed_length=2, dry_penalty_last_n=64,
    top_n_sigma=-1.0, top_k=40, typ_p=1.0, top_p=0.95, min_p=0.05,
    xtc_probability=0.0, xtc_threshold=0.1, temp=0.8, dynatemp_range=0.0, dynatemp_exponent=1.0, min_keep=0,
)
letters = {
    "e": lambda g, n: make("penalties", n, g["penalty_last_n"], g["penalty_repeat"], g["penalty_freq"], g["penalty_present"]),
    "d": lambda g, n: make_dry(g["dry_multiplier"], g["dry_base"], g["dry_allowed_length"], g["dry_penalty_last_n"], []),
    "s": lambda g, n: make("top_n_sigma", g["top_n_sigma"]),
    "k": lambda g, n: make("top_k", g["top_k"]),
    "y": lambda g, n: make("typical", g["typ_p"], g["min_keep"]),
    "p": lambda g, n: make("top_p", g["top_p"], g["min_keep"]),
    "m": lambda g, n: make("min_p", g["min_p"], g["min_keep"]),
    "x": lambda g, n: make("xtc", g["xtc_probability"], g["xtc_threshold"], g["min_keep"], 1),
    "t": lambda g, n: make("temp_ext", g["temp"], g["dynatemp_range"], g["dynatemp_exponent"]),
}
chains = []
for given in [
    {},
    {"top_k": 0, "top_p": 0.9, "min_p": 0.0},
    {"penalty_repeat": 1.2, "penalty_freq": 0.2, "penalty_present": 0.1},
    {"penalty_repeat": 1.2, "penalty_last_n": 5, "dry_multiplier": 0.8, "temp": 1.3},
    {"top_n_sigma": 1.0, "temp": 1.7},
    {"typ_p": 0.6, "top_k": 100, "min_keep": 3},
    {"xtc_probability": 1.0, "min_p": 0.01, "temp": 0.5},
    {"dynatemp_range": 0.5, "dynatemp_exponent": 1.5, "min_p": 0.02},
    {"samplers": "tkpm", "top_k": 20},
    {"samplers": "mtp", "temp": 1.4, "top_p": 0.8},
    {"samplers": "edxt", "xtc_probability": 1.0, "xtc_threshold": 0.02, "penalty_freq": 0.5},
    {"logit_bias": [[3, 2.5], [0, -1.0]], "top_k": 8, "penalty_present": 0.3},
    {"temp": 0.0, "penalty_repeat": 1.5},
    {"samplers": "xt", "temp": 0.0, "xtc_probability": 1.0},
]:
    for row in ["normal3", "flat", "peaked", "heavy", "wide"]:
        ids = histories["long"] if row != "peaked" else histories["few"] + [200, 200]
        settings = {**defaults, **given}
        samplers = []
        if "logit_bias" in given:
            pairs = (LogitBias * len(given["logit_bias"]))(*[LogitBias(*pair) for pair in given["logit_bias"]])
            samplers.append(make("logit_bias", len(rows[row]), len(pairs), pairs))
        samplers += [letters[letter](settings, len(rows[row])) for letter in given.get("samplers", "edskypmxt")]
        samplers.append(make("dist", 1))
        left, _ = apply(samplers, rows[row], ids)
        chains.append({"parameters": given, "row": row, "ids": ids, **kept_of(left, rows[row]), "scores": scores_of(left, rows[row])})

# --- samplers that choose: their own choices, and the state after each

chosen = []


def read_float(sampler, offset):
    return c_float.from_address(sampler.contents.ctx + offset).value


steps = ["normal3", "heavy", "flat", "peaked", "normal3", "skewed", "wide", "four"] * 3


def overflows(row, mu):
    q = sorted(probabilities(row), reverse=True)[:100]
    if len(q) < 2:
        return False
    t = [math.log((k + 2) / (k + 1)) for k in range(len(q) - 1)]
    s = sum(t[k] * math.log(q[k] / q[k + 1]) for k in range(len(q) - 1)) / sum(x * x for x in t)
    base = (s - 1) * 2**mu / (1 - float(len(row)) ** (1 - s))
    return math.log2(base) / s >= 31


def choose(sampler_name, parameters, make_for, read):
    path = []
    sampler = make_for(len(rows[steps[0]]))
    for row in steps:
        before = read(sampler)
        if sampler_name == "mirostat":  # it knows the vocabulary's size; the state moves on
            c_int32.from_address(sampler.contents.ctx).value = len(rows[row])
        array, data = candidates_of(rows[row])
        llama.llama_sampler_apply(sampler, byref(array))
        selected = array.data[array.selected].id
        llama.llama_sampler_accept(sampler, selected)
        left = [[array.data[k].id, array.data[k].p] for k in range(array.size) if array.data[k].p > 0]
        step = {"row": row, "id": selected, "candidates": len(left), "p": dict(left)[selected], "state": read(sampler)}
        if sampler_name == "mirostat" and overflows(rows[row], before[0]):
            step["overflow"] = True
        path.append(step)
    chosen.append({"sampler": sampler_name, "parameters": parameters, "steps": path})


for tau, eta in [(5.0, 0.1), (2.0, 0.5), (8.0, 0.3)]:
    choose("mirostat", {"mirostat_tau": tau, "mirostat_eta": eta, "m": 100},
           lambda size: make("mirostat", size, 5, tau, eta, 100), lambda s: [read_float(s, 24)])
    choose("mirostat_v2", {"mirostat_tau": tau, "mirostat_eta": eta},
           lambda size: make("mirostat_v2", 5, tau, eta), lambda s: [read_float(s, 16)])
for target, decay in [(0.5, 0.9), (0.1, 0.5), (0.9, 0.99), (0.0, 0.0)]:
    choose("adaptive_p", {"adaptive_target": target, "adaptive_decay": decay},
           lambda size: make("adaptive_p", target, decay, 5), lambda s: [read_float(s, 5016), read_float(s, 5020)])

origin = {"llamaCpp": version, "library": "@node-llama-cpp/linux-x64 3.22.1"}


def write(name, head, lists):
    with open(os.path.join(here, name), "w") as file:
        file.write("{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()))
        for key, items in lists.items():
            file.write(f",\n{json.dumps(key)}: [\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]")
        file.write("\n}\n")
    print(name, {key: len(items) for key, items in lists.items()})


write("llama-cpp.json", {"origin": origin, "rows": {name: encode(row) for name, row in rows.items()}},
      {"cases": cases, "tosses": tosses, "chains": chains, "chosen": chosen})

# --- dry with the breakers as texts, on a real vocabulary

if models:
    class ModelParams(Structure):
        _fields_ = [("devices", c_void_p), ("overrides", c_void_p), ("n_gpu_layers", i), ("split_mode", i), ("load_mode", i),
                    ("lazy_mode", i), ("main_gpu", i), ("tensor_split", c_void_p), ("progress", c_void_p),
                    ("progress_data", c_void_p), ("kv_overrides", c_void_p), ("vocab_only", c_bool), ("check", c_bool),
                    ("extra", c_bool), ("no_host", c_bool), ("no_alloc", c_bool), ("load_mtp", c_bool)]

    llama.llama_model_default_params.restype = ModelParams
    llama.llama_model_load_from_file.argtypes, llama.llama_model_load_from_file.restype = [c_char_p, ModelParams], c_void_p
    llama.llama_model_get_vocab.argtypes, llama.llama_model_get_vocab.restype = [c_void_p], c_void_p
    llama.llama_vocab_n_tokens.argtypes, llama.llama_vocab_n_tokens.restype = [c_void_p], i
    llama.llama_tokenize.argtypes = [c_void_p, c_char_p, i, POINTER(c_int32), i, c_bool, c_bool]
    parameters = llama.llama_model_default_params()
    parameters.vocab_only = True
    vocab = llama.llama_model_get_vocab(llama.llama_model_load_from_file(models[0].encode(), parameters))
    size = llama.llama_vocab_n_tokens(vocab)
    texts = [
        "the cat sat on the mat. the cat sat on the",
        "he said: the cat sat.\nhe said: the cat",
        'a "quoted word" and then a "quoted word" and then a',
        "one two three END one two three END one two three",
        "one two three ENDED one two three ENDED one two three",
        "* apples and pears * apples and pears * apples and",
        "user: hello there\nuser: hello there\nuser: hello",
    ]
    answers = []
    breaker_lists = [["\n", ":", '"', "*"], [" END one"], ["ED"], ["a"], ["three E", "and p"]]

    def tokenize(text):
        buffer = (c_int32 * 256)()
        return list(buffer[: llama.llama_tokenize(vocab, text.encode(), len(text.encode()), buffer, 256, False, False)])

    tails = {breaker[at:]: tokenize(breaker[at:]) for breakers in breaker_lists for breaker in breakers for at in range(1, len(breaker))}
    for text in texts:
        for breakers in breaker_lists:
            ids = tokenize(text)
            strings = (c_char_p * len(breakers))(*[b.encode() for b in breakers])
            sampler = make("dry", vocab, 0.8, 1.75, 2, 64, strings, len(breakers))
            left, _ = apply([sampler], [0.0] * size, ids)
            llama.llama_sampler_free(sampler)
            answers.append({"text": text, "breakers": breakers, "ids": ids,
                            "penalties": {str(id): -score for id, score in left.items() if score != 0}})
    write("llama-cpp-dry-text.json", {"origin": origin, "vocabulary": "smollm2", "tails": tails}, {"cases": answers})
