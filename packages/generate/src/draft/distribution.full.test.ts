import { describe, expect, test } from 'vitest';
import { speculativeVariants, testTransitions } from '../testing/speculative-variants';

describe('speculative sampling is plain sampling in distribution', () => {
  test.each(Object.entries(speculativeVariants))(
    '100,000 draws %s',
    { timeout: 60_000 },
    async (_, variant) => {
      const { statistic, limit, degrees, acceptanceRate } = await testTransitions(variant, 100);
      console.info(`chi-square ${statistic.toFixed(1)} with ${degrees} degrees, limit ${limit.toFixed(1)}`);
      expect(degrees).toBeGreaterThan(180);
      expect(statistic).toBeLessThan(limit);
      if (variant.draft) expect(acceptanceRate).toBeGreaterThan(0.2);
    },
  );
});
