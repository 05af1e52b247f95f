/** A number as it is worth on a screen: whole ones whole, others with seven digits, which is half as long to send. */
export const sevenDigits = (value: number | null): number | null =>
  value === null || Number.isInteger(value) ? value : Number(value.toPrecision(7));
