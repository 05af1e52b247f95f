import { toProblem } from '#lib/errors/to-problem.ts';
import { log } from '#lib/log.ts';
import { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './launcher.ts';
import { isAlive } from './owner.ts';

const everyMs = 2_000;
const longestPauseMs = 60_000;

/**
 * Starts the server and starts it again, on the same port, whenever it has ended without being told to: killed for
 * memory, or by a full disk. A start that fails is tried again ever more slowly; the application goes on meanwhile.
 */
export async function keepRunning(options: EmbeddedOptions): Promise<EmbeddedServer> {
  let server = await startEmbedded(options);
  let pauseMs = everyMs;
  let isStopped = false;
  let turn = Promise.resolve();
  let timer: NodeJS.Timeout;
  const plan = (): void => {
    timer = setTimeout(() => {
      turn = look().finally(() => {
        if (!isStopped) plan();
      });
    }, pauseMs).unref();
  };
  const look = async (): Promise<void> => {
    if (isAlive(server.pid)) return;
    try {
      server = await startEmbedded({ ...options, port: server.port });
      pauseMs = everyMs;
      log.warn('database.started-again', { pid: server.pid, port: server.port });
    } catch (error) {
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      log.error('database.start-failed', { reason: toProblem(error).what, delayMs: pauseMs });
    }
  };
  plan();
  return {
    ...server,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await turn;
      await server.stop();
    },
  };
}
