import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import { readSecrets } from '#lib/gateways/database/secrets.ts';
import { checkAddress } from '#lib/gateways/egress/check-address.ts';
import { createKafkaClient, type KafkaChannel, type KafkaClient } from '#lib/gateways/kafka/client.ts';
import { log } from '#lib/log.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { onStop, registry } from '#lib/process.ts';

type Held = {
  version: number;
  client: Promise<KafkaClient>;
  isReadOnly: boolean;
  /** Connections for reading messages, apart from those for questions; opened with the first page of messages. */
  browsing?: KafkaChannel;
  /** The same for searches, which hold theirs for long. */
  searching?: KafkaChannel;
};

const held = (): Map<string, Held> =>
  registry('kafka-clients', () => {
    const clients = new Map<string, Held>();
    onStop('connections', 'kafka clients', async () => {
      await Promise.allSettled([...clients.values()].map(async ({ client }) => (await client).close()));
    });
    return clients;
  });

/**
 * The one Kafka client of a cluster in this process. It is made on first use and made anew when the
 * connection was changed; the read-only switch acts on the living client at once.
 * @throws AppError `cluster.not-found`
 */
export async function kafkaOf(clusterId: string): Promise<KafkaClient> {
  const cluster = await readCluster(clusterId);
  if (!cluster) {
    await dropKafka(clusterId);
    throw new AppError('cluster.not-found', { cluster: clusterId });
  }
  const known = held().get(clusterId);
  if (known && known.version === cluster.version) {
    known.isReadOnly = cluster.readOnly;
    return known.client;
  }
  const entry: Held = {
    version: cluster.version,
    isReadOnly: cluster.readOnly,
    client: open(cluster, () => entry.isReadOnly),
  };
  // Nothing is awaited between looking and keeping: of two that ask at once one makes the client, the other gets it.
  held().set(clusterId, entry);
  entry.client.catch(() => {
    if (held().get(clusterId) === entry) held().delete(clusterId);
  });
  if (known) void close(clusterId, known);
  return entry.client;
}

async function open(cluster: ClusterRecord, isReadOnly: () => boolean): Promise<KafkaClient> {
  const secrets = await readSecrets('clusters', cluster.id);
  return createKafkaClient({
    name: cluster.id,
    connection: cluster.connection,
    secrets,
    checkAddress,
    isReadOnly: () => env().MILLRACE_READ_ONLY || isReadOnly(),
  });
}

/**
 * The client of a cluster with the one channel that all its pages of messages share. It closes with the client.
 * @throws AppError `cluster.not-found`
 */
export async function browseOf(clusterId: string): Promise<{ client: KafkaClient; channel: KafkaChannel }> {
  const client = await kafkaOf(clusterId);
  const entry = held().get(clusterId);
  if (!entry) return { client, channel: client.openChannel('browse') };
  entry.browsing ??= client.openChannel('browse');
  return { client, channel: entry.browsing };
}

/**
 * The client of a cluster with the one channel that all its searches share.
 * @throws AppError `cluster.not-found`
 */
export async function searchOf(clusterId: string): Promise<{ client: KafkaClient; channel: KafkaChannel }> {
  const client = await kafkaOf(clusterId);
  const entry = held().get(clusterId);
  if (!entry) return { client, channel: client.openChannel('browse') };
  entry.searching ??= client.openChannel('browse');
  return { client, channel: entry.searching };
}

/** Closes the client of a cluster that was changed or deleted. */
export async function dropKafka(clusterId: string): Promise<void> {
  const known = held().get(clusterId);
  held().delete(clusterId);
  if (known) await close(clusterId, known);
}

async function close(clusterId: string, { client }: Held): Promise<void> {
  try {
    await (await client).close();
  } catch (error) {
    log.warn('kafka.close-failed', { cluster: clusterId, error });
  }
}
