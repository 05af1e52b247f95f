'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { IncidentSeverity, IncidentStanding } from '#components/alert/incident-columns.tsx';
import { severityWords } from '#components/alert/rule-words.ts';
import { flagsOf } from '#components/charts/flags.ts';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { PartialLine } from '#components/feedback/faces.tsx';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button } from '#components/ui/button.tsx';
import { EnvChip } from '#components/ui/environment.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Bank, Gauges, PageHead } from '#components/ui/section.tsx';
import { Age, ClockTime, DateTime, Duration } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { incidentEndWords } from '#lib/model/alert-incident.ts';
import type { IncidentRow, IncidentView } from '#lib/model/incident-view.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { AcknowledgeDialog } from '../../acknowledge-dialog.tsx';
import type { Clusters } from '../../match-fields.tsx';
import { matchOf, SilenceSheet } from '../../silence-sheet.tsx';
import { DeliveriesOfIncident } from './deliveries.tsx';
import { AddNote } from './note-form.tsx';
import { Timeline } from './timeline.tsx';

const everyMs = 5_000;

type Props = {
  initial: IncidentView;
  clusters: Clusters;
  can: { acknowledge: boolean; silence: boolean };
};

/** One alert: what, since when, how it looks now, what to do, what was done, and the charts around it. */
export function IncidentPageView({ initial, clusters, can }: Props) {
  const live = useLiveQuery<IncidentView>({
    clusterId: null,
    url: apiPath('/alerts/incidents/[incidentId]', { incidentId: initial.id }),
    initial,
    everyMs,
  });
  const incident = live.data ?? initial;
  const [isAcknowledging, setAcknowledging] = useState(false);
  const [isSilencing, setSilencing] = useState(false);
  const isOpen = incident.resolvedAt === null;
  const mayAcknowledge = can.acknowledge && isOpen && incident.acknowledgedAt === null;
  useKeys(
    [
      {
        keys: 'e',
        label: 'Acknowledge',
        section: 'Alert',
        run: () => {
          setAcknowledging(true);
          return true;
        },
      },
    ],
    mayAcknowledge,
  );
  const flags = useMemo(
    () =>
      flagsOf(
        [
          { at: incident.openedAt, title: 'Began', severity: 'critical' as const },
          ...(incident.acknowledgedAt
            ? [{ at: incident.acknowledgedAt, title: 'Acknowledged', severity: 'note' as const }]
            : []),
          ...(incident.resolvedAt
            ? [{ at: incident.resolvedAt, title: 'Resolved', severity: 'note' as const }]
            : []),
        ],
        0,
        Number.POSITIVE_INFINITY,
      ),
    [incident.openedAt, incident.acknowledgedAt, incident.resolvedAt],
  );
  return (
    <>
      <PageHead
        title={
          <span className="wrap-anywhere">
            {isOpen ? <Mark name={incident.severity} /> : null} {incident.summary}
          </span>
        }
        facts={[
          severityWords[incident.severity],
          <Link key="rule" href={paths.alertRule(incident.ruleId)}>
            {incident.ruleName}
          </Link>,
          <Link key="cluster" href={paths.overview(incident.clusterId)}>
            {incident.clusterName}
          </Link>,
          incident.environment ? <EnvChip key="environment" environment={incident.environment} /> : null,
        ]}
        actions={
          <>
            {can.silence && isOpen ? <Button onClick={() => setSilencing(true)}>Silence</Button> : null}
            {mayAcknowledge ? (
              <Button variant="primary" shortcut="e" onClick={() => setAcknowledging(true)}>
                Acknowledge
              </Button>
            ) : null}
          </>
        }
      />
      {live.problem ? (
        <PartialLine
          missing={[{ part: 'alert', sentence: `${live.problem.what} Shown as read before.`, since: null }]}
        />
      ) : null}
      {incident.silence ? (
        <Notice tone="note" title="Silenced.">
          {incident.silence.by} holds this back until{' '}
          {incident.silencedUntil ? <ClockTime at={incident.silencedUntil} /> : 'later'}:{' '}
          {incident.silence.reason}
        </Notice>
      ) : null}
      {isOpen && !incident.route ? (
        <Notice tone="warning" title="Nobody is told.">
          No route fits this alert. <Link href={paths.alertDelivery()}>Open delivery</Link>
        </Notice>
      ) : null}
      <Gauges
        gauges={[
          {
            label: 'Standing',
            value: <IncidentStanding row={incident} />,
          },
          { label: 'Since', value: <DateTime at={incident.openedAt} /> },
          {
            label: isOpen ? 'For' : 'Lasted',
            value:
              incident.resolvedAt === null ? (
                <Age since={incident.openedAt} />
              ) : (
                <Duration ms={Date.parse(incident.resolvedAt) - Date.parse(incident.openedAt)} />
              ),
          },
          {
            label: isOpen ? `${factsOfSeries(incident.series).title} now` : 'Last value',
            value: incident.now ?? 'Unknown',
          },
          { label: 'Owner', value: incident.owner || 'Nobody named' },
        ]}
      />
      <div className="mt-[22px] grid items-start gap-x-8 gap-y-5 wide:grid-cols-[1fr_340px]">
        <div className="min-w-0">
          <Advice incident={incident} />
          <Bank title="Around it" note="what the rule looks at, then what belongs to it" isPadded>
            <div className="grid gap-y-5">
              {incident.charts.map(({ kind, name }, index) => (
                <MetricChart
                  key={kind}
                  clusterId={incident.clusterId}
                  title={factsOfSeries(kind).title}
                  lines={[{ kind, name }]}
                  flags={flags}
                  hasLegend={false}
                  {...(index === 0 && incident.limit !== null
                    ? { threshold: { value: incident.limit, label: incident.ruleName } }
                    : {})}
                />
              ))}
            </div>
          </Bank>
          <Bank title="Told" note={incident.route ? `by route ${incident.route.name}` : 'by no route'}>
            <DeliveriesOfIncident rows={incident.deliveries} />
          </Bank>
        </div>
        <div className="min-w-0">
          <Bank title="Timeline" note="oldest first" isPadded>
            <Timeline events={incident.events} />
            {can.acknowledge ? <AddNote id={incident.id} onDone={live.refetch} /> : null}
          </Bank>
          <Others
            title="Also open here"
            rows={incident.beside}
            none="Nothing else is open on this cluster."
          />
          <Others title="Before" rows={incident.before} none="This is the first time." />
        </div>
      </div>
      <AcknowledgeDialog
        incident={isAcknowledging ? incident : null}
        onClose={() => setAcknowledging(false)}
        onDone={live.refetch}
      />
      <SilenceSheet
        match={isSilencing ? matchOf(incident) : null}
        clusters={clusters}
        onClose={() => setSilencing(false)}
        onDone={live.refetch}
      />
    </>
  );
}

function Advice({ incident }: { incident: IncidentView }) {
  if (incident.resolution !== null)
    return (
      <Bank title="How it ended" isPadded>
        <p className="max-w-[68ch]">{incidentEndWords[incident.resolution]}</p>
      </Bank>
    );
  return (
    <Bank
      title="What to do"
      isPadded
      end={
        <>
          {incident.aboutHref ? <Link href={incident.aboutHref}>Open {incident.about}</Link> : null}
          {incident.runbook ? (
            <a href={incident.runbook} rel="noreferrer noopener" target="_blank">
              Open the runbook
            </a>
          ) : null}
        </>
      }
    >
      <p className="max-w-[68ch]">
        {incident.advice || 'The rule says nothing about it. Its owner can write that in the rule.'}
      </p>
      {incident.acknowledgeNote ? (
        <p className="mt-2 max-w-[68ch] text-ink-2">
          {incident.acknowledgedBy}: {incident.acknowledgeNote}
        </p>
      ) : null}
    </Bank>
  );
}

function Others({ title, rows, none }: { title: string; rows: readonly IncidentRow[]; none: string }) {
  return (
    <Bank title={title} isPadded>
      {rows.length === 0 ? <p className="text-ink-3">{none}</p> : null}
      <ul className="grid gap-2">
        {rows.map((row) => (
          <li key={row.id}>
            <IncidentSeverity row={row} />{' '}
            <Link href={paths.incident(row.id)} className="wrap-anywhere">
              {row.summary}
            </Link>
            <div className="text-xs text-ink-3">
              <DateTime at={row.openedAt} />
              {row.resolvedAt ? (
                <>
                  , lasted <Duration ms={Date.parse(row.resolvedAt) - Date.parse(row.openedAt)} />
                </>
              ) : (
                ', still open'
              )}
            </div>
          </li>
        ))}
      </ul>
    </Bank>
  );
}
