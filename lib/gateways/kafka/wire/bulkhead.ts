import { AppError } from '#lib/errors/app-error.ts';
import { within } from './within.ts';

/** Keeps one cluster from using up the process: at most `limit` calls in flight, the others wait their turn. */
export class Bulkhead {
  inFlight = 0;
  private readonly limit: number;
  private readonly mostWaiting: number;
  private readonly waiting: (() => void)[] = [];

  constructor(limit: number, mostWaiting: number) {
    this.limit = limit;
    this.mostWaiting = mostWaiting;
  }

  get queued(): number {
    return this.waiting.length;
  }

  /**
   * Waits for a place. The answer gives it back, once.
   * @throws AppError `kafka.busy` when too many wait already, or the time is up.
   */
  async enter(timeoutMs: number, signal: AbortSignal | undefined): Promise<() => void> {
    const busy = () => new AppError('kafka.busy', { broker: 'this cluster' });
    signal?.throwIfAborted();
    if (this.inFlight < this.limit) this.inFlight += 1;
    else {
      if (this.waiting.length >= this.mostWaiting) throw busy();
      const turn = Promise.withResolvers<void>();
      const wake = () => turn.resolve();
      this.waiting.push(wake);
      try {
        await within(turn.promise, timeoutMs, signal, busy);
      } catch (error) {
        const at = this.waiting.indexOf(wake);
        // Woken in the same moment in which the time was up: the place is ours and goes on to the next.
        if (at < 0) this.release();
        else this.waiting.splice(at, 1);
        throw error;
      }
    }
    let held = true;
    return () => {
      if (held) this.release();
      held = false;
    };
  }

  private release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.inFlight -= 1;
  }
}
