'use client';

import { useState } from 'react';
import { Popover } from '#components/ui/popover.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatZone } from '#lib/format.ts';
import { PlacePanel } from './place-panel.tsx';
import { placeWords, type Side } from './place-words.ts';
import { Cell, CellButton } from './query-cell.tsx';

const names: Record<Side, string> = { from: 'From', to: 'To' };

/** One end of what is read: the log's own, how long ago, a moment, an offset, or where a group stands. */
export function PlaceCell({
  side,
  value,
  error,
  clusterId,
  topic,
  onPick,
}: {
  side: Side;
  value: string;
  error: string | undefined;
  clusterId: string;
  topic: string;
  onPick: (value: string) => void;
}) {
  const zone = useZone();
  const [isOpen, setOpen] = useState(false);
  const words = placeWords(value, side, zone);
  const isMoment = /^\d/.test(value);
  const zoneName = isMoment ? formatZone(/^\d+$/.test(value) ? Number(value) : value, zone) : '';
  return (
    <Cell label={isMoment ? `${names[side]}, ${zoneName}` : names[side]} error={error}>
      {(id) => (
        <Popover
          label={side === 'from' ? 'Where reading begins' : 'Where reading ends'}
          isOpen={isOpen}
          onOpen={setOpen}
          trigger={
            <CellButton
              id={id}
              name={`${names[side]}: ${words} ${zoneName}`.trim()}
              words={words}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
            />
          }
        >
          <PlacePanel
            side={side}
            value={value}
            clusterId={clusterId}
            topic={topic}
            onPick={(next) => {
              setOpen(false);
              onPick(next);
            }}
          />
        </Popover>
      )}
    </Cell>
  );
}
