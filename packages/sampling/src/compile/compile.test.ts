import { describe } from 'vitest';
import { compiledChainTests } from '../testing/compiled-chain-tests';

describe('a compiled chain', () => compiledChainTests(1));
