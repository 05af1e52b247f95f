import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Gives the event loop a turn while a long synchronous job runs. Call `due()` every few hundred steps and
 * await `turn()` when it answers true. Nothing blocks for longer than the slice plus what lies between two calls.
 */
export class Pacer {
  private readonly sliceMs: number;
  private until: number;

  constructor(sliceMs = 4) {
    this.sliceMs = sliceMs;
    this.until = performance.now() + sliceMs;
  }

  due(): boolean {
    return performance.now() >= this.until;
  }

  async turn(): Promise<void> {
    await nextTurn();
    this.until = performance.now() + this.sliceMs;
  }
}
