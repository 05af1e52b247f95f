/** A small run of values beside their number: from zero, gaps stay gaps, the last point dotted. Null is a gap. */
export function Sparkline({
  values,
  width = 64,
  height = 18,
  tone = 'series',
  most,
  label,
}: {
  values: readonly (number | null)[];
  width?: number;
  height?: number;
  tone?: 'series' | 'critical';
  /** Top of the scale; without it, the largest value. */
  most?: number;
  /** Said to those who hear the page; without it the drawing only goes with the number beside it. */
  label?: string;
}) {
  const top = Math.max(most ?? 0, ...values.map((value) => value ?? 0));
  const step = (width - 2) / Math.max(1, values.length - 1);
  const x = (index: number) => (1 + index * step).toFixed(1);
  const y = (value: number) => (height - 1 - (top === 0 ? 0 : (value / top) * (height - 5))).toFixed(1);
  const runs: { from: number; points: number[] }[] = [];
  const gaps: [from: number, to: number][] = [];
  values.forEach((value, index) => {
    const before = index > 0 ? values[index - 1] : undefined;
    if (value === null) {
      const gap = gaps.at(-1);
      if (gap && gap[1] === index - 1) gap[1] = index;
      else gaps.push([index, index]);
    } else if (before === null || before === undefined) runs.push({ from: index, points: [value] });
    else runs.at(-1)?.points.push(value);
  });
  const color = tone === 'critical' ? 'var(--color-critical-solid)' : 'var(--color-series-1)';
  const line = runs
    .map((run) => run.points.map((value, k) => `${k ? 'L' : 'M'}${x(run.from + k)} ${y(value)}`).join(''))
    .join('');
  const area = runs
    .map((run) => {
      const points = run.points.map((value, k) => `L${x(run.from + k)} ${y(value)}`).join('');
      return `M${x(run.from)} ${height - 1}${points}L${x(run.from + run.points.length - 1)} ${height - 1}Z`;
    })
    .join('');
  const last = values.at(-1);
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is named by its label, or goes with the number beside it
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      style={{ display: 'inline-block', verticalAlign: 'middle' }}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {gaps.map(([from, to]) => (
        <rect
          key={from}
          x={Math.max(0, 1 + (from - 1) * step)}
          y={1}
          width={Math.min(width, (to - from + 2) * step)}
          height={height - 2}
          fill="url(#p-gap)"
        />
      ))}
      {top === 0 ? (
        runs.map((run) => (
          <path
            key={run.from}
            d={`M${x(run.from)} ${height - 1}H${x(run.from + run.points.length - 1)}`}
            stroke="var(--color-line-strong)"
          />
        ))
      ) : (
        <>
          <path d={area} fill={color} opacity=".14" />
          <path d={line} fill="none" stroke={color} strokeWidth="1.25" />
          {typeof last === 'number' ? (
            <circle cx={x(values.length - 1)} cy={y(last)} r="1.6" fill={color} />
          ) : null}
        </>
      )}
    </svg>
  );
}
