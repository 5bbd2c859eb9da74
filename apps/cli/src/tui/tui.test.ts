import { textWidth } from '@nexttoken/inspector';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parseKeys } from '../terminal/parse-keys';
import { callRunner } from '../testing/call';
import { childrenOf, emptyTree, goAside, goBack, goOn, pathOf, putToken, type TokenTree } from './token-tree';
import { wrapPieces } from './wrap-pieces';

vi.mock('@nexttoken/load', async (original) => {
  const { keepModels } = await import('../testing/keep-models');
  return keepModels(await original<typeof import('@nexttoken/load')>());
});

const call = callRunner();
const explore = (keys: readonly string[], options = {}, ...flags: string[]) =>
  call(['generate', 'Once upon a time', '--tui', ...flags], undefined, { keys, ...options });

describe('generate --tui', () => {
  test('step, choose another, come back: the old branch stays', async () => {
    const { code, frames, stdout } = await explore([
      'space',
      'space',
      'left',
      'down',
      'enter',
      '[',
      ']',
      'q',
    ]);
    expect(code).toBe(0);
    expect(frames).toHaveLength(8);
    expect(frames[0]).toContain('tales · greedy');
    expect(frames[2]).toContain('2 new tokens');
    expect(frames[3]).toContain('tried here: ');
    expect(frames[4]).toMatch(/^› {4}2 /m);
    expect(frames[5]).toContain('branch 2 of 2');
    expect(frames[6]).toContain('branch 1 of 2');
    // What was stepped is what generate takes; the other branch was the second best.
    const greedy = (await call(['generate', 'Once upon a time', '--max-new-tokens', '2', '--json'])).json();
    const { candidates } = (
      await call([
        'next',
        `Once upon a time${greedy.steps[0].token.replace('▁', ' ')}`,
        '--top',
        '2',
        '--json',
      ])
    ).json();
    expect(stdout.trim().startsWith('Once upon a time')).toBe(true);
    expect(candidates).toHaveLength(2);
    expect(frames[7]).toBe(frames[5]);
  });

  test('sixteen steps are what generate draws with the same seed', async () => {
    const flags = ['--temperature', '1', '--top-k', '40', '--seed', '3'];
    const { stdout, frames } = await explore(['g', 'q'], {}, ...flags);
    const drawn = await call(['generate', 'Once upon a time', ...flags, '--max-new-tokens', '16']);
    expect(stdout.replace('Once upon a time', '').trim()).toBe(drawn.stdout.trim());
    expect(frames[0]).toContain('topK 40 · seed 3');
  });

  test('narrow, low, with help: no line too many, none too wide', async () => {
    for (const [columns, rows] of [
      [40, 10],
      [44, 14],
      [120, 50],
    ] as const) {
      const { frames } = await explore(['g', '?', 'down', 'resize', 'escape'], { columns, rows });
      for (const frame of frames) {
        const shown = frame.split('\n');
        expect(shown.length).toBeLessThanOrEqual(rows);
        if (columns > 80) for (const line of shown) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      }
    }
  });

  test('needs a terminal, and no flags that it would not read', async () => {
    const bare = await call(['generate', 'x', '--tui']);
    expect([bare.code, bare.stderr]).toEqual([1, expect.stringContaining('needs a terminal')]);
    expect((await explore([], {}, '--json')).code).toBe(2);
  });
});

describe('the tree', () => {
  test('any walk: every token stays where it was put, in the place where one stands', () => {
    const move = fc.oneof(
      fc.nat(3).map((id) => (tree: TokenTree) => putToken(tree, id, 0.5)),
      fc.constantFrom(
        goBack,
        goOn,
        (tree: TokenTree) => goAside(tree, 1),
        (tree: TokenTree) => goAside(tree, -1),
      ),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        let tree = emptyTree;
        for (const step of moves) {
          const before = tree;
          tree = step(tree);
          expect(tree.tokens.slice(0, before.tokens.length).map(({ id, parent }) => [id, parent])).toEqual(
            before.tokens.map(({ id, parent }) => [id, parent]),
          );
          const path = pathOf(tree);
          expect(path.at(-1)).toBe(tree.at);
          for (const [index, place] of path.entries()) {
            expect(childrenOf(tree, path[index - 1])).toContain(place);
          }
          for (const { children } of tree.tokens) {
            const ids = children.map((place) => tree.tokens[place]!.id);
            expect(new Set(ids).size).toBe(ids.length);
          }
        }
      }),
    );
  });
});

test('parseKeys: arrows, controls, characters, half sequences', () => {
  expect(parseKeys('\u001b[A\u001bOBx日\r\u007f \u0003')).toEqual([
    'up',
    'down',
    'x',
    '日',
    'enter',
    'backspace',
    'space',
    'ctrl-c',
  ]);
  expect(parseKeys('\u001b')).toEqual(['escape']);
  expect(parseKeys('\u001b[99;5~')).toEqual([]);
  fc.assert(fc.property(fc.string(), (text) => parseKeys(text).every((key) => key !== '')));
});

test('wrapPieces: no line wider than asked, nothing lost', () => {
  const same = (text: string): string => text;
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })),
      fc.integer({ min: 2, max: 20 }),
      (texts, width) => {
        const lines = wrapPieces(
          texts.map((text) => ({ text, paint: same })),
          width,
        );
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/[\n\r]/g, '')).toBe(
          texts.map((text) => text.replace(/[\n\r]/g, '')).join(''),
        );
      },
    ),
  );
  expect(wrapPieces([{ text: 'ab\ncd', paint: (text) => `<${text}>` }], 1)).toEqual([
    '<a>',
    '<b>',
    '<c>',
    '<d>',
  ]);
});
