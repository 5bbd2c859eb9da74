import { check, checkEqual } from '../check/check';
import type { Suite } from '../kit/suite';

const whole = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;

/** What the model says about itself is of the right type and range. */
export const capabilitiesSuite: Suite = {
  name: 'capabilities',
  tests: [
    {
      name: 'the model names its specification, itself and its vocabulary',
      needs: { context: 0 },
      run: async ({ model }) => {
        checkEqual(model.specification, 'nexttoken-model-1', 'specification');
        check(typeof model.modelId === 'string' && model.modelId !== '', 'modelId must be a name');
        check(whole(model.vocabSize), `vocabSize must be a whole number >= 1, got ${model.vocabSize}`);
      },
    },
    {
      name: 'the capabilities are complete and in range',
      needs: { context: 0 },
      run: async ({ model: { capabilities, vocabSize } }) => {
        const { logits, topLogits, contextLength, maxRows, device } = capabilities;
        const top = typeof logits === 'object' ? logits.top : undefined;
        check(
          logits === 'full' || (whole(top) && top! <= vocabSize),
          `capabilities.logits must be 'full' or { top: 1..${vocabSize} }, got ${JSON.stringify(logits)}`,
        );
        check(
          topLogits === undefined || (whole(topLogits) && topLogits <= vocabSize),
          `capabilities.topLogits must be absent or 1..${vocabSize}, got ${topLogits}`,
        );
        for (const name of [
          'allPositions',
          'hiddenStates',
          'attention',
          'select',
          'truncate',
          'fork',
        ] as const) {
          const value: unknown = capabilities[name];
          check(typeof value === 'boolean', `capabilities.${name} must be a boolean, got ${value}`);
        }
        check(
          whole(contextLength),
          `capabilities.contextLength must be a whole number >= 1, got ${contextLength}`,
        );
        check(
          whole(maxRows) || maxRows === Number.POSITIVE_INFINITY,
          `capabilities.maxRows must be a whole number >= 1 or Infinity, got ${maxRows}`,
        );
        check(typeof device === 'string' && device !== '', 'capabilities.device must be a name');
      },
    },
    {
      name: 'a row of logits is as wide as vocabSize says',
      needs: { context: 2 },
      run: async (kit) => {
        const { logits } = await (await kit.open()).forward([kit.text(2, 1)]);
        checkEqual(logits[0]?.data.length, kit.model.vocabSize, 'width of the logits of one position');
      },
    },
    {
      name: 'a new session has the rows asked for, all empty; one by default',
      needs: { rows: 3, context: 0 },
      run: async (kit) => {
        checkEqual([...(await kit.open(3)).lengths], [0, 0, 0], 'lengths of a session of 3 rows');
        const session = kit.keep(await kit.model.createSession());
        checkEqual([session.rowCount, [...session.lengths]], [1, [0]], 'rowCount, lengths by default');
      },
    },
  ],
};
