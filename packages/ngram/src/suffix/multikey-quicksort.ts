const insertionLength = 12;
/** A large group that agrees this far is left to prefix doubling at once: looking at one id at a time takes too long. */
const repetitive = { depth: 32, count: 1024 };

/** Multikey quicksort of blocks of suffixes that agree in their first ids. */
export class MultikeyQuicksort {
  /** Groups still equal at the depth cap: pairs of begin and end. */
  readonly unsorted: number[] = [];
  /** How many first ids the suffixes of every unsorted group agree in, at least. */
  commonDepth = Number.POSITIVE_INFINITY;
  readonly #limit: number;
  /** The ids that a block is being sorted by, beside its positions. */
  readonly #keys: Int32Array;
  #base = 0;

  /**
   * @param positions changed in place
   * @param order ids that tell suffixes apart; Infinity: all
   * @param cap ids looked at one by one, at most
   * @param largest length of the largest block
   */
  constructor(
    readonly ids: Int32Array,
    readonly positions: Int32Array,
    readonly order: number,
    readonly cap: number,
    largest: number,
  ) {
    this.#limit = Math.min(order, cap);
    this.#keys = new Int32Array(largest);
  }

  /** Sorts `positions[begin, end)`, whose suffixes agree in their first `depth` ids. */
  sort(begin: number, end: number, depth: number): void {
    this.#base = begin;
    this.#group(begin, end, depth);
  }

  #group(begin: number, end: number, depth: number): void {
    const { ids, positions } = this;
    let at = depth;
    for (;;) {
      const count = end - begin;
      if (count <= 1) return;
      if (at >= this.#limit || (at >= repetitive.depth && count >= repetitive.count)) {
        this.#leave(begin, end, at);
        return;
      }
      if (count <= insertionLength) {
        this.#insert(begin, end, at);
        return;
      }
      const keys = this.#keys;
      const base = this.#base;
      let same = true;
      const key = keyAt(ids, positions[begin]! + at);
      for (let i = begin; i < end; i++) {
        const own = keyAt(ids, positions[i]! + at);
        keys[i - base] = own;
        if (own !== key) same = false;
      }
      if (!same) break;
      if (key === 0) return;
      at++;
    }
    this.#partition(begin, end, at);
  }

  /** Sorts by the ids at `depth`, which `keys` holds, then each group of equal ones by the following ids. */
  #partition(from: number, to: number, depth: number): void {
    const keys = this.#keys;
    const base = this.#base;
    let begin = from;
    let end = to;
    while (end - begin > insertionLength) {
      const pivot = this.#pivot(begin - base, end - base);
      let less = begin;
      let i = begin;
      let greater = end;
      while (i < greater) {
        const key = keys[i - base]!;
        if (key < pivot) {
          if (i !== less) this.#swap(i, less);
          less++;
          i++;
        } else if (key > pivot) {
          greater--;
          this.#swap(i, greater);
        } else i++;
      }
      // The keys are kept for the two outer parts; they are sorted before the middle one overwrites its own.
      if (less - begin < end - greater) {
        this.#partition(begin, less, depth);
        this.#middle(less, greater, depth, pivot);
        begin = greater;
      } else {
        this.#partition(greater, end, depth);
        this.#middle(less, greater, depth, pivot);
        end = less;
      }
    }
    if (end - begin > 1) this.#insert(begin, end, depth);
  }

  #leave(begin: number, end: number, depth: number): void {
    if (depth >= this.order) return;
    this.unsorted.push(begin, end);
    this.commonDepth = Math.min(this.commonDepth, depth);
  }

  #middle(begin: number, end: number, depth: number, key: number): void {
    if (key !== 0) this.#group(begin, end, depth + 1);
  }

  #swap(i: number, j: number): void {
    const { positions } = this;
    const keys = this.#keys;
    const base = this.#base;
    const position = positions[i]!;
    positions[i] = positions[j]!;
    positions[j] = position;
    const key = keys[i - base]!;
    keys[i - base] = keys[j - base]!;
    keys[j - base] = key;
  }

  #pivot(begin: number, end: number): number {
    const keys = this.#keys;
    const middle = (begin + end) >> 1;
    if (end - begin < 64) return median(keys[begin]!, keys[middle]!, keys[end - 1]!);
    const step = (end - begin) >> 3;
    return median(
      median(keys[begin]!, keys[begin + step]!, keys[begin + 2 * step]!),
      median(keys[middle - step]!, keys[middle]!, keys[middle + step]!),
      median(keys[end - 1]!, keys[end - 1 - step]!, keys[end - 1 - 2 * step]!),
    );
  }

  /** Insertion sort of whole suffixes, for a few of them. */
  #insert(begin: number, end: number, depth: number): void {
    const { positions } = this;
    let tied = false;
    for (let i = begin + 1; i < end; i++) {
      const position = positions[i]!;
      let place = i;
      while (place > begin) {
        const order = this.#compare(positions[place - 1]!, position, depth);
        if (order === 0) tied = true;
        if (order <= 0) break;
        positions[place] = positions[place - 1]!;
        place--;
      }
      positions[place] = position;
    }
    if (tied && this.#limit < this.order) this.#collectTies(begin, end, depth);
  }

  /** Negative, positive, or 0 where two suffixes are equal up to a border or the cap. */
  #compare(a: number, b: number, depth: number): number {
    const { ids } = this;
    const length = ids.length;
    const limit = Math.min(this.#limit, length - Math.max(a, b));
    for (let offset = depth; offset < limit; offset++) {
      const key = ids[a + offset]!;
      const other = ids[b + offset]!;
      if (key !== other) return key - other;
      if (key === 0) return 0;
    }
    if (limit === this.#limit) return 0;
    return keyAt(ids, a + limit) - keyAt(ids, b + limit);
  }

  /** Those among equal suffixes that no border ended: they are left for prefix doubling. */
  #collectTies(begin: number, end: number, depth: number): void {
    const { positions, ids } = this;
    let start = begin;
    for (let i = begin + 1; i <= end; i++) {
      if (i < end && this.#compare(positions[i - 1]!, positions[i]!, depth) === 0) continue;
      if (i - start > 1 && !hasBorder(ids, positions[start]! + depth, positions[start]! + this.#limit)) {
        this.#leave(start, i, this.#limit);
      }
      start = i;
    }
  }
}

/** The id at a place; 0 past the end. */
function keyAt(ids: Int32Array, place: number): number {
  return place < ids.length ? ids[place]! : 0;
}

function hasBorder(ids: Int32Array, begin: number, end: number): boolean {
  for (let i = begin; i < end; i++) if (keyAt(ids, i) === 0) return true;
  return false;
}

function median(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : Math.max(a, c);
  return a < c ? a : Math.max(b, c);
}
