import { AppError } from '#lib/errors/app-error.ts';
import { registry } from '#lib/process.ts';

const KILLS = 3;
const WITHIN_MS = 60_000;
const SUSPENDED_MS = 5 * 60_000;

/** Who wrote filters that had to be stopped too often in a short time waits before the next one runs. Times are monotonic. */
export class FilterSuspension {
  private readonly kills = new Map<string, number[]>();
  private readonly until = new Map<string, number>();

  /** A filter of this user was stopped. */
  record(userId: string, now = performance.now()): void {
    const recent = [...(this.kills.get(userId) ?? []), now].filter((at) => now - at < WITHIN_MS);
    this.kills.set(userId, recent);
    if (recent.length < KILLS) return;
    this.kills.delete(userId);
    this.until.set(userId, now + SUSPENDED_MS);
  }

  /** @throws AppError `filter.suspended` */
  check(userId: string, now = performance.now()): void {
    const until = this.until.get(userId);
    if (until === undefined) return;
    if (now < until) {
      throw new AppError('filter.suspended', { retryAfterSeconds: Math.ceil((until - now) / 1000) });
    }
    this.until.delete(userId);
  }
}

/** Of this process. */
export const filterSuspension = (): FilterSuspension =>
  registry('filter-suspension', () => new FilterSuspension());
