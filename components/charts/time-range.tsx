'use client';

import { ChevronDown, X } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useNow, useZone } from '#components/values/clock.tsx';
import { formatDateTime, formatDay, formatTime, formatZone } from '#lib/format.ts';
import { zoneOffset } from './prepare.ts';
import type { Last } from './range.ts';
import { boundsOf, fixedRange, lasts, leastRangeMs, wallText, wallTime } from './range.ts';
import { useRange } from './use-range.ts';

const near = lasts.filter((each) => each.ms <= 7 * 86_400_000);
const far = lasts.filter((each) => each.ms > 7 * 86_400_000);

/** The page's range: one of the usual, a longer one, from here to there, or what was dragged in a chart, with the way back. */
export function TimeRange() {
  const [range, setRange] = useRange();
  const zone = useZone();
  const [isOpen, setOpen] = useState(false);
  const isFar = range.kind === 'last' && far.some((each) => each.value === range.text);
  const choose = (text: string) => {
    setRange(text);
    setOpen(false);
  };
  const farther = (isFar && far.find((each) => each.value === range.text)?.label) || 'More';
  return (
    <span className="flex items-center gap-2">
      {range.kind === 'fixed' ? (
        <Button
          size="sm"
          onClick={() => setRange(null)}
          aria-label={`${endsOf(range.from, range.to, zone)}: back to the last hour`}
          title={`${formatDateTime(range.from, zone)} to ${formatDateTime(range.to, zone)}`}
        >
          {endsOf(range.from, range.to, zone)} <X className="ic" aria-hidden="true" />
        </Button>
      ) : null}
      <Segmented
        label="Time range"
        segments={near}
        value={range.kind === 'last' ? (range.text as Last) : null}
        onChange={setRange}
        data-time-range=""
      />
      <Popover
        label="Longer range, or from and to"
        isOpen={isOpen}
        onOpen={setOpen}
        align="end"
        width={292}
        trigger={
          <Button size="sm" aria-label={`${farther}: longer range, or from and to`}>
            {farther}
            <ChevronDown className="ic" aria-hidden="true" />
          </Button>
        }
      >
        <div className="grid gap-3 p-2">
          <Segmented
            label="Longer range"
            segments={far.map(({ value, words }) => ({ value, label: words }))}
            value={isFar ? (range.text as Last) : null}
            onChange={choose}
          />
          <FromTo zone={zone} onChosen={choose} />
        </div>
      </Popover>
    </span>
  );
}

/** `02:39–03:12`, with the days where they differ. */
function endsOf(from: number, to: number, zone: string): string {
  const isOneDay = formatDay(from, zone) === formatDay(to, zone);
  const day = (at: number) => (isOneDay ? '' : `${formatDay(at, zone)} `);
  const precision = to - from < 600_000 ? 's' : 'min';
  return `${day(from)}${formatTime(from, zone, precision)}–${day(to)}${formatTime(to, zone, precision)}`;
}

function FromTo({ zone, onChosen }: { zone: string; onChosen: (text: string) => void }) {
  const id = useId();
  const [range] = useRange();
  const now = useNow();
  const offset = zoneOffset(now, zone);
  const [[from, to], setEnds] = useState(() => {
    const [start, end] = boundsOf(range, now);
    return [wallText(start, offset), wallText(end, offset)] as const;
  });
  const [error, setError] = useState<string>();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const [start, end] = [wallTime(from, offset), wallTime(to, offset)];
    if (start === null || end === null) setError('Write both as 2026-11-21T02:41.');
    else if (end - start < leastRangeMs) setError('The end is not after the beginning.');
    else onChosen(fixedRange(start, end));
  };
  return (
    <form className="grid gap-2" onSubmit={send}>
      <FieldFrame id={`${id}-from`} label={`From, ${formatZone(now, zone)}`}>
        <Input
          id={`${id}-from`}
          type="datetime-local"
          value={from}
          onChange={(event) => setEnds([event.target.value, to])}
        />
      </FieldFrame>
      <FieldFrame id={`${id}-to`} label="To" error={error}>
        <Input
          id={`${id}-to`}
          type="datetime-local"
          value={to}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-to-error` : undefined}
          onChange={(event) => setEnds([from, event.target.value])}
        />
      </FieldFrame>
      <Button type="submit" size="sm" className="justify-self-start">
        Show range
      </Button>
    </form>
  );
}
