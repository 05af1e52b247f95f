import { z } from 'zod';

/** A connector and its tasks, as their workers tell it. `failure` is the Java trace of what failed; null when nothing did. */
export type ConnectorState = {
  name: string;
  type: 'source' | 'sink' | 'unknown';
  /** RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED, RESTARTING, or what later versions have. */
  state: string;
  worker: string;
  failure: string | null;
  tasks: { id: number; state: string; worker: string; failure: string | null }[];
};

/** The state as a number with a history: 1 runs, 0.5 rests on purpose, 0 failed; NaN while it is moved about. */
export function connectorLevel(state: string): number {
  if (state === 'RUNNING') return 1;
  if (state === 'PAUSED' || state === 'STOPPED') return 0.5;
  return state === 'FAILED' ? 0 : Number.NaN;
}

/**
 * What a trace says in one line: its last cause, which is where the failure began, without the class and the places in the code.
 */
export function failureLine(trace: string): string {
  const lines = trace.split('\n').map((line) => line.trim());
  const said = lines.findLast((line) => line.startsWith('Caused by:')) ?? lines.find(Boolean) ?? '';
  return said
    .replace(/^Caused by:\s*/, '')
    .replace(/^(?:[\w$]+\.)+[\w$]+:\s*/, '')
    .slice(0, 300);
}

const Task = z.object({
  id: z.number().int(),
  state: z.string(),
  worker: z.string(),
  /** Why it failed, in one line; null when it did not. */
  failure: z.string().nullable(),
});

/** Connectors of a cluster as its Connect workers told them last. */
export const ConnectorListing = z.object({
  rows: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['source', 'sink', 'unknown']),
      state: z.string(),
      worker: z.string(),
      failure: z.string().nullable(),
      tasks: z.array(Task),
    }),
  ),
  /** When they were told, as ISO time; null before that. */
  asOf: z.string().nullable(),
  /** Why nothing newer is known, as a sentence with what to do; null when nothing is wrong. */
  missing: z.string().nullable(),
});
export type ConnectorListing = z.infer<typeof ConnectorListing>;
