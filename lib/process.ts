/**
 * The one place for state that lives as long as the process.
 *
 * Next bundles instrumentation, pages, routes and actions apart, so a module variable exists several
 * times; only `globalThis` is one. Nothing else may hold connections, caches or timers.
 */
const slot = Symbol.for('millrace.process');

type Slots = Map<string, unknown>;

const slots = (): Slots => {
  const holder = globalThis as unknown as Record<symbol, Slots | undefined>;
  holder[slot] ??= new Map();
  return holder[slot];
};

/** The value under `key`, made by `make` on first use in this process. */
export function registry<T>(key: string, make: () => T): T {
  const all = slots();
  if (!all.has(key)) all.set(key, make());
  return all.get(key) as T;
}

/** What must be undone before the process ends. */
export type StopStep = { name: string; stop: () => Promise<void> };

export const stopSteps = (): StopStep[] => registry('stop-steps', () => []);

/** Registers work for a graceful stop. Steps run in reverse order of registration. */
export function onStop(name: string, stop: () => Promise<void>): void {
  stopSteps().push({ name, stop });
}

/** Where the process is in its life. Readiness answers from it. */
export const lifecycle = (): { phase: 'starting' | 'ready' | 'failed' | 'stopping'; reason: string } =>
  registry('lifecycle', () => ({ phase: 'starting', reason: '' }));
