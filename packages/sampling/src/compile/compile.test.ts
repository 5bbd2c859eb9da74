import { describe } from 'vitest';
import { simdKernel } from '../simd/simd-kernel';
import { compiledChainTests } from '../testing/compiled-chain-tests';

describe('a compiled chain', () => compiledChainTests(1));
describe('a chain compiled with a kernel', () => compiledChainTests(1, { kernel: simdKernel() }));
