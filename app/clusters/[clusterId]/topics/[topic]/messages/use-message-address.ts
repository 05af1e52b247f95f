'use client';

import { parseAsBoolean, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import {
  type AddressName,
  addressNames,
  type MessageAddress,
  type Place,
  withoutDefaults,
} from './message-address.ts';

const text = parseAsString.withDefault('');
const texts = Object.fromEntries(addressNames.map((name) => [name, text])) as Record<
  AddressName,
  typeof text
>;
const parsersOf = (pinnedColumns: string) => ({
  ...texts,
  // Written out even where they are those that are kept: a link is for others too.
  columns: parseAsString.withDefault(pinnedColumns).withOptions({ clearOnDefault: false }),
  partition: parseAsInteger,
  offset: text,
  topicId: text,
  mode: text,
  produce: parseAsBoolean.withDefault(false),
});

/**
 * What is read and which record is open, all of it in the address: it can be linked and gone back from.
 * @param pinnedColumns what stands for columns where the address names none.
 */
export function useMessageAddress(pinnedColumns: string) {
  const parsers = useMemo(() => parsersOf(pinnedColumns), [pinnedColumns]);
  const [state, set] = useQueryStates(parsers, { history: 'push', scroll: false });
  const { partition, offset, topicId } = state;
  const values = addressNames.map((name) => state[name]);
  // As one text, because the address is the same as long as no part of it is another.
  const signature = JSON.stringify(values);
  const address = useMemo<MessageAddress>(() => {
    const texts = JSON.parse(signature) as string[];
    return withoutDefaults(Object.fromEntries(addressNames.map((name, index) => [name, texts[index]])));
  }, [signature]);
  const place = useMemo<Place | null>(
    () => (partition === null || offset === '' ? null : { partition, offset, topicId }),
    [partition, offset, topicId],
  );
  const nothingOpen = { partition: null, offset: null, topicId: null };
  return {
    address,
    place,
    isTailing: state.mode === 'tail',
    isProducing: state.produce,
    /** Reads something else; the open record closes. */
    setAddress: (next: MessageAddress) => {
      const kept = Object.entries(withoutDefaults(next)).map(([name, value]) => [name, value || null]);
      void set({ ...Object.fromEntries(kept), ...nothingOpen });
    },
    /** Opens one record over what is read. Stepping through records leaves one step to go back. */
    setPlace: (next: Place | null) =>
      void set(
        {
          partition: next?.partition ?? null,
          offset: next?.offset ?? null,
          topicId: next?.topicId || null,
        },
        { history: place && next ? 'replace' : 'push' },
      ),
    /** Follows what is written now instead of reading what was. */
    setTailing: (isTailing: boolean) => void set({ mode: isTailing ? 'tail' : null, ...nothingOpen }),
    setProducing: (isProducing: boolean) => void set({ produce: isProducing || null }),
  };
}
