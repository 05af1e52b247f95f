import { kafkaOf } from '#lib/collector/connections.ts';
import { describeBrokerConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import { BrokerInput } from '#lib/model/broker.ts';
import { ConfigList } from '#lib/model/config.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Every config of a broker with documentation, source and whether it can be changed while it runs. */
export const listBrokerConfigs = defineQuery({
  name: 'broker.configs',
  summary: 'Every config of a broker with documentation, default and source.',
  path: '/clusters/[clusterId]/brokers/[brokerId]/configs',
  permission: 'broker:read',
  input: BrokerInput,
  output: ConfigList,
  target: (input) => ({ type: 'broker', id: String(input.brokerId), clusterId: input.clusterId }),
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const entries = await describeBrokerConfigs(client, input.brokerId, { signal: context.signal });
    return { entries, asOf: new Date().toISOString(), missing: [] };
  },
});
