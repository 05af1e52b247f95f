import { FlatReader } from '#lib/gateways/kafka/wire/flat-reader.ts';
import { FlatWriter } from '#lib/gateways/kafka/wire/flat-writer.ts';
import type { HostPort } from '#lib/model/cluster.ts';
import type { FakeRequest } from './fake-broker.ts';

/** How large the fake cluster is. All in it follows from these numbers. */
export type FakeShape = {
  brokers: number;
  topics: number;
  partitions: number;
  replicationFactor: number;
  groups: number;
  topicsPerGroup: number;
  /** What metadata advertises, by broker; the listeners themselves unless given. */
  addresses: HostPort[];
};

/** API key → name, highest version offered, first flexible version. The lowest offered is 0. */
const offered = new Map<number, { max: number; flexible: number }>([
  [2, { max: 8, flexible: 6 }],
  [3, { max: 12, flexible: 9 }],
  [9, { max: 8, flexible: 6 }],
  [10, { max: 4, flexible: 3 }],
  [16, { max: 5, flexible: 3 }],
  [18, { max: 4, flexible: 3 }],
  [32, { max: 4, flexible: 4 }],
  [35, { max: 4, flexible: 2 }],
  [60, { max: 1, flexible: 0 }],
]);

export const isFlexible = (apiKey: number, version: number): boolean =>
  version >= (offered.get(apiKey)?.flexible ?? 0);
export const topicName = (topic: number): string => `shop.topic-${String(topic).padStart(5, '0')}.v1`;
export const groupName = (group: number): string => `group-${String(group).padStart(5, '0')}`;
export const endOffset = (partition: number): bigint => 1_000_000n + BigInt(partition);

/** Leader and replicas go round: every broker has its share. */
export const replicaAt = (shape: FakeShape, topic: number, partition: number, replica: number): number =>
  ((topic + partition + replica) % shape.brokers) + 1;

const cache = new WeakMap<FakeShape, Map<string, Buffer>>();
/** The usual answer, kept when it does not depend on what the request names. */
export function answerTo(request: FakeRequest, shape: FakeShape): Buffer {
  const kept = cache.get(shape) ?? new Map<string, Buffer>();
  cache.set(shape, kept);
  const make = (): Buffer => {
    switch (request.apiKey) {
      case 2:
        return listOffsets(request);
      case 3:
        return metadata(request, shape);
      case 9:
        return offsetFetch(request, shape);
      case 10:
        return findCoordinator(request, shape);
      case 16:
        return listGroups(request, shape);
      case 18:
        return apiVersions(request);
      case 32:
        return describeConfigs(request);
      case 35:
        return describeLogDirs(request, shape);
      case 60:
        return describeCluster(request, shape);
      default:
        throw new Error(`The fake does not speak API ${request.apiKey}.`);
    }
  };
  const isConstant =
    request.apiKey === 16 || request.apiKey === 35 || (request.apiKey === 3 && asksAll(request));
  if (!isConstant) return make();
  const key = `${request.broker}:${request.apiKey}:${request.apiVersion}`;
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key) as Buffer;
}

const asksAll = (request: FakeRequest): boolean =>
  new FlatReader(request.body).count(isFlexible(3, request.apiVersion), 1) < 0;

function apiVersions({ apiVersion }: FakeRequest): Buffer {
  const flexible = apiVersion >= 3;
  const writer = new FlatWriter().int16(0).count(offered.size, flexible);
  for (const [key, { max }] of offered) writer.int16(key).int16(0).int16(max).tags(flexible);
  if (apiVersion >= 1) writer.int32(0);
  return writer.tags(flexible).done();
}

function brokerList(writer: FlatWriter, shape: FakeShape, flexible: boolean): void {
  writer.count(shape.addresses.length, flexible);
  shape.addresses.forEach(({ host, port }, i) => {
    writer
      .int32(i + 1)
      .string(host, flexible)
      .int32(port)
      .string(`rack-${i + 1}`, flexible)
      .tags(flexible);
  });
}

function metadata({ apiVersion, body }: FakeRequest, shape: FakeShape): Buffer {
  const flexible = apiVersion >= 9;
  const wanted = topicsAsked(new FlatReader(body), apiVersion);
  const topics = wanted ?? Array.from({ length: shape.topics }, (_, topic) => topicName(topic));
  const writer = new FlatWriter(256 + topics.length * shape.partitions * 60).int32(0);
  brokerList(writer, shape, flexible);
  writer.string('fake-cluster', flexible).int32(1).count(topics.length, flexible);
  for (const name of topics) {
    const topic = Number(/(\d+)\.v1$/.exec(name)?.[1] ?? -1);
    const isThere = topic >= 0 && topic < shape.topics;
    writer.int16(isThere ? 0 : 3).string(name, flexible);
    if (apiVersion >= 10) writer.uuid((isThere ? topic + 1 : 0).toString(16).padStart(32, '0'));
    writer.bool(false).count(isThere ? shape.partitions : 0, flexible);
    for (let partition = 0; isThere && partition < shape.partitions; partition += 1) {
      writer
        .int16(0)
        .int32(partition)
        .int32(replicaAt(shape, topic, partition, 0));
      if (apiVersion >= 7) writer.int32(0);
      for (let list = 0; list < 2; list += 1) {
        writer.count(shape.replicationFactor, flexible);
        for (let r = 0; r < shape.replicationFactor; r += 1)
          writer.int32(replicaAt(shape, topic, partition, r));
      }
      if (apiVersion >= 5) writer.count(0, flexible);
      writer.tags(flexible);
    }
    if (apiVersion >= 8) writer.int32(-2_147_483_648);
    writer.tags(flexible);
  }
  if (apiVersion >= 8 && apiVersion <= 10) writer.int32(-2_147_483_648);
  return writer.tags(flexible).done();
}

function topicsAsked(reader: FlatReader, version: number): string[] | null {
  const flexible = version >= 9;
  const count = reader.count(flexible, 1);
  if (count < 0) return null;
  return Array.from({ length: count }, () => {
    reader.skip(version >= 10 ? 16 : 0);
    const name = reader.string(flexible) ?? '';
    reader.tags(flexible);
    return name;
  });
}

function listOffsets({ apiVersion, body }: FakeRequest): Buffer {
  const flexible = apiVersion >= 6;
  const reader = new FlatReader(body);
  reader.skip(apiVersion >= 2 ? 5 : 4);
  const topics = reader.count(flexible, 1);
  const writer = new FlatWriter(body.length * 2);
  if (apiVersion >= 2) writer.int32(0);
  writer.count(topics, flexible);
  for (let t = 0; t < topics; t += 1) {
    writer.string(reader.string(flexible), flexible);
    const partitions = reader.count(flexible, 1);
    writer.count(partitions, flexible);
    for (let p = 0; p < partitions; p += 1) {
      const partition = reader.int32();
      if (apiVersion >= 4) reader.skip(4);
      const timestamp = reader.int64();
      reader.tags(flexible);
      writer.int32(partition).int16(0).int64(-1n);
      writer.int64(timestamp === -2n ? 0n : endOffset(partition));
      if (apiVersion >= 4) writer.int32(0);
      writer.tags(flexible);
    }
    reader.tags(flexible);
    writer.tags(flexible);
  }
  return writer.tags(flexible).done();
}

function describeLogDirs({ apiVersion, broker }: FakeRequest, shape: FakeShape): Buffer {
  const flexible = apiVersion >= 2;
  const writer = new FlatWriter(shape.topics * shape.partitions * 30).int32(0);
  if (apiVersion >= 3) writer.int16(0);
  writer.count(1, flexible).int16(0).string(`/data/${broker}`, flexible).count(shape.topics, flexible);
  for (let topic = 0; topic < shape.topics; topic += 1) {
    const own: number[] = [];
    for (let partition = 0; partition < shape.partitions; partition += 1) {
      for (let r = 0; r < shape.replicationFactor; r += 1) {
        if (replicaAt(shape, topic, partition, r) === broker) own.push(partition);
      }
    }
    writer.string(topicName(topic), flexible).count(own.length, flexible);
    for (const partition of own)
      writer
        .int32(partition)
        .int64(BigInt(1_000 * (partition + 1)))
        .int64(0n)
        .bool(false)
        .tags(flexible);
    writer.tags(flexible);
  }
  if (apiVersion >= 4) writer.int64(1_000_000_000_000n).int64(400_000_000_000n);
  return writer.tags(flexible).tags(flexible).done();
}

function listGroups({ apiVersion, broker }: FakeRequest, shape: FakeShape): Buffer {
  const flexible = apiVersion >= 3;
  const own = Array.from({ length: shape.groups }, (_, group) => group).filter(
    (g) => (g % shape.brokers) + 1 === broker,
  );
  const writer = new FlatWriter(64 + own.length * 48);
  if (apiVersion >= 1) writer.int32(0);
  writer.int16(0).count(own.length, flexible);
  for (const group of own) {
    writer.string(groupName(group), flexible).string('consumer', flexible);
    if (apiVersion >= 4) writer.string('Stable', flexible);
    if (apiVersion >= 5) writer.string('Classic', flexible);
    writer.tags(flexible);
  }
  return writer.tags(flexible).done();
}

function offsetFetch({ body }: FakeRequest, shape: FakeShape): Buffer {
  const reader = new FlatReader(body);
  const groups = reader.count(true, 1);
  const writer = new FlatWriter(groups * shape.topicsPerGroup * shape.partitions * 24)
    .int32(0)
    .count(groups, true);
  for (let g = 0; g < groups; g += 1) {
    const groupId = reader.string(true) ?? '';
    reader.count(true, 1);
    reader.tags(true);
    const group = Number(groupId.slice('group-'.length));
    writer.string(groupId, true).count(shape.topicsPerGroup, true);
    for (let t = 0; t < shape.topicsPerGroup; t += 1) {
      writer.string(topicName((group * 7 + t) % shape.topics), true).count(shape.partitions, true);
      for (let partition = 0; partition < shape.partitions; partition += 1) {
        writer
          .int32(partition)
          .int64(endOffset(partition) - BigInt(group))
          .int32(-1)
          .string('', true)
          .int16(0)
          .tags(true);
      }
      writer.tags(true);
    }
    writer.int16(0).tags(true);
  }
  return writer.tags(true).done();
}

function findCoordinator({ body }: FakeRequest, shape: FakeShape): Buffer {
  const reader = new FlatReader(body);
  reader.skip(1);
  const keys = reader.count(true, 1);
  const writer = new FlatWriter().int32(0).count(keys, true);
  for (let i = 0; i < keys; i += 1) {
    const key = reader.string(true) ?? '';
    const broker = (Number(/\d+/.exec(key)?.[0] ?? 0) % shape.brokers) + 1;
    const { host, port } = shape.addresses[broker - 1] ?? { host: '', port: 0 };
    writer
      .string(key, true)
      .int32(broker)
      .string(host, true)
      .int32(port)
      .int16(0)
      .string(null, true)
      .tags(true);
  }
  return writer.tags(true).done();
}

function describeConfigs({ body, apiVersion }: FakeRequest): Buffer {
  const flexible = apiVersion >= 4;
  const reader = new FlatReader(body);
  const resources = reader.count(flexible, 1);
  const writer = new FlatWriter(resources * 96).int32(0).count(resources, flexible);
  for (let i = 0; i < resources; i += 1) {
    const type = reader.int8();
    const name = reader.string(flexible);
    for (let left = reader.count(flexible, 1); left > 0; left -= 1) reader.skipString(flexible);
    reader.tags(flexible);
    writer.int16(0).string(null, flexible).int8(type).string(name, flexible).count(1, flexible);
    writer
      .string('min.insync.replicas', flexible)
      .string('2', flexible)
      .bool(false)
      .int8(5)
      .bool(false)
      .count(0, flexible);
    if (apiVersion >= 3) writer.int8(3).string(null, flexible);
    writer.tags(flexible).tags(flexible);
  }
  return writer.tags(flexible).done();
}

function describeCluster({ apiVersion }: FakeRequest, shape: FakeShape): Buffer {
  const writer = new FlatWriter().int32(0).int16(0).string(null, true);
  if (apiVersion >= 1) writer.int8(1);
  writer.string('fake-cluster', true).int32(1);
  brokerList(writer, shape, true);
  return writer.int32(-2_147_483_648).tags(true).done();
}
