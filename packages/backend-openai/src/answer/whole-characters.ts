/** Halves of surrogate pairs that stand alone as U+FFFD. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** Holds back half of a character (a high surrogate) until the other half comes. */
export function createWholeCharacters(): { push(text: string): string; end(): string } {
  let held = '';
  return {
    push(text) {
      const all = held + text;
      const last = all.charCodeAt(all.length - 1);
      held = last >= 0xd800 && last <= 0xdbff ? all.slice(-1) : '';
      return wellFormed(held ? all.slice(0, -1) : all);
    },
    end() {
      const rest = wellFormed(held);
      held = '';
      return rest;
    },
  };
}
