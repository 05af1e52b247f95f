'use client';

import { type ReactNode, useCallback, useMemo } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import type { Marks } from '#components/message/preview-pieces.ts';
import { Bank } from '#components/ui/section.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatCount } from '#lib/format.ts';
import { splitFieldPaths } from '#lib/model/field-path.ts';
import type { MissingPart } from '#lib/model/listing.ts';
import type { MessageDetail, MessageRow } from '#lib/model/message.ts';
import type { MessageAddress, Place } from '../message-address.ts';
import { OpenRecord } from '../record/open-record.tsx';
import { messageColumns, sharedDay } from './message-columns.tsx';
import { rowKeyOf } from './row-key.ts';
import { SelectionActs } from './selection-acts.tsx';
import { useRecordKeys, useScrollToLinked } from './use-record-keys.ts';

/** What every list of records of a topic stands in: the topic, what is read of it, and which record is open. */
export type ListFrame = {
  clusterId: string;
  topic: string;
  address: MessageAddress;
  setAddress: (next: MessageAddress) => void;
  /** The columns that the reader keeps for this topic; they stand where the address names none. */
  pinnedColumns: string;
  setPinnedColumns: (columns: string) => void;
  place: Place | null;
  setPlace: (next: Place | null) => void;
  /** Reads what came before and after a record in its partition. */
  readAround: (place: Place) => void;
  /** The open record as the server drew it. */
  record: MessageDetail | undefined;
  /** Produces a copy of a record; null where one may not. */
  onCopy: ((record: MessageDetail) => void) | null;
};

/** Records of a topic, one of them opened below its row; some of them picked to compare or to copy. */
export function ResultList({
  frame,
  topicId,
  rows,
  marks,
  isBusy,
  missing,
  problem,
  loading,
  empty,
}: {
  frame: ListFrame;
  topicId: string;
  rows: readonly MessageRow[] | undefined;
  marks: Marks;
  isBusy: boolean;
  missing: readonly MissingPart[] | undefined;
  /** Stands in place of the list when nothing could be read. */
  problem: ReactNode;
  loading: string;
  empty: ReactNode;
}) {
  const { topic, address, place, setPlace } = frame;
  const zone = useZone();
  const openKey = place ? rowKeyOf(place) : null;
  const isOfTopic = place !== null && (place.topicId === '' || place.topicId === topicId);
  const isInList = isOfTopic && (rows?.some((row) => rowKeyOf(row) === openKey) ?? false);
  const fields = useMemo(() => splitFieldPaths(address.columns), [address.columns]);
  useScrollToLinked(isInList ? openKey : null);

  const toggle = useCallback(
    (row: MessageRow) =>
      setPlace(openKey === rowKeyOf(row) ? null : { partition: row.partition, offset: row.offset, topicId }),
    [openKey, setPlace, topicId],
  );
  const hasSchema = rows?.some((row) => row.value?.schema || row.key?.schema) ?? false;
  const day = useMemo(() => sharedDay(rows ?? [], zone), [rows, zone]);
  const columns = useMemo(
    () => messageColumns({ zone, day, fields, marks, hasSchema, onToggle: toggle, openKey }),
    [zone, day, fields, marks, hasSchema, toggle, openKey],
  );
  useRecordKeys(rows, openKey, toggle, setPlace);
  const opened = (at: Place) => (
    <OpenRecord
      key={rowKeyOf(at)}
      frame={frame}
      place={at}
      marks={marks}
      initial={frame.record && rowKeyOf(frame.record) === rowKeyOf(at) ? frame.record : undefined}
    />
  );
  return (
    <>
      {place && !isInList ? (
        <Bank
          title="The linked record"
          note={`partition ${place.partition}, offset ${formatCount(place.offset)}`}
        >
          {opened(place)}
        </Bank>
      ) : null}
      {problem ?? (
        <DataTable
          caption={`Messages of ${topic}`}
          columns={columns}
          rows={rows}
          rowKey={rowKeyOf}
          rowLabel={(row) => `partition ${row.partition}, offset ${row.offset}`}
          onOpen={toggle}
          openKey={isInList ? openKey : null}
          detail={(row) => (place && isInList && rowKeyOf(row) === openKey ? opened(place) : null)}
          isBusy={isBusy}
          loading={loading}
          missing={missing}
          bulk={{
            one: 'record',
            many: 'records',
            total: rows?.length ?? 0,
            actions: (keys) => (
              <SelectionActs frame={frame} topicId={topicId} rows={rows ?? []} keys={keys} />
            ),
          }}
          empty={empty}
        />
      )}
    </>
  );
}
