import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { argmax } from '../row/argmax';
import { exponentialSum } from '../row/exponential-sum';
import { maximum } from '../row/maximum';
import { rowSummary } from '../row/row-summary';
import { SummaryKernel, summaryKernel } from './summary-kernel';
import { summaryKernelBase64 } from './summary-kernel-binary';
import { summaryKernelBytes } from './summary-kernel-bytes';

const { NaN: nan, NEGATIVE_INFINITY: removed, POSITIVE_INFINITY: infinity } = Number;

const score = fc.oneof(
  { weight: 6, arbitrary: fc.float({ min: -60, max: 40, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(removed, 0, -0, 3.4e38, -3.4e38, 1e-45) },
  { weight: 1, arbitrary: fc.float() },
);
const rows = fc.array(score, { minLength: 1, maxLength: 90 }).map((scores) => Float32Array.from(scores));

test('the committed binary is what the assembler makes', () => {
  expect(summaryKernelBase64).toBe(Buffer.from(summaryKernelBytes()).toString('base64'));
});

test('sums, maxima and places are those of JavaScript to the last bit, of rows of any length after one another', () => {
  const kernel = new SummaryKernel();
  fc.assert(
    fc.property(rows, (row) => {
      kernel.read(row);
      const largest = kernel.largest();
      expect(largest === maximum(row)).toBe(true);
      for (const held of row) if (!Number.isNaN(held)) expect(kernel.indexOf(held)).toBe(row.indexOf(held));
      if (Number.isFinite(largest)) expect(kernel.exponentialSum(largest)).toBe(exponentialSum(row, largest));
    }),
    { numRuns: 2000 },
  );
});

test('rows longer than the memory was at first, and shorter ones behind them', () => {
  const kernel = new SummaryKernel();
  for (const length of [40_000, 300_001, 7]) {
    const row = Float32Array.from({ length }, (_, id) => Math.sin(id * id) * 30);
    kernel.read(row);
    expect(kernel.largest()).toBe(maximum(row));
    expect(kernel.exponentialSum(31)).toBe(exponentialSum(row, 31));
  }
});

test('this thread has one kernel', () => {
  expect(summaryKernel()).toBeInstanceOf(SummaryKernel);
  expect(summaryKernel()).toBe(summaryKernel());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const samples: readonly [string, Float32Array][] = [
  ['short', Float32Array.of(1, 2, removed)],
  ['long', Float32Array.from({ length: 5001 }, (_, id) => Math.cos(id) * 25)],
  ['long and removed', new Float32Array(5001).fill(removed)],
  ['long with NaN', new Float32Array(5001).fill(-3, 7).fill(nan, 4000, 4001)],
  ['removed with NaN', new Float32Array(5001).fill(removed).fill(nan, 0, 1)],
  ['long with +Infinity', new Float32Array(5001).fill(infinity, 9, 10)],
  ['empty', new Float32Array(0)],
];

const expected = (row: Float32Array) => {
  const largest = maximum(row);
  return { largest, argmax: argmax(row), exponentialSum: exponentialSum(row, largest) };
};

test.each(samples)('rowSummary of a row: %s', (_, row) => {
  expect(rowSummary(row)).toEqual(expected(row));
});

for (const [what, stub] of [
  ['no WebAssembly', undefined],
  [
    'a policy that forbids it',
    {
      Module: class {
        constructor() {
          throw new Error('Refused to compile');
        }
      },
    },
  ],
] as const)
  test(`with ${what} the same comes out`, async () => {
    vi.resetModules();
    vi.stubGlobal('WebAssembly', stub);
    const fresh = await import('../row/row-summary');
    const { summaryKernel: freshKernel } = await import('./summary-kernel');
    expect(freshKernel()).toBeNull();
    for (const [, row] of samples) expect(fresh.rowSummary(row)).toEqual(expected(row));
  });
