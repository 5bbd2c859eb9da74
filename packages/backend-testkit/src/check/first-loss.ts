/** The path of the first value that is not plain data: functions, bigints, NaN, typed arrays, classes … */
export function firstLoss(value: unknown, path: string): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} = ${value}`;
  if (typeof value !== 'object') return `${path} (${typeof value})`;
  const kind = Object.prototype.toString.call(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!plain) return `${path} (${kind})`;
  for (const [key, entry] of Object.entries(value)) {
    const lost = firstLoss(entry, `${path}.${key}`);
    if (lost !== undefined) return lost;
  }
  return undefined;
}
