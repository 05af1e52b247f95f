import type { ExportFormat } from '#lib/model/message-export.ts';
import { apiPath } from '#lib/paths.ts';
import { type MessageAddress, withoutDefaults } from '../message-address.ts';

export type ExportChoice = {
  format: ExportFormat;
  /** Names and field paths in their order; empty is what is written by default. */
  fields: readonly string[];
  bytes: 'lossy' | 'all' | 'none';
  limit: number;
};

const path = '/clusters/[clusterId]/topics/[topic]/messages/export';

/** The file with what a search finds. A page is a place in what was found once, so it is not a part of it. */
export const exportUrl = (
  clusterId: string,
  topic: string,
  address: MessageAddress,
  { format, fields, bytes, limit }: ExportChoice,
  id: string,
): string =>
  apiPath(path, {
    clusterId,
    topic,
    ...withoutDefaults({ ...address, page: '', columns: '' }),
    format,
    fields: fields.join(','),
    bytes: bytes === 'lossy' ? '' : bytes,
    limit,
    id,
  });

/** What the file holds and how it ended. */
export const manifestUrl = (clusterId: string, topic: string, id: string): string =>
  apiPath(`${path}/manifest`, { clusterId, topic, id });
