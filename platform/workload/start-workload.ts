import { log } from '#lib/log.ts';
import { awaitTopics } from './await-topics.ts';
import { connectKafka } from './connect.ts';
import { runGroups } from './groups.ts';
import { aborted, atMost, keepRunning } from './keep-running.ts';
import { produceShop } from './produce.ts';
import { awaitShopSchemas } from './registry.ts';
import { createShopTopics } from './topics.ts';

/** How long a stop waits for goodbyes: a broker that is gone or hangs does not answer them. */
const stopWithinMs = 5_000;

export type WorkloadOptions = {
  /** Brokers as host:port. */
  bootstrap: readonly string[];
  /** Base of the registry's Confluent-compatible API. */
  registryUrl: string;
  /** Mean records per second over all topics, 1 to 10,000. */
  rate: number;
  /** The same seed gives the same orders in the same sequence. */
  seed: string;
  /** Abort it to stop everything. */
  signal: AbortSignal;
  goodTimeMs?: number;
  firstRewindAfterMs?: number;
  rewindEveryMs?: number;
};

export type Workload = {
  /** Records that the brokers have acknowledged, without aborted ones. */
  sent(): number;
  /**
   * Settles when producers and members have left the cluster after the signal was aborted, or after five
   * seconds when a broker does not let them. Never rejects.
   */
  ended: Promise<void>;
};

/** Makes the topics of the shop that are missing, and nothing else. Waits for the brokers until aborted. */
export async function createWorkloadTopics(
  bootstrap: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const done = new AbortController();
  let made: string[] = [];
  const making = keepRunning('shop-topics', AbortSignal.any([signal, done.signal]), async () => {
    const admin = connectKafka(bootstrap, 'shop-setup').admin();
    try {
      await admin.connect();
      made = await createShopTopics(admin);
      await awaitTopics(bootstrap, made);
    } finally {
      await atMost(2_000, admin.disconnect());
    }
    done.abort();
  });
  await Promise.race([making, aborted(signal)]);
  signal.throwIfAborted();
  return made;
}

/**
 * Starts the online shop: topics, schemas, producers and consumer groups. Resolves once topics and schemas
 * are there and records begin to flow. Brokers and registry may come later than the workload, and go and
 * come back: it waits, and goes on. Rejects only when aborted before it began.
 */
export async function startWorkload(options: WorkloadOptions): Promise<Workload> {
  const { bootstrap, registryUrl, rate, seed, signal } = options;
  if (!(rate >= 1 && rate <= 10_000))
    throw new RangeError(`rate is ${rate}; give 1 to 10000 records a second`);
  const made = await createWorkloadTopics(bootstrap, signal);
  const ids = await awaitShopSchemas(registryUrl, signal, (error) =>
    log.warn('workload.registry', { reason: error instanceof Error ? error.message : String(error) }),
  );
  log.info('workload.started', { topics: made.length });

  const kafkaOf = (clientId: string) => connectKafka(bootstrap, clientId);
  let sent = 0;
  const running = Promise.all([
    produceShop(kafkaOf, ids, { rate, seed }, signal, (total) => {
      sent = total;
    }),
    runGroups(
      kafkaOf,
      {
        bootstrap,
        rate,
        goodTimeMs: options.goodTimeMs ?? 30_000,
        firstRewindAfterMs: options.firstRewindAfterMs ?? 90_000,
        rewindEveryMs: options.rewindEveryMs ?? 900_000,
      },
      signal,
    ),
  ]);
  const ended = aborted(signal).then(() => atMost(stopWithinMs, running));
  return { sent: () => sent, ended };
}
