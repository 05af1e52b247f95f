'use client';

import { parseAsBoolean, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { type MessageAddress, type Place, withoutDefaults } from './message-address.ts';

const text = parseAsString.withDefault('');
const parsers = {
  seek: parseAsString.withDefault('newest'),
  at: text,
  partitions: text,
  isolation: text,
  page: text,
  partition: parseAsInteger,
  offset: text,
  topicId: text,
  produce: parseAsBoolean.withDefault(false),
};

/** What is read and which record is open, all of it in the address: it can be linked and gone back from. */
export function useMessageAddress() {
  const [state, set] = useQueryStates(parsers, { history: 'push', scroll: false });
  const { seek, at, partitions, isolation, page, partition, offset, topicId } = state;
  const address = useMemo<MessageAddress>(
    () => ({ seek, at, partitions, isolation, page }),
    [seek, at, partitions, isolation, page],
  );
  const place = useMemo<Place | null>(
    () => (partition === null || offset === '' ? null : { partition, offset, topicId }),
    [partition, offset, topicId],
  );
  return {
    address,
    place,
    isProducing: state.produce,
    /** Reads something else; the open record closes. */
    setAddress: (next: MessageAddress) => {
      const kept = withoutDefaults(next);
      void set({
        seek: kept.seek || null,
        at: kept.at || null,
        partitions: kept.partitions || null,
        isolation: kept.isolation || null,
        page: kept.page || null,
        partition: null,
        offset: null,
        topicId: null,
      });
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
    setProducing: (isProducing: boolean) => void set({ produce: isProducing || null }),
  };
}
