import type { MessageAddress } from '../message-address.ts';
import { conditionsOf } from '../query/conditions.ts';

/** What an address asks of each record, in words, one entry for each condition. */
export function askedWords(address: MessageAddress): string[] {
  return [
    ...conditionsOf(address).map(({ lead, value }) => `${lead} ${value}`.trim()),
    ...(address.where ? [address.where] : []),
    ...(address.show === 'failed' ? ['could not be evaluated'] : []),
    ...(address.show === 'undecoded' ? ['could not be decoded'] : []),
  ];
}
