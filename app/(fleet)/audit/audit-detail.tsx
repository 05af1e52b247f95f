import type { ReactNode } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Bank, KeyValues } from '#components/ui/section.tsx';
import { DateTime } from '#components/values/time.tsx';
import type { AuditEntry } from '#lib/model/audit.ts';
import { Outcome } from './audit-columns.tsx';

/** One operation in full: who, from where, what was asked for (without secrets), and how it ended. */
export function AuditDetail({ entry, onClose }: { entry: AuditEntry | null; onClose: () => void }) {
  if (!entry) return null;
  const items: [string, ReactNode][] = [
    ['Outcome', <Outcome key="outcome" outcome={entry.outcome} />],
    ['Began', <DateTime key="began" at={entry.at} precision="ms" />],
    [
      'Ended',
      entry.endedAt ? <DateTime key="ended" at={entry.endedAt} precision="ms" /> : 'No end was written',
    ],
    ['Who', `${entry.actorName}, ${entry.actorRole}, through ${entry.actorVia}`],
    ['From', entry.ip ?? 'Not told'],
    ['Browser', entry.userAgent || 'Not told'],
    ['On what', `${entry.targetType ?? ''} ${entry.targetId ?? ''}`],
    ['Cluster', entry.clusterId ?? 'None'],
    [
      'Operation',
      <span key="operation" className="name">
        {entry.operationId}
      </span>,
    ],
    [
      'Request',
      <span key="request" className="name">
        {entry.requestId ?? 'Not told'}
      </span>,
    ],
    [
      'Place in the chain',
      <span key="seq" className="name">
        {entry.seq}
      </span>,
    ],
    ...(entry.errorCode
      ? [
          [
            'Error',
            <span key="error" className="name">
              {entry.errorCode}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
  ];
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={entry.action}
      description={`${entry.targetType ?? ''} ${entry.targetId ?? ''}`}
    >
      <KeyValues items={items} />
      <Bank title="What was asked for" note="secrets and payloads are not recorded" isPadded>
        <CodeBlock label="Request">{JSON.stringify(entry.details, null, 2)}</CodeBlock>
      </Bank>
      {isEmpty(entry.result) ? null : (
        <Bank title="What the end reported" isPadded>
          <CodeBlock label="Result">{JSON.stringify(entry.result, null, 2)}</CodeBlock>
        </Bank>
      )}
    </Sheet>
  );
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
