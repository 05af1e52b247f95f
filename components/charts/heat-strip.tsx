/** Step 1–6 of the heat scale for a value, 0 for none. */
export const heatStep = (value: number, most: number): number =>
  value <= 0 || most <= 0 ? 0 : Math.min(6, Math.max(1, Math.ceil((value / most) * 6)));

/** Values in a row by one hue, zero to most; null is hatched. The scale is printed where the strips stand. */
export function HeatStrip({
  values,
  most,
  width = 120,
  height = 12,
  label,
}: {
  values: readonly (number | null)[];
  /** Top of the scale, shared by all strips of a table. */
  most: number;
  width?: number;
  height?: number;
  label: string;
}) {
  const step = width / Math.max(1, values.length);
  const gap = step > 3 ? 0.6 : 0;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      style={{ display: 'inline-block', verticalAlign: 'middle' }}
      role="img"
      aria-label={label}
    >
      {values.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: places in a row have no other identity
          key={index}
          x={(index * step).toFixed(2)}
          width={(step - (value === null ? 0 : gap)).toFixed(2)}
          height={height}
          fill={value === null ? 'url(#p-gap)' : `var(--color-heat-${heatStep(value, most)})`}
        />
      ))}
    </svg>
  );
}
