import { setTimeout as delay } from 'node:timers/promises';
import { Connection, metadataV12 } from '@platformatic/kafka';

/**
 * Opens a connection to a broker given as host:port for the length of `work`. Rejects when it cannot be
 * reached, and with what `work` rejects.
 */
export async function withConnection<T>(
  address: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const at = address.lastIndexOf(':');
  const connection = new Connection('millrace-fixture', { connectTimeout: 3_000, requestTimeout: 30_000 });
  await connection.connect(address.slice(0, at), Number(address.slice(at + 1)));
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

const namesPerRequest = 500;

async function knowsAll(connection: Connection, names: readonly string[]): Promise<boolean> {
  for (let from = 0; from < names.length; from += namesPerRequest) {
    const chunk = names.slice(from, from + namesPerRequest);
    try {
      const { topics } = await metadataV12.api.async(connection, chunk, false, false);
      if (topics.some((topic) => topic.partitions.some((partition) => partition.leaderId < 0))) return false;
    } catch (error) {
      // The library rejects an answer in which one topic has an error; any other failure is told.
      if (error instanceof Error && 'response' in error) return false;
      throw error;
    }
  }
  return true;
}

/**
 * Waits until each broker that can be reached knows the topics and their leaders. A new topic is known to
 * the controller first and to the brokers one after another: a client that asks a late one is told that
 * there is no such topic. Rejects after `deadlineMs`.
 */
export async function awaitTopics(
  bootstrap: readonly string[],
  names: readonly string[],
  deadlineMs = 60_000,
): Promise<void> {
  const endMs = Date.now() + deadlineMs;
  let reached = 0;
  const wait = async (connection: Connection, address: string) => {
    reached += 1;
    while (!(await knowsAll(connection, names))) {
      if (Date.now() > endMs) throw new Error(`${address} does not know all ${names.length} topics yet`);
      await delay(100);
    }
  };
  await Promise.all(
    bootstrap.map(async (address) => {
      let isReached = false;
      try {
        await withConnection(address, (connection) => {
          isReached = true;
          return wait(connection, address);
        });
      } catch (error) {
        if (isReached) throw error;
      }
    }),
  );
  if (reached === 0) throw new Error(`none of ${bootstrap.join(', ')} can be reached`);
}
