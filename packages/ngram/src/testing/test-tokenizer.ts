import { NextTokenError, type Tokenizer } from '@nexttoken/model';

/** A tokenizer whose tokens are `t0`, `t1`, …; texts are tokens with spaces between. Id 0 ends a text. */
export function testTokenizer(vocabSize: number): Tokenizer {
  const tokenOf = (id: number): string | undefined => (id >= 0 && id < vocabSize ? `t${id}` : undefined);
  const idOf = (token: string): number | undefined => {
    const id = /^t\d+$/.test(token) ? Number(token.slice(1)) : vocabSize;
    return id < vocabSize ? id : undefined;
  };
  const decode = (ids: ArrayLike<number>): string => Array.from(ids, (id) => tokenOf(id)).join(' ');
  return {
    kind: 'test',
    vocabSize,
    specialTokens: { eos: 0 },
    encode(text) {
      const tokens = text.split(' ').filter((token) => token !== '');
      const ids = tokens.map((token) => {
        const id = idOf(token);
        if (id === undefined) throw new NextTokenError('encode-failed', token);
        return id;
      });
      return { ids: Int32Array.from(ids), tokens };
    },
    decode,
    tokenOf,
    idOf,
    bytesOf: (id) => new TextEncoder().encode(tokenOf(id)),
    isSpecial: (id) => id === 0,
    createStreamDecoder: () => ({ push: (id) => `${tokenOf(id)} `, flush: () => '' }),
  };
}
