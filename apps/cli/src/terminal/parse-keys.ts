const sequences: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  '[5~': 'page-up',
  '[6~': 'page-down',
  '[3~': 'delete',
};
const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
  '\u0004': 'ctrl-d',
  ' ': 'space',
};
const escapeCode = '\u001b';

/** What a terminal sends for keys, as their names; a character is its own name. Sequences that nobody knows are left out. */
export function parseKeys(input: string): string[] {
  const keys: string[] = [];
  for (let rest = input; rest !== ''; ) {
    if (rest[0] !== escapeCode) {
      const [character] = rest as unknown as [string];
      const whole = String.fromCodePoint(rest.codePointAt(0)!);
      keys.push(controls[character] ?? whole);
      rest = rest.slice(whole.length);
      continue;
    }
    const sequence = /^(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])/.exec(rest.slice(1))?.[0];
    if (sequence === undefined) keys.push('escape');
    else if (sequences[sequence]) keys.push(sequences[sequence]);
    rest = rest.slice(1 + (sequence?.length ?? 0));
  }
  return keys;
}
