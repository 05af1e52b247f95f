import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { atMost, keepRunning } from './keep-running.ts';

describe('keepRunning', () => {
  it('starts again after a failure and ends when aborted', async () => {
    const stop = new AbortController();
    let attempts = 0;
    await keepRunning(
      'test',
      stop.signal,
      async () => {
        attempts += 1;
        if (attempts === 3) stop.abort();
        throw new Error('away');
      },
      1,
    );
    expect(attempts).toBe(3);
  });

  it('does not wait out its pause when aborted', async () => {
    const stop = new AbortController();
    const running = keepRunning('test', stop.signal, () => Promise.reject(new Error('away')), 60_000);
    await Promise.resolve();
    stop.abort();
    await running;
    expect(stop.signal.aborted).toBe(true);
  });
});

describe('atMost', () => {
  it('gives up on what never ends, swallows what fails', async () => {
    const never = new Promise(() => undefined);
    const beganMs = performance.now();
    await atMost(20, never);
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(15);
    await atMost(60_000, Promise.reject(new Error('gone')));
    await atMost(60_000, delay(1));
    expect(performance.now() - beganMs).toBeLessThan(5_000);
  });
});
