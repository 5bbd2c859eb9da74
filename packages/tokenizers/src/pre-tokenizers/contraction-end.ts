/**
 * Where one of the English contractions `'s 't 'm 'd 're 've 'll` that begins at `at` ends; -1 where there is none.
 * @param anyCase also in capitals, and the long s (U+017F), which is an s in another case
 */
export function contractionEnd(text: string, at: number, end: number, anyCase: boolean): number {
  if (text.charCodeAt(at) !== 0x27 || at + 1 >= end) return -1;
  const first = unitAt(text, at + 1, anyCase);
  if (first === 0x73 || first === 0x74 || first === 0x6d || first === 0x64) return at + 2;
  if (at + 2 >= end) return -1;
  const second = unitAt(text, at + 2, anyCase);
  const found = first === 0x6c ? second === 0x6c : second === 0x65 && (first === 0x72 || first === 0x76);
  return found ? at + 3 : -1;
}

function unitAt(text: string, at: number, anyCase: boolean): number {
  const unit = text.charCodeAt(at);
  if (!anyCase) return unit;
  if (unit >= 0x41 && unit <= 0x5a) return unit + 0x20;
  return unit === 0x17f ? 0x73 : unit;
}
