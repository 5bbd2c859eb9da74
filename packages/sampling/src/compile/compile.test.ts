import { describe, test } from 'vitest';
import { chain } from '../chain/chain';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { simdKernel } from '../simd/simd-kernel';
import { compiledChainTests } from '../testing/compiled-chain-tests';
import { expectSameAsPlain } from '../testing/expect-same-as-plain';
import { shapedRow } from '../testing/shaped-row';

describe('a compiled chain', () => compiledChainTests(1));
describe('a chain compiled with a kernel', () => compiledChainTests(1, { kernel: simdKernel() }));

test('scores that become Infinity when divided tie', () => {
  for (const size of [200, 9000]) {
    const row = shapedRow('huge', size, 4);
    const twice = [temperature(0.1), temperature(0.1)];
    expectSameAsPlain(chain(...twice), row, [], [greedy(), categorical()]);
    expectSameAsPlain(chain(...twice, topK(5)), row, [], [greedy(), categorical()]);
  }
});
