import { type GgufVocabulary, readNumbers, tokenType } from './gguf-vocabulary';

/**
 * SentencePiece BPE has no list of merges: two neighbours merge when their text is a token, the best score first.
 * As merges: every token cut in two tokens in every way, by falling score, then by falling length of the halves.
 */
export function mergesFromScores(vocabulary: GgufVocabulary): [string, string][] {
  const { metadata, tokens } = vocabulary;
  const scores = readNumbers(metadata, 'tokenizer.ggml.scores', tokens.length);
  if (scores === undefined) throw metadata.error('tokenizer.ggml.scores', 'is missing');
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const merges: {
    pair: [string, string];
    score: number;
    lengths: [number, number];
    ids: [number, number];
  }[] = [];
  tokens.forEach((token, id) => {
    const type = vocabulary.typeOf(id);
    if (type !== tokenType.normal && type !== tokenType.userDefined) return;
    const characters = Array.from(token);
    for (let cut = 1; cut < characters.length; cut++) {
      const pair: [string, string] = [characters.slice(0, cut).join(''), characters.slice(cut).join('')];
      const [left, right] = pair.map((half) => idOf.get(half));
      if (left === undefined || right === undefined) continue;
      merges.push({ pair, score: scores[id]!, lengths: [cut, characters.length - cut], ids: [left, right] });
    }
  });
  const order = (a: (typeof merges)[number], b: (typeof merges)[number]) =>
    b.score - a.score || b.lengths[0] - a.lengths[0] || b.lengths[1] - a.lengths[1] || a.ids[0] - b.ids[0];
  return merges.sort(order).map(({ pair }) => pair);
}
