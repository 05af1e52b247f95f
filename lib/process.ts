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

/**
 * The order in which a process ends (F11): readers are sent away, work under way is let end, sampling stops, then the
 * connections it used are closed, and the database last, because all before it may still have something to write.
 */
const stopStages = ['streams', 'work', 'sampling', 'connections', 'database'] as const;
export type StopStage = (typeof stopStages)[number];

/** What must be undone before the process ends. */
export type StopStep = { stage: StopStage; name: string; stop: () => Promise<void> };

/** All steps as they were registered. */
export const stopSteps = (): StopStep[] => registry('stop-steps', () => []);

/** Registers work for a graceful stop. When it is registered says nothing about its turn: its stage does. */
export function onStop(stage: StopStage, name: string, stop: () => Promise<void>): void {
  stopSteps().push({ stage, name, stop });
}

/** The steps of a stop in their order; within a stage the last that was registered goes first. */
export const stepsInOrder = (): StopStep[] =>
  stopStages.flatMap((stage) =>
    stopSteps()
      .filter((step) => step.stage === stage)
      .reverse(),
  );

/** Where the process is in its life. Readiness answers from it. */
export const lifecycle = (): { phase: 'starting' | 'ready' | 'failed' | 'stopping'; reason: string } =>
  registry('lifecycle', () => ({ phase: 'starting', reason: '' }));
