import type { Isolation } from '#lib/model/message.ts';
import { apiPath, paths } from '#lib/paths.ts';

/** What of a page of messages stands in its address, as text: the server says what of it is not valid. */
export type MessageAddress = {
  seek: string;
  at: string;
  partitions: string;
  isolation: string;
  page: string;
};

export const addressNames = ['seek', 'at', 'partitions', 'isolation', 'page'] as const;

/** Names of the record that is open. */
export const placeNames = ['partition', 'offset', 'topicId'] as const;

export type Place = { partition: number; offset: string; topicId: string };

const template = '/clusters/[clusterId]/topics/[topic]/messages';

/** GET of a page of messages; what is as by default is left out, so that one page has one address. */
export const messagesUrl = (clusterId: string, topic: string, address: MessageAddress): string =>
  apiPath(template, { clusterId, topic, ...withoutDefaults(address) });

export function withoutDefaults(address: MessageAddress): MessageAddress {
  return {
    seek: address.seek === 'newest' ? '' : address.seek,
    at: address.seek === 'offset' || address.seek === 'time' ? address.at : '',
    partitions: address.partitions,
    isolation: address.isolation === ('read_committed' satisfies Isolation) ? '' : address.isolation,
    page: address.page,
  };
}

export const messageUrl = (clusterId: string, topic: string, place: Place): string =>
  apiPath(`${template}/[partition]/[offset]`, { clusterId, topic, ...place });

export const downloadUrl = (
  clusterId: string,
  topic: string,
  place: Place,
  field: 'key' | 'value' | 'header',
  header?: number,
): string =>
  apiPath(`${template}/[partition]/[offset]/download`, { clusterId, topic, ...place, field, header });

/** The link to one record: its topic's id goes with it, because another topic of that name is not it. */
export const permalink = (clusterId: string, topic: string, place: Place): string =>
  paths.topicMessages(clusterId, topic, place);

/** What came before and after a record, in its partition. */
export function neighbours(place: Pick<Place, 'partition' | 'offset'>): MessageAddress {
  const from = BigInt(place.offset) - 10n;
  return {
    seek: 'offset',
    at: String(from < 0n ? 0n : from),
    partitions: String(place.partition),
    isolation: '',
    page: '',
  };
}
