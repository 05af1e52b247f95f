import { browseOf, searchOf } from '#lib/collector/connections.ts';
import { topicSource } from '#lib/gateways/kafka/fetch-source.ts';
import type { LogSource } from '#lib/model/log-source.ts';

/**
 * A topic of a cluster as logs to read, over connections that are for reading: those of searches are apart from those of pages.
 * @throws AppError `cluster.not-found`
 */
export async function messageSource(
  clusterId: string,
  topic: string,
  purpose: 'page' | 'search' = 'page',
): Promise<LogSource> {
  const { client, channel } = await (purpose === 'page' ? browseOf : searchOf)(clusterId);
  return topicSource(client, channel, topic);
}
