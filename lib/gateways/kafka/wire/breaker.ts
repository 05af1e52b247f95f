import type { AppError } from '#lib/errors/app-error.ts';

/**
 * Decides whether a broker may be asked. Closed: yes, with at most one connection attempt a second. Open after
 * five failures in a row: no. Half open after 30 s: one probe decides. Pure but for the clock given to it (F3).
 */
export class Breaker {
  failures = 0;
  last: AppError | null = null;
  private openUntil = 0;
  private nextAttemptAt = 0;
  private probing = false;
  private readonly now: () => number;
  private readonly random: () => number;

  constructor(now: () => number = () => performance.now(), random: () => number = Math.random) {
    this.now = now;
    this.random = random;
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.openUntil === 0) return 'closed';
    return this.now() < this.openUntil ? 'open' : 'half-open';
  }

  /** Milliseconds until it may be asked again; 0 when it may be now. */
  restMs(): number {
    if (this.openUntil === 0) return 0;
    const rest = this.openUntil - this.now();
    if (rest > 0) return rest;
    return this.probing ? 1_000 : 0;
  }

  /** Milliseconds until the next connection attempt is allowed; 0 when it is now. */
  attemptInMs(): number {
    return Math.max(this.restMs(), this.failures === 0 ? 0 : this.nextAttemptAt - this.now(), 0);
  }

  attempting(): void {
    this.nextAttemptAt = this.now() + 1_000 * (1 + this.random() / 2);
    if (this.openUntil !== 0) this.probing = true;
  }

  succeeded(): void {
    this.failures = 0;
    this.last = null;
    this.openUntil = 0;
    this.probing = false;
  }

  failed(error: AppError): void {
    this.failures += 1;
    this.last = error;
    this.probing = false;
    if (this.failures >= 5) this.openUntil = this.now() + 30_000 * (1 + this.random() / 10);
  }

  /** An attempt ended without a verdict on the broker: the caller gave up. */
  undecided(): void {
    this.probing = false;
  }

  /** The cluster says that this broker is back: the rest is over, the next call probes. */
  hint(): void {
    if (this.openUntil !== 0) this.openUntil = Math.min(this.openUntil, this.now());
    this.nextAttemptAt = 0;
  }
}

/** Refused credentials: one attempt, then 5, 10, 20, 40 and at most 60 s, for the whole cluster (F18). */
export class SignInGate {
  private refusals = 0;
  private openAt = 0;
  last: AppError | null = null;
  private readonly now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  waitMs(): number {
    return this.last ? Math.max(0, this.openAt - this.now()) : 0;
  }

  accepted(): void {
    this.refusals = 0;
    this.last = null;
  }

  refused(error: AppError): void {
    this.last = error;
    this.openAt = this.now() + Math.min(60_000, 5_000 * 2 ** Math.min(this.refusals, 4));
    this.refusals += 1;
  }
}
