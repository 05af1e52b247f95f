import type { CallOptions, KafkaClient, Route } from './client.ts';
import { itemError } from './translate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** Version 2 also names brokers that are registered but fenced (KIP-1073). */
export const describeClusterApi = rawApi(60, 'DescribeCluster', { min: 0, max: 2, flexible: 0 });

/** What an authorizer can allow on a cluster, by the bit that stands for it in `cluster_authorized_operations`. */
const operationBits: readonly (readonly [bit: number, operation: string])[] = [
  [5, 'create'],
  [7, 'alter'],
  [8, 'describe'],
  [9, 'cluster-action'],
  [10, 'describe-configs'],
  [11, 'alter-configs'],
  [12, 'idempotent-write'],
];

export type DescribedCluster = {
  clusterId: string;
  /** -1 when there is none now. In KRaft any broker that forwards. */
  controllerId: number;
  brokers: { id: number; host: string; port: number; rack: string | null; isFenced: boolean }[];
  /** What the principal may do to the cluster; null when the broker does not tell. */
  operations: string[] | null;
};

/**
 * The cluster as one broker sees it, with brokers that are fenced where the version tells them.
 * @throws AppError `kafka.unsupported` before Kafka 2.8.
 */
export async function describeCluster(
  client: KafkaClient,
  options: CallOptions & { route?: Route } = {},
): Promise<DescribedCluster> {
  const { value, version } = await client.call(
    describeClusterApi,
    body(encodeDescribeCluster),
    options.route ?? 'any',
    options,
  );
  return decodeDescribeCluster(value, version);
}

export function encodeDescribeCluster(version: number): Buffer {
  const writer = new FlatWriter(8).bool(true);
  if (version >= 1) writer.int8(1);
  if (version >= 2) writer.bool(true);
  return writer.tags(true).done();
}

export function decodeDescribeCluster(bytes: Buffer, version: number): DescribedCluster {
  const reader = new FlatReader(bytes);
  reader.skip(4);
  const errorCode = reader.int16();
  const message = reader.string(true);
  if (errorCode !== 0) throw itemError(errorCode, message, { operation: 'describe the cluster' });
  if (version >= 1) reader.skip(1);
  const clusterId = reader.string(true) ?? '';
  const controllerId = reader.int32();
  const brokers: DescribedCluster['brokers'] = [];
  for (let left = reader.count(true, 11); left > 0; left -= 1) {
    const id = reader.int32();
    const host = reader.string(true) ?? '';
    const port = reader.int32();
    const rack = reader.string(true);
    const isFenced = version >= 2 ? reader.bool() : false;
    reader.tags(true);
    brokers.push({ id, host, port, rack, isFenced });
  }
  const bits = reader.int32();
  const operations =
    bits === -2_147_483_648
      ? null
      : operationBits.filter(([bit]) => (bits & (1 << bit)) !== 0).map(([, operation]) => operation);
  return { clusterId, controllerId, brokers, operations };
}
