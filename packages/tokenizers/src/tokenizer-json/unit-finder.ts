/** Where the next of some UTF-16 units stands at or behind `from`; the text's length when there is none. */
export type NextUnit = (from: number) => number;

const few = 4;

/** Looks for a few units with the platform's own search, for many with a table. Cost O(length) a text. */
export function createUnitFinder(units: readonly number[]): (text: string) => NextUnit {
  if (units.length <= few) {
    const characters = units.map((unit) => String.fromCharCode(unit));
    return (text) => {
      const places = characters.map(() => -1);
      return (from) => {
        let nearest = text.length;
        for (let i = 0; i < characters.length; i++) {
          if (places[i]! < from) {
            const found = text.indexOf(characters[i]!, from);
            places[i] = found === -1 ? text.length : found;
          }
          nearest = Math.min(nearest, places[i]!);
        }
        return nearest;
      };
    };
  }
  const wanted = new Uint8Array(0x10000);
  for (const unit of units) wanted[unit] = 1;
  return (text) => (from) => {
    let at = from;
    while (at < text.length && wanted[text.charCodeAt(at)] === 0) at += 1;
    return at;
  };
}
