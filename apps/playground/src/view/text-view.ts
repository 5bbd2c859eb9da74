import '@nexttoken/inspector-elements/token-stream';
import type { StreamToken } from '@nexttoken/inspector-elements';
import type { Playground } from '../app/playground';
import { byId } from '../dom/by-id';
import type { TokenFacts } from '../engine/protocol';
import { tokensOf } from '../tree/token-tree';
import { streamToken } from '../views/token-text';

/** Where the key to the underline would push the table out of sight. */
const narrow = matchMedia('(max-width: 700px)');

/** The taken tokens behind the prompt, each underlined by its surprisal. */
export function createTextView(playground: Playground): () => void {
  const stream = byId('text') as HTMLElementTagNameMap['nt-token-stream'];
  const made = new WeakMap<TokenFacts, StreamToken>();

  stream.addEventListener('nt-token-select', ({ detail }) => playground.look(detail.index));

  const tokenOf = (facts: TokenFacts): StreamToken => {
    const known = made.get(facts);
    if (known) return known;
    const drawn = streamToken(facts);
    made.set(facts, drawn);
    return drawn;
  };

  return () => {
    const taken = tokensOf(playground.node);
    const { tokens } = stream;
    const facts = taken.map(tokenOf);
    if (facts.length !== tokens.length || facts.some((token, index) => token !== tokens[index]))
      stream.tokens = facts;
    stream.selected = playground.position < taken.length ? playground.position : undefined;
    stream.legend = taken.length > 0 && !narrow.matches;
  };
}
