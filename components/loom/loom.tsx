'use client';

import type { ReactNode } from 'react';
import { useMemo, useRef } from 'react';
import { heatStep } from '#components/charts/heat-strip.tsx';
import { KeyHint } from '#components/ui/kbd.tsx';
import type { MarkName } from '#components/ui/mark.tsx';
import { Mark, State } from '#components/ui/mark.tsx';
import { formatCount } from '#lib/format.ts';
import type { LoomBroker, LoomPartition, Place } from './arrange-loom.ts';
import { arrangeLoom } from './arrange-loom.ts';

const words: Record<Place, string> = {
  leader: 'leader',
  follower: 'follower in sync',
  out: 'replica out of sync',
  none: 'no replica',
};

/** A row below the loom, in line with its partitions: a state, or an amount by heat. */
export type LoomRow = { id: string; label: string; note?: string } & (
  | { kind: 'state'; stateOf: (partition: number) => { mark: MarkName; words: string } | null }
  | {
      kind: 'heat';
      valueOf: (partition: number) => number | null;
      most: number;
      format: (value: number) => string;
    }
);

/** Replicas: partitions across, brokers down by rack. Left and right move between partitions, Enter opens one. */
export function Loom({
  caption,
  partitions,
  brokers,
  rows = [],
  current,
  onOpen,
  end,
}: {
  /** `Replicas of 24 partitions on 6 brokers`. */
  caption: string;
  partitions: readonly LoomPartition[];
  brokers: readonly LoomBroker[];
  rows?: readonly LoomRow[];
  current?: number | null;
  onOpen?: (partition: number) => void;
  end?: ReactNode;
}) {
  const loom = useMemo(() => arrangeLoom(partitions, brokers), [partitions, brokers]);
  const head = useRef<HTMLTableRowElement>(null);
  const step = (from: number, by: number) => {
    const buttons = head.current?.querySelectorAll('button');
    buttons?.[Math.min(buttons.length - 1, Math.max(0, from + by))]?.focus();
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="loom-box" tabIndex={0} aria-label={caption}>
        <table className="loom">
          <caption className="vh">{caption}</caption>
          <thead>
            <tr ref={head}>
              <th className="lead" scope="col">
                Partition
              </th>
              {loom.partitions.map((partition, index) => (
                <th
                  key={partition.partition}
                  scope="col"
                  aria-current={partition.partition === current ? 'true' : undefined}
                >
                  {onOpen ? (
                    <button
                      type="button"
                      aria-label={`Open partition ${partition.partition}`}
                      tabIndex={index === 0 ? 0 : -1}
                      onClick={() => onOpen(partition.partition)}
                      onKeyDown={(event) => {
                        if (event.key === 'ArrowRight') step(index, 1);
                        if (event.key === 'ArrowLeft') step(index, -1);
                      }}
                    >
                      {partition.partition}
                    </button>
                  ) : (
                    partition.partition
                  )}
                </th>
              ))}
              <th className="tail" scope="col">
                Leaders
              </th>
              <th className="tail" scope="col">
                In sync
              </th>
            </tr>
          </thead>
          <tbody>
            {loom.brokers.map((broker) => (
              <tr key={broker.id}>
                <th scope="row">
                  <span className="who">
                    <b>{broker.id}</b>
                    <span className="text-ink-3">{broker.rack ?? 'No rack'}</span>
                    <State mark={broker.state}>{broker.stateWords}</State>
                  </span>
                </th>
                {broker.places.map((place, index) => {
                  const number = loom.partitions[index]?.partition;
                  return (
                    <td key={number} title={`Partition ${number} on broker ${broker.id}: ${words[place]}`}>
                      <span className={`cell ${place}`} />
                      <span className="vh">{words[place]}</span>
                    </td>
                  );
                })}
                <td className="tail">{formatCount(broker.leaders)}</td>
                <td className="tail">
                  <span className={broker.inSync < broker.held ? 'text-critical' : undefined}>
                    {formatCount(broker.inSync)}
                  </span>{' '}
                  <span className="text-ink-3">of {formatCount(broker.held)}</span>
                </td>
              </tr>
            ))}
            {rows.map((row, place) => (
              <tr key={row.id} className={place === 0 ? 'gapped' : undefined}>
                <th scope="row">
                  <span className="who">
                    <b>{row.label}</b>
                    <span className="text-ink-3">{row.note}</span>
                  </span>
                </th>
                {loom.partitions.map(({ partition }) => {
                  if (row.kind === 'state') {
                    const state = row.stateOf(partition);
                    return (
                      <td key={partition} title={`Partition ${partition}: ${state?.words ?? 'not known'}`}>
                        <Mark name={state?.mark ?? 'unknown'} word={state?.words ?? 'not known'} />
                      </td>
                    );
                  }
                  const value = row.valueOf(partition);
                  const said = value === null ? 'unknown' : row.format(value);
                  return (
                    <td key={partition} title={`Partition ${partition}: ${said}`}>
                      <span
                        className="cell heat"
                        style={
                          value === null
                            ? { boxShadow: 'inset 0 0 0 1px var(--color-line-strong)' }
                            : { background: `var(--color-heat-${heatStep(value, row.most)})` }
                        }
                      />
                      <span className="vh">{said}</span>
                    </td>
                  );
                })}
                <td className="tail" />
                <td className="tail" />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="loom-key">
        {(['leader', 'follower', 'out', 'none'] as const).map((place) => (
          <span key={place}>
            <span className={`cell ${place}`} />
            {words[place][0]?.toUpperCase()}
            {words[place].slice(1)}
          </span>
        ))}
        {loom.leftOut > 0 ? (
          <b>
            {formatCount(loom.partitions.length)} of {formatCount(loom.partitions.length + loom.leftOut)}{' '}
            partitions, troubled first
          </b>
        ) : null}
        {end}
        {onOpen ? (
          <span className="ml-auto text-ink-3" aria-hidden="true">
            <KeyHint keys={['←', '→']}>partition</KeyHint> <KeyHint keys={['Enter']}>open</KeyHint>
          </span>
        ) : null}
      </div>
    </div>
  );
}
