import { browseOf } from '#lib/collector/connections.ts';
import { topicSource } from '#lib/gateways/kafka/fetch-source.ts';
import type { LogSource } from '#lib/model/log-source.ts';

/**
 * A topic of a cluster as logs to read, over the connections of the cluster that are for browsing.
 * @throws AppError `cluster.not-found`
 */
export async function messageSource(clusterId: string, topic: string): Promise<LogSource> {
  const { client, channel } = await browseOf(clusterId);
  return topicSource(client, channel, topic);
}
