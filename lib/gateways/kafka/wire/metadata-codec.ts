import type { BrokerAddress } from '#lib/model/columns.ts';
import { rawApi } from './api.ts';
import { FlatReader } from './flat-reader.ts';
import { FlatWriter } from './flat-writer.ts';

/** Metadata 4–12; 13 adds only an error code that 12 does without. */
export const metadataApi = rawApi(3, 'Metadata', { min: 4, max: 12, flexible: 9 });

/** @param topics null asks for all, an empty list for the brokers alone. */
export function metadataRequest(version: number, topics: readonly string[] | null): Buffer {
  const flexible = version >= 9;
  const writer = new FlatWriter(64 + (topics?.length ?? 0) * 64);
  if (topics === null) writer.count(-1, flexible);
  else {
    writer.count(topics.length, flexible);
    for (const topic of topics) {
      if (version >= 10) writer.uuid('00000000000000000000000000000000');
      writer.string(topic, flexible).tags(flexible);
    }
  }
  // Reading must never create a topic.
  writer.bool(false);
  if (version >= 8 && version <= 10) writer.bool(false);
  if (version >= 8) writer.bool(false);
  return writer.tags(flexible).done();
}

export type MetadataHead = { brokers: BrokerAddress[]; clusterId: string | null; controllerId: number };

/** Reads what comes before the topics; the reader stands at their count afterwards. */
export function readMetadataHead(reader: FlatReader, version: number): MetadataHead {
  const flexible = version >= 9;
  reader.skip(4);
  const brokers: BrokerAddress[] = [];
  for (let left = reader.count(flexible, 10); left > 0; left -= 1) {
    const id = reader.int32();
    const host = reader.string(flexible) ?? '';
    const port = reader.int32();
    const rack = reader.string(flexible);
    reader.tags(flexible);
    brokers.push({ id, host, port, rack });
  }
  return { brokers, clusterId: reader.string(flexible), controllerId: reader.int32() };
}

export const metadataHeadOf = (body: Buffer, version: number): MetadataHead =>
  readMetadataHead(new FlatReader(body), version);
