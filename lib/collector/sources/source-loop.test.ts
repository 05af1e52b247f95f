import { describe, expect, it } from 'vitest';
import { SourceLoop } from './source-loop.ts';

describe('a loop of turns', () => {
  it('goes on after a turn that failed, one after another', async () => {
    let turns = 0;
    let atOnce = 0;
    await new Promise<void>((seen) => {
      const loop = new SourceLoop(1, async () => {
        atOnce++;
        expect(atOnce).toBe(1);
        await new Promise((done) => setImmediate(done));
        atOnce--;
        turns++;
        if (turns === 5) void loop.stop().then(seen);
        if (turns === 2) throw new Error('Something went wrong.');
      });
    });
    expect(turns).toBe(5);
  });

  it('tells the turn under way to stop, and waits for it', async () => {
    let hasEnded = false;
    const loop = new SourceLoop(1, async (signal) => {
      await new Promise<void>((stopped) => signal.addEventListener('abort', () => stopped(), { once: true }));
      await new Promise((done) => setImmediate(done));
      hasEnded = true;
    });
    await loop.stop();
    expect(hasEnded).toBe(true);
  });
});
