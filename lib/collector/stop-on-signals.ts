import { log } from '#lib/log.ts';
import { lifecycle, registry, stepsInOrder } from '#lib/process.ts';

/** Next's own handler waits for open connections for ever when streams are open; ours ends within this time (F11). */
const deadlineMs = 20_000;

/** Ends the process gracefully on SIGTERM and SIGINT: not ready at once, then every stop step by its stage. */
export function stopOnSignals(): void {
  registry('stop-on-signals', () => {
    process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.removeAllListeners(signal);
      process.once(signal, () => void stop(signal));
    }
    return true;
  });
}

async function stop(signal: string): Promise<void> {
  if (lifecycle().phase === 'stopping') return;
  lifecycle().phase = 'stopping';
  log.info('millrace.stopping', { signal });
  await endProcess(0);
}

/** Undoes what was begun and exits with `code`, within twenty seconds whatever hangs. Also after a start that failed. */
export async function endProcess(code: 0 | 1): Promise<never> {
  const overdue = setTimeout(() => {
    log.error('millrace.stop-overdue', { durationMs: deadlineMs });
    process.exit(1);
  }, deadlineMs);
  overdue.unref();
  for (const { name, stop: step } of stepsInOrder()) {
    try {
      await step();
    } catch (error) {
      log.error('millrace.stop-step-failed', { step: name, error });
    }
  }
  log.info('millrace.stopped', {});
  process.exit(code);
}
