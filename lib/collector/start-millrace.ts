import { announceSetup } from '#lib/auth/announce-setup.ts';
import { watchPeerAddresses } from '#lib/auth/peer-address.ts';
import { env, RefusedToStart } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { startDatabase } from '#lib/gateways/database/start.ts';
import { log } from '#lib/log.ts';
import { lifecycle } from '#lib/process.ts';
import { startAlerts } from './alerts/start-alerts.ts';
import { watchEventLoop } from './event-loop-watch.ts';
import { followClusters } from './follow-clusters.ts';
import { startHistory } from './keep-history.ts';
import { startGroupEvents } from './lag/tell-group-events.ts';
import { loadClustersFile } from './load-clusters-file.ts';
import { kickNotices, startNotices } from './notices/dispatch.ts';
import { endProcess, stopOnSignals } from './stop-on-signals.ts';

/**
 * Brings the process to life: environment, database, clusters, collectors, graceful stop. Called once by
 * the server. A refusal is one sentence on the terminal and exit code 1.
 */
export async function startMillrace(): Promise<void> {
  watchPeerAddresses();
  stopOnSignals();
  watchEventLoop();
  try {
    await startDatabase(env().keys);
    await loadClustersFile();
    await announceSetup();
    startHistory();
    startGroupEvents();
    startNotices();
    startAlerts(kickNotices);
    await followClusters();
    lifecycle().phase = 'ready';
    log.info('millrace.ready', { port: env().PORT, durationMs: Math.round(performance.now()) });
  } catch (error) {
    lifecycle().phase = 'failed';
    lifecycle().reason = error instanceof Error ? error.message : String(error);
    if (error instanceof RefusedToStart) console.error(`Millrace does not start. ${error.message}`);
    else if (error instanceof AppError) {
      const { what, next } = toProblem(error);
      console.error(`Millrace does not start. ${what} ${next}`);
    } else log.error('millrace.start-failed', { error });
    // A built-in database that runs already must not be left behind.
    await endProcess(1);
  }
}
