/** How far a job is, `share` from 0 to 1. */
export function Progress({ share, label }: { share: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return (
    <span
      className="bar-long"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}

/** A small bar beside its value, from zero; `limit` draws a tick. Shares from 0 to 1. */
export function Bar({
  share,
  tone,
  limit,
  width = 64,
}: {
  share: number;
  tone?: 'critical' | 'warning';
  limit?: number;
  width?: number | string;
}) {
  const percent = (part: number) => `${Math.min(100, Math.max(0, part * 100)).toFixed(1)}%`;
  return (
    <span className="bar-in" style={width === 64 ? undefined : { width }} aria-hidden="true">
      <i className={tone} style={{ width: percent(share) }} />
      {limit === undefined ? null : <u style={{ left: percent(limit) }} />}
    </span>
  );
}
