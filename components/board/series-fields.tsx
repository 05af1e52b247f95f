'use client';

import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { TileSeries } from '#lib/model/board.ts';
import type { SeriesNames } from '#lib/model/series.ts';
import { factsOfSeries, type SeriesKind, seriesKinds } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';

const most = 4;

const subjects = {
  cluster: 'Cluster',
  broker: 'Broker',
  topic: 'Topic',
  partition: 'Partition',
  group: 'Group',
  member: 'Partition of a group',
  connector: 'Connector',
} as const;

const kinds = seriesKinds.map((kind) => ({
  value: kind,
  label: `${subjects[factsOfSeries(kind).subject]}: ${factsOfSeries(kind).title}`,
}));

export type ClusterChoice = { id: string; name: string };

/** The series of a tile: at most four, each by cluster, kind and object, with a label of its own. */
export function SeriesFields({
  series,
  onSeries,
  clusters,
}: {
  series: readonly TileSeries[];
  onSeries: (series: TileSeries[]) => void;
  clusters: readonly ClusterChoice[];
}) {
  const change = (index: number, next: Partial<TileSeries>) =>
    onSeries(series.map((one, at) => (at === index ? { ...one, ...next } : one)));
  const [first] = clusters;
  return (
    <fieldset className="grid gap-4">
      <legend className="sr-only">Series</legend>
      {series.map((one, index) => (
        <OneSeries
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of the form is its place
          key={index}
          number={index + 1}
          series={one}
          clusters={clusters}
          hasLabel={series.length > 1}
          onChange={(next) => change(index, next)}
          onRemove={series.length > 1 ? () => onSeries(series.filter((_one, at) => at !== index)) : undefined}
        />
      ))}
      {series.length < most && first ? (
        <Button
          size="sm"
          className="justify-self-start"
          onClick={() =>
            onSeries([
              ...series,
              series.at(-1) ?? { clusterId: first.id, kind: 'cluster.records-in', name: '', label: '' },
            ])
          }
        >
          <Plus className="ic" aria-hidden="true" /> Add a series
        </Button>
      ) : null}
    </fieldset>
  );
}

function OneSeries({
  number,
  series,
  clusters,
  hasLabel,
  onChange,
  onRemove,
}: {
  number: number;
  series: TileSeries;
  clusters: readonly ClusterChoice[];
  hasLabel: boolean;
  onChange: (next: Partial<TileSeries>) => void;
  onRemove?: () => void;
}) {
  const id = useId();
  const { subject } = factsOfSeries(series.kind);
  const isNamed = subject !== 'cluster';
  const names = useLiveQuery<SeriesNames>({
    clusterId: null,
    url: apiPath('/clusters/[clusterId]/series/names', {
      clusterId: series.clusterId,
      kind: series.kind,
      // A name that was chosen stays in the list of what else there is.
      q: series.name.replace('\t', ' ').trim().slice(0, 249),
      limit: 50,
    }),
    everyMs: false,
    enabled: isNamed && series.clusterId !== '',
  });
  return (
    <div className="grid gap-2 border-l-2 border-line-strong pl-3">
      <div className="flex items-center justify-between">
        <b>Series {number}</b>
        {onRemove ? (
          <IconButton label={`Remove series ${number}`} size="sm" variant="bare" onClick={onRemove}>
            <X className="ic" aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      <div className="grid-2">
        <FieldFrame id={`${id}-cluster`} label="Cluster">
          <Select
            id={`${id}-cluster`}
            value={series.clusterId}
            options={clusters.map((cluster) => ({ value: cluster.id, label: cluster.name }))}
            onChange={(event) => onChange({ clusterId: event.target.value })}
          />
        </FieldFrame>
        <FieldFrame id={`${id}-kind`} label="What">
          <Select
            id={`${id}-kind`}
            value={series.kind}
            options={kinds}
            onChange={(event) => {
              const kind = event.target.value as SeriesKind;
              const keeps = factsOfSeries(kind).subject === subject;
              onChange({ kind, ...(keeps ? {} : { name: '' }) });
            }}
          />
        </FieldFrame>
        {isNamed ? (
          <FieldFrame
            id={`${id}-name`}
            label={subjects[subject]}
            help={names.data?.missing ?? 'Type a part of the name; the list follows.'}
          >
            <Input
              id={`${id}-name`}
              isMono
              list={`${id}-names`}
              value={series.name}
              aria-describedby={`${id}-name-help`}
              onChange={(event) => onChange({ name: event.target.value })}
            />
            <datalist id={`${id}-names`}>
              {names.data?.names.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </FieldFrame>
        ) : null}
        {hasLabel ? (
          <FieldFrame id={`${id}-label`} label="Called" isOptional>
            <Input
              id={`${id}-label`}
              value={series.label}
              maxLength={60}
              onChange={(event) => onChange({ label: event.target.value })}
            />
          </FieldFrame>
        ) : null}
      </div>
    </div>
  );
}
