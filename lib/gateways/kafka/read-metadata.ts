import { AppError } from '#lib/errors/app-error.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { itemError } from './translate.ts';
import { body } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { metadataApi, metadataRequest, readMetadataHead } from './wire/metadata-codec.ts';
import { Pacer } from './wire/pacer.ts';

/**
 * The whole cluster, or the named topics, as columns. A topic or partition in trouble is a code in its row and
 * rejects nothing. Large answers are decoded in slices that leave the event loop free.
 * @throws AppError `kafka.*` when no broker answers.
 */
export async function readMetadata(
  client: KafkaClient,
  options: CallOptions & { topics?: readonly string[] } = {},
): Promise<MetadataColumns> {
  const topics = options.topics ?? null;
  const { value, version } = await client.call(
    metadataApi,
    body((chosen) => metadataRequest(chosen, topics)),
    'any',
    options,
  );
  const columns = await decodeMetadata(value, version);
  client.learn(columns);
  return columns;
}

/**
 * One topic, asked now.
 * @throws AppError `topic.not-found`, `kafka.denied`, or what else Kafka says of it.
 */
export async function readTopic(
  client: KafkaClient,
  topic: string,
  options: CallOptions = {},
): Promise<MetadataColumns> {
  const columns = await readMetadata(client, { ...options, topics: [topic] });
  const code = columns.names[0] === topic ? (columns.topicError[0] ?? 3) : 3;
  // Without a leader somewhere the topic is still there; its rows say so.
  if (code !== 0 && columns.partition.length === 0) {
    throw itemError(code, null, {
      topic,
      cluster: client.name,
      subject: topic,
      operation: `describe topic ${topic}`,
    });
  }
  return columns;
}

type Skim = { name: string; at: number; isAscending: boolean };
type Totals = { partitions: number; replicas: number; isr: number };

/** Reads the answer twice: once for places and totals, once in the order of names into arrays of the right size. */
export async function decodeMetadata(bytes: Buffer, version: number): Promise<MetadataColumns> {
  const reader = new FlatReader(bytes);
  const pacer = new Pacer();
  const head = readMetadataHead(reader, version);
  const totals: Totals = { partitions: 0, replicas: 0, isr: 0 };
  const skims: Skim[] = [];
  for (let left = reader.count(version >= 9, 8); left > 0; left -= 1) {
    const skim = skimTopic(reader, version, totals);
    if (skim) skims.push(skim);
    if (pacer.due()) await pacer.turn();
  }
  skims.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  await pacer.turn();
  const columns: MetadataColumns = {
    ...head,
    names: new Array<string>(skims.length),
    topicIds: new Array<string>(skims.length),
    isInternal: new Uint8Array(skims.length),
    topicError: new Int16Array(skims.length),
    partitionStart: new Int32Array(skims.length + 1),
    partition: new Int32Array(totals.partitions),
    partitionError: new Int16Array(totals.partitions),
    leader: new Int32Array(totals.partitions),
    replicaStart: new Int32Array(totals.partitions + 1),
    replicas: new Int32Array(totals.replicas),
    isrStart: new Int32Array(totals.partitions + 1),
    isr: new Int32Array(totals.isr),
  };
  const filled: Totals = { partitions: 0, replicas: 0, isr: 0 };
  for (const [row, skim] of skims.entries()) {
    reader.position = skim.at;
    fillTopic(columns, row, skim, reader, version, filled);
    if (pacer.due()) await pacer.turn();
  }
  return columns;
}

function skimTopic(reader: FlatReader, version: number, totals: Totals): Skim | null {
  const flexible = version >= 9;
  const at = reader.position;
  reader.skip(2);
  const name = reader.string(flexible);
  reader.skip(version >= 10 ? 17 : 1);
  let before = -1;
  let isAscending = true;
  const count = reader.count(flexible, 20);
  for (let left = count; left > 0; left -= 1) {
    reader.skip(2);
    const index = reader.int32();
    if (index <= before) isAscending = false;
    before = index;
    reader.skip(version >= 7 ? 8 : 4);
    const replicas = reader.count(flexible, 4);
    reader.skip(Math.max(0, replicas) * 4);
    const isr = reader.count(flexible, 4);
    reader.skip(Math.max(0, isr) * 4);
    if (version >= 5) reader.skip(Math.max(0, reader.count(flexible, 4)) * 4);
    reader.tags(flexible);
    if (name !== null) {
      totals.replicas += Math.max(0, replicas);
      totals.isr += Math.max(0, isr);
      totals.partitions += 1;
    }
  }
  if (version >= 8) reader.skip(4);
  reader.tags(flexible);
  return name === null ? null : { name, at, isAscending };
}

function fillTopic(
  columns: MetadataColumns,
  row: number,
  skim: Skim,
  reader: FlatReader,
  version: number,
  filled: Totals,
): void {
  const flexible = version >= 9;
  columns.names[row] = skim.name;
  columns.topicError[row] = reader.int16();
  reader.skipString(flexible);
  const id = version >= 10 ? reader.uuid() : '';
  columns.topicIds[row] = id === '00000000-0000-0000-0000-000000000000' ? '' : id;
  columns.isInternal[row] = reader.bool() ? 1 : 0;
  const count = Math.max(0, reader.count(flexible, 20));
  const places = skim.isAscending ? null : placesOf(reader, version, count);
  for (let i = 0; i < count; i += 1) {
    if (places) reader.position = places[i] as number;
    fillPartition(columns, reader, version, filled);
  }
  columns.partitionStart[row + 1] = filled.partitions;
}

function fillPartition(columns: MetadataColumns, reader: FlatReader, version: number, filled: Totals): void {
  const flexible = version >= 9;
  const p = filled.partitions;
  columns.partitionError[p] = reader.int16();
  columns.partition[p] = reader.int32();
  columns.leader[p] = reader.int32();
  if (version >= 7) reader.skip(4);
  for (let left = reader.count(flexible, 4); left > 0; left -= 1) {
    columns.replicas[filled.replicas] = reader.int32();
    filled.replicas += 1;
  }
  for (let left = reader.count(flexible, 4); left > 0; left -= 1) {
    columns.isr[filled.isr] = reader.int32();
    filled.isr += 1;
  }
  if (version >= 5) reader.skip(Math.max(0, reader.count(flexible, 4)) * 4);
  reader.tags(flexible);
  filled.partitions = p + 1;
  columns.replicaStart[p + 1] = filled.replicas;
  columns.isrStart[p + 1] = filled.isr;
}

/** Where each partition of a topic begins, in ascending order of its number. */
function placesOf(reader: FlatReader, version: number, count: number): number[] {
  const flexible = version >= 9;
  const found: { at: number; index: number }[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = reader.position;
    reader.skip(2);
    found.push({ at, index: reader.int32() });
    reader.skip(version >= 7 ? 8 : 4);
    for (let list = version >= 5 ? 3 : 2; list > 0; list -= 1) {
      reader.skip(Math.max(0, reader.count(flexible, 4)) * 4);
    }
    reader.tags(flexible);
  }
  return found.sort((a, b) => a.index - b.index).map(({ at }) => at);
}

const rowMaps = new WeakMap<readonly string[], Map<string, number>>();

/** Topic name → row. Made once per array of names. */
export function rowsByName(names: readonly string[]): Map<string, number> {
  let rows = rowMaps.get(names);
  if (!rows) {
    rows = new Map();
    for (let row = 0; row < names.length; row += 1) rows.set(names[row] as string, row);
    rowMaps.set(names, rows);
  }
  return rows;
}

/** The row of partition `partition` of topic row `topic`; -1 when it is not there. */
export function partitionRow(metadata: MetadataColumns, topic: number, partition: number): number {
  let low = metadata.partitionStart[topic] ?? 0;
  let high = (metadata.partitionStart[topic + 1] ?? 0) - 1;
  const guess = low + partition;
  if (guess <= high && metadata.partition[guess] === partition) return guess;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = metadata.partition[middle] as number;
    if (at === partition) return middle;
    if (at < partition) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** @throws AppError `kafka.no-leader` */
export function leaderOf(metadata: MetadataColumns, topic: string, partition: number): number {
  const row = partitionRow(metadata, rowsByName(metadata.names).get(topic) ?? -1, partition);
  const leader = row < 0 ? -1 : (metadata.leader[row] as number);
  if (leader < 0) throw new AppError('kafka.no-leader', { topic, partition });
  return leader;
}
