import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appended, cutLog, emptyLog, readLog } from './text-log';

test('any appending and cutting reads as it would of a list, also in logs that share a beginning', () => {
  const step = fc.record({ log: fc.nat(), cut: fc.option(fc.nat({ max: 9 })), ids: fc.array(fc.nat()) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const logs = [{ log: emptyLog, list: [] as number[] }];
      for (const { log: index, cut, ids } of steps) {
        const { log, list } = logs[index % logs.length]!;
        const length = Math.max(0, list.length - (cut ?? 0));
        logs.push({ log: appended(cutLog(log, length), ids), list: [...list.slice(0, length), ...ids] });
        for (const each of logs) expect([...readLog(each.log)]).toEqual(each.list.map((id) => id | 0));
      }
    }),
  );
});
