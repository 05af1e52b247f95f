import { AppError } from '#lib/errors/app-error.ts';

/**
 * Does something again and again until it is stopped. Turns never overlap; a turn that takes longer than the pace is followed by the
 * next at once.
 */
export class SourceLoop {
  readonly #abort = new AbortController();
  readonly #turn: (signal: AbortSignal) => Promise<void>;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  /** @param turn deals with its own failures; one that gets out ends nothing and is not told */
  constructor(everyMs: number, turn: (signal: AbortSignal) => Promise<void>) {
    this.#turn = turn;
    this.#everyMs = everyMs;
    this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort(new AppError('server.stopping'));
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  #run(): void {
    const startedAt = performance.now();
    this.#running = this.#turn(this.#abort.signal)
      .catch(() => undefined)
      .finally(() => {
        if (this.#abort.signal.aborted) return;
        const left = Math.max(0, this.#everyMs - (performance.now() - startedAt));
        this.#timer = setTimeout(() => this.#run(), left);
        this.#timer.unref();
      });
  }
}
