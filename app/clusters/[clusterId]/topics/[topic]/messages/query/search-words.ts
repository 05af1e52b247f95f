import { addressNames, type MessageAddress, withoutDefaults } from '../message-address.ts';
import { conditionsOf } from './conditions.ts';
import { placeWords } from './place-words.ts';

/** Parameters of a saved search as an address; names that are not known here are left out. */
export const addressOf = (search: Readonly<Record<string, string>>): MessageAddress =>
  withoutDefaults(search);

/** The address as parameters that are saved: a page is a place in what was found once, so it is not kept. */
export const searchOf = (address: MessageAddress): Record<string, string> =>
  Object.fromEntries(
    Object.entries(withoutDefaults({ ...address, page: '' })).filter(([, value]) => value !== ''),
  );

/** What a search looks for, in one line: the expression, the conditions, then the range. */
export function searchWords(search: Readonly<Record<string, string>>, zone: string): string {
  const address = addressOf(search);
  const { where, order, from, to, partitions } = address;
  const range = [
    from === '' ? '' : placeWords(from, 'from', zone),
    to === '' ? '' : `until ${placeWords(to, 'to', zone)}`,
    partitions === '' ? '' : `partitions ${partitions}`,
    order === 'oldest' ? 'oldest first' : 'newest first',
  ];
  const conditions = conditionsOf(address).map(({ lead, value }) => `${lead} ${value}`.trim());
  return [where, ...conditions, ...range].filter((part) => part !== '').join(' · ');
}

/** Whether both read the same. */
export const isSameSearch = (
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean => addressNames.every((name) => name === 'page' || (one[name] ?? '') === (other[name] ?? ''));
