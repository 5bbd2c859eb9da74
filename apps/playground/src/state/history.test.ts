import { expect, test } from 'vitest';
import { History } from './history';

test('undo and redo walk over the same states; a new one ends the redo', () => {
  const history = new History('a');
  expect(history.canUndo).toBe(false);
  expect(history.undo()).toBe(false);
  history.go('b');
  history.go('c');
  expect(history.undo()).toBe(true);
  expect(history.present).toBe('b');
  expect(history.redo()).toBe(true);
  expect(history.present).toBe('c');
  history.undo();
  history.go('d');
  expect(history.redo()).toBe(false);
  history.undo();
  history.undo();
  expect([history.present, history.canUndo]).toEqual(['a', false]);
});

test('a step that led nowhere is no step', () => {
  const history = new History('a');
  history.go('a');
  history.forgetEqual();
  expect(history.canUndo).toBe(false);
  history.go('a');
  history.present = 'b';
  history.forgetEqual();
  expect([history.undo(), history.present]).toEqual([true, 'a']);
  expect(history.canRedo).toBe(true);
});
