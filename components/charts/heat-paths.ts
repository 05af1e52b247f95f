import { heatStep } from './heat-strip.tsx';

/** Shape of all cells of a row that have one step of the scale; `gap` for those that are not known. */
export type HeatPath = { step: number | 'gap'; d: string };

/**
 * A row of a heat map as at most eight shapes, however many cells it has: neighbours of the same step become one.
 * @param most top of the scale, shared by all rows
 */
export function heatPaths(
  values: readonly (number | null)[],
  most: number,
  width: number,
  height: number,
): HeatPath[] {
  const cell = width / Math.max(1, values.length);
  const shapes = new Map<number | 'gap', string>();
  let start = 0;
  const stepAt = (index: number): number | 'gap' => {
    const value = values[index];
    return value === null || value === undefined ? 'gap' : heatStep(value, most);
  };
  for (let index = 1; index <= values.length; index += 1) {
    const step = stepAt(start);
    if (index < values.length && stepAt(index) === step) continue;
    const [left, right] = [(start * cell).toFixed(1), (index * cell).toFixed(1)];
    shapes.set(step, `${shapes.get(step) ?? ''}M${left} 0H${right}V${height}H${left}Z`);
    start = index;
  }
  return [...shapes].map(([step, d]) => ({ step, d }));
}
