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
import { useNow } from '#components/values/clock.tsx';
import { Bytes, Count } from '#components/values/numbers.tsx';
import { DateTime, TimeAgo } from '#components/values/time.tsx';
import type { MessageDetail } from '#lib/model/message.ts';
import type { Place } from '../message-address.ts';
import { GroupPlaces } from './group-places.tsx';
import { SchemaFact } from './schema-fact.tsx';

/** A clock that is this far ahead is not a matter of network delay. */
const aheadMs = 60_000;

const Fact = ({ label, aside, children }: { label: string; aside?: ReactNode; children: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>
      {children}
      {aside ? <span className="text-ink-3"> {aside}</span> : null}
    </dd>
  </>
);

/** What a record is: place, time, how it was read, its transaction and batch. */
export function RecordFacts({
  clusterId,
  topic,
  place,
  message,
}: {
  clusterId: string;
  topic: string;
  place: Place;
  message: MessageDetail;
}) {
  const { batch, transaction } = message;
  const value = fieldWords(message.value);
  const key = fieldWords(message.key);
  return (
    <dl className="kv self-start text-xs">
      <Fact label="Position">
        Partition {message.partition}, offset{' '}
        <span className="name">
          <Count value={message.offset} />
        </span>
      </Fact>
      <TimeFact message={message} />
      <Fact label="Value" aside={value.why}>
        {value.is}
      </Fact>
      <Fact label="Key" aside={key.why}>
        {key.is}
      </Fact>
      <SchemaFact label="Schema" schema={message.value?.schema ?? null} />
      <SchemaFact label="Key schema" schema={message.key?.schema ?? null} />
      <Fact label="Size" aside="key, value and headers">
        <Bytes value={message.sizeBytes} />
      </Fact>
      <Fact
        label="Batch"
        aside={`offsets ${batch.baseOffset} to ${batch.lastOffset}, format ${batch.magic}${
          batch.leaderEpoch === null ? '' : `, leader epoch ${batch.leaderEpoch}`
        }`}
      >
        {batchWords(message)}
        {batch.crc === 'wrong' ? (
          <div>
            <State mark="critical">Wrong checksum: these are not the bytes that were written</State>
          </div>
        ) : null}
      </Fact>
      <Fact
        label="Producer"
        aside={
          batch.producerId === null || batch.baseSequence === null
            ? null
            : `sequence from ${batch.baseSequence}`
        }
      >
        {producerWords(message)}
      </Fact>
      <Fact label="Transaction">
        {transaction === 'aborted' || transaction === 'open' ? (
          <State mark="warning">{transactionWords[transaction]}</State>
        ) : (
          transactionWords[transaction]
        )}
      </Fact>
      <Fact label="Groups here">
        <GroupPlaces clusterId={clusterId} topic={topic} place={place} />
      </Fact>
    </dl>
  );
}

function TimeFact({ message }: { message: MessageDetail }) {
  const now = useNow();
  const words = timestampWords[message.timestampType];
  if (message.timestamp === null) {
    return (
      <Fact label="Time" aside={words}>
        {message.timestampMs === '-1' ? 'No timestamp' : message.timestampMs}
      </Fact>
    );
  }
  return (
    <Fact
      label="Time"
      aside={
        <>
          <TimeAgo at={message.timestamp} />, {words}
        </>
      }
    >
      <DateTime at={message.timestamp} precision="ms" />
      {Date.parse(message.timestamp) > now + aheadMs ? (
        <div>
          <State mark="warning">Ahead of the clock of Millrace</State>
        </div>
      ) : null}
    </Fact>
  );
}
