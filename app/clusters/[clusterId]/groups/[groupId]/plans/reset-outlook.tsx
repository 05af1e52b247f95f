'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { OffsetMove, ResetBlocker, ResetOffsetsPlan, SameChange } from '#lib/model/offset-reset.ts';
import { paths } from '#lib/paths.ts';
import { MovesTable } from './moves-table.tsx';
import { waitsForMembers } from './reset-ready.ts';

/** What a reset will do, who stands in its way, and the same change for other tools. */
export function ResetOutlook({
  clusterId,
  plan,
  mayRead,
}: {
  clusterId: string;
  plan: ResetOffsetsPlan;
  mayRead: boolean;
}) {
  const { moves, totals } = plan;
  return (
    <>
      <Bank
        title="What will happen"
        end={
          <span className="text-ink-3">
            read at <ClockTime at={plan.plannedAt} />
          </span>
        }
      />
      {moves.length === 0 ? (
        <p className="py-2 text-ink-2">
          Nothing would move. {plan.kept.length > 0 ? 'Every partition stays where it is.' : ''}
        </p>
      ) : (
        <>
          <MovesTable moves={moves} />
          <p className="mt-2 flex flex-wrap justify-between gap-x-4">
            <span>
              <b>{formatCount(totals.skipped)}</b> {totals.skipped === '1' ? 'record' : 'records'} skipped,{' '}
              <b>{formatCount(totals.reread)}</b> read again
              {totals.clamped > 0
                ? `, ${formatCountOf(totals.clamped, 'partition', 'partitions')} clamped to what the log holds`
                : ''}
            </span>
            {mayRead ? <SkippedLink clusterId={clusterId} moves={moves} /> : null}
          </p>
        </>
      )}
      <Kept plan={plan} />
      <div className="mt-3 grid gap-2">
        {plan.blocked ? (
          <Blocked plan={plan} blocked={plan.blocked} next="It is looked at again every 5 s." />
        ) : null}
        {plan.notes.map((note) => (
          <Notice key={note} tone="plain">
            {note}
          </Notice>
        ))}
      </div>
      <SameChangeAs same={plan.sameAs} />
    </>
  );
}

/** The records of one partition that are skipped or read again, in the message browser. */
function SkippedLink({ clusterId, moves }: { clusterId: string; moves: readonly OffsetMove[] }) {
  const [move] = moves;
  if (moves.length !== 1 || !move || move.from === null || move.to === null) return null;
  const isForward = BigInt(move.to) > BigInt(move.from);
  const [from, to] = isForward ? [move.from, move.to] : [move.to, move.from];
  return (
    <Link
      href={paths.topicMessages(clusterId, move.topic, {
        order: 'oldest',
        from: `offset:${from}`,
        to: `offset:${to}`,
        partitions: move.partition,
      })}
      target="_blank"
    >
      Show these records
    </Link>
  );
}

function Kept({ plan }: { plan: ResetOffsetsPlan }) {
  if (plan.kept.length === 0) return null;
  return (
    <details className="mt-2 text-ink-2">
      <summary className="cursor-pointer text-xs">
        {formatCountOf(plan.kept.length, 'partition keeps its place', 'partitions keep their place')}
      </summary>
      <ul className="mt-1 max-h-[160px] overflow-y-auto text-xs">
        {plan.kept.slice(0, 200).map((row) => (
          <li key={`${row.topic}/${row.partition}`}>
            <span className="name">{row.topic}</span> {row.partition}
            {row.offset === null ? '' : ` at ${formatCount(row.offset)}`}: {row.why}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Why it cannot be done now; members are named, because somebody has to stop them. */
export function Blocked({
  plan,
  blocked,
  next,
}: {
  plan: Pick<ResetOffsetsPlan, 'members' | 'blocked' | 'isReadOnly'>;
  blocked: string;
  /** What to do, or what happens, once they have stopped. */
  next: string;
}) {
  const { members } = plan;
  if (!waitsForMembers(plan)) return <Notice tone="warning">{blocked}</Notice>;
  return (
    <Notice tone="warning" title="The group is live." isAnnounced>
      {blocked} {next}
      <ul className="mt-1 text-xs">
        {members.slice(0, 6).map((member) => (
          <li key={member.memberId}>
            <Member member={member} />
          </li>
        ))}
        {members.length > 6 ? <li>and {members.length - 6} more</li> : null}
      </ul>
    </Notice>
  );
}

function Member({ member }: { member: ResetBlocker }): ReactNode {
  return (
    <>
      <span className="name wrap-anywhere">{member.clientId || member.memberId}</span>
      {member.instanceId ? (
        <>
          {' '}
          static <span className="name">{member.instanceId}</span>
        </>
      ) : null}{' '}
      on {member.host.replace(/^\//, '')}
    </>
  );
}

/** The command line, its file where it names one, and the new positions as YAML. */
function SameChangeAs({ same }: { same: SameChange }) {
  const [face, setFace] = useState<'command' | 'file' | 'yaml'>('command');
  const shown = face === 'file' && same.file === null ? 'command' : face;
  const text = shown === 'yaml' ? same.yaml : shown === 'file' ? (same.file?.text ?? '') : same.commandLine;
  return (
    <>
      <Bank title="Same change as" />
      <Segmented
        label="Same change as"
        className="my-2"
        value={shown}
        onChange={setFace}
        segments={[
          { value: 'command' as const, label: same.tool },
          ...(same.file ? [{ value: 'file' as const, label: same.file.name }] : []),
          { value: 'yaml' as const, label: 'YAML' },
        ]}
      />
      <CodeBlock label={shown === 'yaml' ? 'YAML' : 'Command line'} copy={text}>
        {text}
      </CodeBlock>
    </>
  );
}
