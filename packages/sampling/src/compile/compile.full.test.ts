import { describe } from 'vitest';
import { simdKernel } from '../simd/simd-kernel';
import { compiledChainTests } from '../testing/compiled-chain-tests';

describe('a compiled chain, many times', () => compiledChainTests(30));
describe('a chain compiled with a kernel, many times', () =>
  compiledChainTests(30, { kernel: simdKernel() }));
