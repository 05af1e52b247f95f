'use client';

import { X } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatDateTime, formatTime } from '#lib/format.ts';
import { lasts } from './range.ts';
import { useRange } from './use-range.ts';

/** The page's range: one of the usual, or what was dragged in a chart, with the way back. */
export function TimeRange() {
  const [range, setRange] = useRange();
  const zone = useZone();
  return (
    <span className="flex items-center gap-2">
      {range.kind === 'fixed' ? (
        <Button
          size="sm"
          onClick={() => setRange(null)}
          aria-label="Back to the last hour"
          title={`${formatDateTime(range.from, zone)} to ${formatDateTime(range.to, zone)}`}
        >
          {formatTime(range.from, zone)}–{formatTime(range.to, zone)} <X className="ic" aria-hidden="true" />
        </Button>
      ) : null}
      <Segmented
        label="Time range"
        segments={lasts}
        value={range.kind === 'last' ? (range.text as (typeof lasts)[number]['value']) : null}
        onChange={setRange}
        data-time-range=""
      />
    </span>
  );
}
