import type { MarkName } from '#components/ui/mark.tsx';
import { State } from '#components/ui/mark.tsx';
import { Unknown } from '#components/ui/quantity.tsx';

const marks: Readonly<Record<string, MarkName>> = {
  RUNNING: 'ok',
  PAUSED: 'off',
  STOPPED: 'off',
  FAILED: 'critical',
  RESTARTING: 'work',
  UNASSIGNED: 'unknown',
};

/** The state of a connector or task in Connect's own word, with its mark; words of later versions stand without one. */
export function ConnectorStateMark({ state }: { state: string }) {
  if (!state) return <Unknown />;
  const words = `${state.charAt(0)}${state.slice(1).toLowerCase()}`;
  return <State mark={marks[state] ?? 'unknown'}>{words}</State>;
}
