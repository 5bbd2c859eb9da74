import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { watchInterruptions } from './interruptions';

describe('watchInterruptions', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s aborts; a second one says that it is waiting', (name) => {
    const source = new EventEmitter();
    const notes: string[] = [];
    const interruptions = watchInterruptions(source, (text) => notes.push(text));
    expect([interruptions.first, interruptions.signal.aborted]).toEqual([undefined, false]);
    source.emit(name);
    expect([interruptions.first, interruptions.signal.aborted, notes]).toEqual([name, true, []]);
    source.emit('SIGINT');
    expect(interruptions.first).toBe(name);
    expect(notes.join('')).toContain('waiting');
  });

  it('a closed pipe is no news after a signal', () => {
    const source = new EventEmitter();
    const notes: string[] = [];
    const interruptions = watchInterruptions(source, (text) => notes.push(text));
    interruptions.interrupt('closed-pipe');
    interruptions.interrupt('closed-pipe');
    expect([interruptions.first, interruptions.signal.aborted, notes]).toEqual(['closed-pipe', true, []]);
  });
});
