import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { describeTopicConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import { ConfigList } from '#lib/model/config.ts';
import { TopicInput } from '#lib/model/topic.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Every config of a topic with its documentation, default and source, read now. */
export const listTopicConfigs = defineQuery({
  name: 'topic.configs',
  summary: 'Every config of a topic with documentation, default and source.',
  path: '/clusters/[clusterId]/topics/[topic]/configs',
  permission: 'topic:read',
  input: TopicInput,
  output: ConfigList,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const [found] = await describeTopicConfigs(client, [input.topic], { signal: context.signal });
    if (!found) throw new AppError('topic.not-found', { topic: input.topic, cluster: input.clusterId });
    if (found.error) throw found.error;
    return { entries: found.entries, asOf: new Date().toISOString(), missing: [] };
  },
});
