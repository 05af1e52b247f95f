import type { Point } from './prepare.ts';

/** States over time as a strip: filled where the count is above zero, hatched where nothing was sampled. */
export function Strip({
  points,
  gaps,
  from,
  to,
  tone,
  width,
  left = 0,
  right = 0,
}: {
  points: readonly Point[];
  gaps: readonly (readonly [number, number])[];
  from: number;
  to: number;
  tone: 'critical' | 'warning';
  width: number;
  left?: number;
  right?: number;
}) {
  const inner = Math.max(1, width - left - right);
  const x = (at: number) => left + ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * inner;
  const known = points.filter((point): point is readonly [number, number] => point[1] !== null);
  const spans: [from: number, to: number][] = [];
  known.forEach(([at, value], index) => {
    if (value <= 0) return;
    const next = known[index + 1]?.[0] ?? to;
    const gap = gaps.find(([a]) => a >= at && a < next);
    const end = gap ? gap[0] : next;
    const last = spans.at(-1);
    if (last && last[1] === at) last[1] = end;
    else spans.push([at, end]);
  });
  return (
    <svg width={width} height={12} aria-hidden="true">
      <rect x={left} width={inner} height={12} fill="var(--color-sunken)" />
      {gaps.map(([a, b]) => (
        <rect key={a} x={x(a)} width={Math.max(0, x(b) - x(a))} height={12} fill="url(#p-gap)" />
      ))}
      {spans.map(([a, b]) => (
        <rect
          key={a}
          x={x(a)}
          width={Math.max(1.5, x(b) - x(a))}
          height={12}
          rx={1}
          fill={`var(--color-${tone}-solid)`}
        />
      ))}
    </svg>
  );
}
