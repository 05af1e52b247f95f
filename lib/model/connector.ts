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
