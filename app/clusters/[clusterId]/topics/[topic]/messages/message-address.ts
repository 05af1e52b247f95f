import type { MessageFilter } from '#lib/model/message-filter.ts';
import { searchBudgetMb } from '#lib/model/message-limits.ts';
import { apiPath, paths } from '#lib/paths.ts';

/** What narrows the records down; the same names in the address, the GET and a saved search. */
export const filterNames = [
  'contains',
  'excludes',
  'key',
  'keyPrefix',
  'headers',
  'tombstones',
  'minSize',
  'maxSize',
  'where',
  'show',
] as const satisfies readonly (keyof MessageFilter)[];

/** In this order they stand in every address that is made here, so that one view has one address. */
export const addressNames = [
  'order',
  'from',
  'to',
  'partitions',
  ...filterNames,
  'isolation',
  'keySerde',
  'valueSerde',
  'columns',
  'budget',
  'page',
] as const;

export type AddressName = (typeof addressNames)[number];

/** What of a page of messages stands in its address, as text: the server says what of it is not valid. Empty is the default. */
export type MessageAddress = Record<AddressName, string>;

export const emptyAddress = Object.fromEntries(addressNames.map((name) => [name, ''])) as MessageAddress;

/** Names of the record that is open. */
export const placeNames = ['partition', 'offset', 'topicId'] as const;

export type Place = { partition: number; offset: string; topicId: string };

/** What a name means when it is not in the address. */
const defaults: Partial<MessageAddress> = {
  order: 'newest',
  isolation: 'read_committed',
  budget: String(searchBudgetMb),
  show: 'matched',
};

/** The address without what is so by default, its names in their one order. */
export function withoutDefaults(address: Partial<MessageAddress>): MessageAddress {
  return Object.fromEntries(
    addressNames.map((name) => {
      const value = address[name] ?? '';
      return [name, value === defaults[name] ? '' : value];
    }),
  ) as MessageAddress;
}

/** Whether anything but the range narrows the records down. */
export const isFiltered = (address: MessageAddress): boolean =>
  filterNames.some((name) => name !== 'show' && address[name] !== '');

/** The same view without any condition on single records. */
export const withoutFilter = (address: MessageAddress): MessageAddress => ({
  ...address,
  ...Object.fromEntries(filterNames.map((name) => [name, ''])),
  page: '',
});

const template = '/clusters/[clusterId]/topics/[topic]/messages';

/** GET of a page of messages, or of what stands `below` it, such as `/search`. */
export const messagesUrl = (clusterId: string, topic: string, address: MessageAddress, below = ''): string =>
  apiPath(`${template}${below}`, { clusterId, topic, ...withoutDefaults(address) });

/** GET of what is written from now on: order, ends, page and budget are those of a reading that ends. */
export const tailUrl = (clusterId: string, topic: string, address: MessageAddress): string =>
  messagesUrl(clusterId, topic, { ...address, order: '', from: '', to: '', page: '', budget: '' }, '/tail');

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

/** The link to what is read, and to nothing that is only open beside it. */
export const viewLink = (clusterId: string, topic: string, address: MessageAddress, isTailing = false) =>
  paths.topicMessages(clusterId, topic, {
    ...withoutDefaults(address),
    ...(isTailing ? { mode: 'tail' } : {}),
  });

/** The link to one record: its topic's id goes with it, because another topic of that name is not it. */
export const permalink = (clusterId: string, topic: string, place: Place): string =>
  paths.topicMessages(clusterId, topic, place);

/** What came before and after a record, in its partition. */
export function neighbours(place: Pick<Place, 'partition' | 'offset'>): MessageAddress {
  const from = BigInt(place.offset) - 10n;
  return {
    ...emptyAddress,
    order: 'oldest',
    from: `offset:${from < 0n ? 0n : from}`,
    partitions: String(place.partition),
  };
}
