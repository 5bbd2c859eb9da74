/** The product of a shape; `undefined` when a size is no natural number or the product is not exact. */
export function elementCount(shape: readonly unknown[]): number | undefined {
  let product = 1;
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined;
    product *= size;
    if (!Number.isSafeInteger(product)) return undefined;
  }
  return product;
}
