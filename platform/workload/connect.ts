import kafkajs, { type Kafka, type logCreator } from 'kafkajs';
import { patchIdleTimer } from '#lib/gateways/kafka/kafkajs-client.ts';
import { log } from '#lib/log.ts';
import { installCodecs } from './codecs.ts';

const { Kafka: KafkaClient, logLevel } = kafkajs;

const sameLineEveryMs = 30_000;

/** What kafkajs says when nothing is wrong: markers of the last transaction are still being written. */
const harmless = /another concurrent operation on the same transaction|group is rebalancing/;

/**
 * One line for what kafkajs calls an error. With a broker away it says the same on every retry, so each
 * sentence is written at most twice a minute, for all clients of the process together.
 */
const lastAtMs = new Map<string, number>();
const quietLogs: logCreator =
  () =>
  ({ log: entry }) => {
    const reason = [entry.message, entry.error].filter(Boolean).join(': ');
    if (harmless.test(reason)) return;
    const now = Date.now();
    if (now - (lastAtMs.get(reason) ?? 0) < sameLineEveryMs) return;
    if (lastAtMs.size > 200) lastAtMs.clear();
    lastAtMs.set(reason, now);
    log.warn('workload.client', { reason, broker: entry.broker });
  };

/**
 * For producers and consumers. A broker that hangs does not even say that it leads no more: they go on only
 * when their picture of the cluster grows old.
 */
export const metadataMaxAge = 12_000;

/**
 * A kafkajs client fit for the workload: all codecs, no idle timer, few log lines, and retries that are
 * quick at first (a transaction waits for the markers of the one before it) and outlast a broker's restart.
 * `requestTimeout` in milliseconds.
 */
export function connectKafka(bootstrap: readonly string[], clientId: string, requestTimeout = 8_000): Kafka {
  installCodecs();
  patchIdleTimer();
  return new KafkaClient({
    clientId,
    brokers: [...bootstrap],
    logLevel: logLevel.ERROR,
    logCreator: quietLogs,
    connectionTimeout: 3_000,
    requestTimeout,
    retry: { initialRetryTime: 30, multiplier: 1.7, maxRetryTime: 2_000, retries: 12 },
  });
}
