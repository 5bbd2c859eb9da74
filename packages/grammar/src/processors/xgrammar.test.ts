import { readFileSync } from 'node:fs';
import { sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { createRandom } from '@nexttoken/numeric';
import { tokenizerFromJson } from '@nexttoken/tokenizers';
import { expect, test } from 'vitest';
import { loadXGrammar } from '../testing/load-xgrammar';
import { grammar } from './grammar';

const grammars = [
  String.raw`root ::= "{\"name\": " text ", \"n\": " [0-9]{1,3} "}"
text ::= "\"" [a-zA-Z .,]* "\""`,
  `root ::= item (", " item)* | "none"
item ::= [A-Z] [a-z]+ ("-" [A-Z] [a-z]*)?`,
  `root ::= "(" root ")" | [a-c]{2,4} | ("x" | "xy" | "xyz")+`,
  String.raw`root ::= line{1,3}
line ::= ("yes" | "no" | [^a-z\n]+) "\n"`,
];

describeShared('masks are those of XGrammar', () => {
  const folder = 'data/models/stories260k';

  test('token for token, along random texts of several grammars', async () => {
    const tokenizer = tokenizerFromJson(
      JSON.parse(readFileSync(sharedPath(`${folder}/tokenizer.json`), 'utf8')),
    );
    const end = 2;
    const peer = await loadXGrammar(tokenizer, end);
    // XGrammar takes bytes of broken characters where a set of characters is asked for; we do not.
    const isWhole = (id: number): boolean => (tokenizer.bytesOf(id) ?? []).every((byte) => byte < 0x80);
    let compared = 0;
    for (const [index, text] of grammars.entries()) {
      const processor = grammar(text, { tokenizer, endTokenIds: [end] });
      const { createMatcher } = peer.compile(text);
      for (let seed = 0; seed < 6; seed++) {
        const random = createRandom(100 * index + seed);
        const matcher = createMatcher();
        let state = processor.initialState();
        for (let step = 0; step < 30 && !state.ended; step++) {
          const theirs = matcher.mask();
          const ids = Array.from({ length: tokenizer.vocabSize }, (_, id) => id).filter(isWhole);
          const allowed = ids.filter((id) => processor.constraint.isAllowed(state, id));
          expect(allowed).toEqual(ids.filter((id) => (theirs[id >> 5]! >>> (id & 31)) & 1));
          compared++;
          const id = allowed[Math.floor(random.next() * allowed.length)]!;
          state = processor.accept(state, id);
          expect(matcher.accept(id)).toBe(true);
        }
        matcher.dispose();
      }
    }
    expect(compared).toBeGreaterThan(200);
  });
});
