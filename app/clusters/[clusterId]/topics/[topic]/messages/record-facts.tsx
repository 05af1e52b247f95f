'use client';

import type { ReactNode } from 'react';
import {
  batchWords,
  fieldWords,
  producerWords,
  timestampWords,
  transactionWords,
} from '#components/message/message-facts.ts';
import { State } from '#components/ui/mark.tsx';
import { KeyValues } from '#components/ui/section.tsx';
import { useNow } from '#components/values/clock.tsx';
import { Bytes, Count } from '#components/values/numbers.tsx';
import { DateTime, TimeAgo } from '#components/values/time.tsx';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';

/** A clock that is this far ahead is not a matter of network delay. */
const aheadMs = 60_000;

const Aside = ({ children }: { children: ReactNode }) => <span className="text-ink-3"> {children}</span>;

const FieldFact = ({ field }: { field: MessageField | null }) => {
  const { is, why } = fieldWords(field);
  return (
    <>
      {is}
      {why ? <Aside>{why}</Aside> : null}
    </>
  );
};

/** What a record is: place, time, how it was read, its transaction and batch. */
export function RecordFacts({ message }: { message: MessageDetail }) {
  const now = useNow();
  const isAhead = message.timestamp !== null && Date.parse(message.timestamp) > now + aheadMs;
  const { batch, transaction } = message;
  return (
    <KeyValues
      className="self-start text-xs"
      items={[
        [
          'Position',
          <>
            Partition {message.partition}, offset{' '}
            <span className="name">
              <Count value={message.offset} />
            </span>
          </>,
        ],
        [
          'Time',
          message.timestamp === null ? (
            <>
              {message.timestampMs === '-1' ? 'No timestamp' : message.timestampMs}
              <Aside>{timestampWords[message.timestampType]}</Aside>
            </>
          ) : (
            <>
              <DateTime at={message.timestamp} precision="ms" />
              <Aside>
                <TimeAgo at={message.timestamp} />, {timestampWords[message.timestampType]}
              </Aside>
              {isAhead ? (
                <div>
                  <State mark="warning">Ahead of the clock of Millrace</State>
                </div>
              ) : null}
            </>
          ),
        ],
        ['Value', <FieldFact field={message.value} />],
        ['Key', <FieldFact field={message.key} />],
        [
          'Size',
          <>
            <Bytes value={message.sizeBytes} />
            <Aside>key, value and headers</Aside>
          </>,
        ],
        [
          'Batch',
          <>
            {batchWords(message)}
            <Aside>
              offsets {batch.baseOffset} to {batch.lastOffset}, format {batch.magic}
            </Aside>
            {batch.crc === 'wrong' ? (
              <div>
                <State mark="critical">Wrong checksum: these are not the bytes that were written</State>
              </div>
            ) : null}
          </>,
        ],
        [
          'Producer',
          <>
            {producerWords(message)}
            {batch.baseSequence === null || batch.producerId === null ? null : (
              <Aside>sequence from {batch.baseSequence}</Aside>
            )}
          </>,
        ],
        [
          'Transaction',
          transaction === 'aborted' || transaction === 'open' ? (
            <State mark="warning">{transactionWords[transaction]}</State>
          ) : (
            transactionWords[transaction]
          ),
        ],
        ...(batch.leaderEpoch === null
          ? []
          : [['Leader epoch', <Count value={batch.leaderEpoch} />] as const]),
      ]}
    />
  );
}
