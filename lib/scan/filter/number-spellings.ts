/**
 * Texts of which every JSON spelling of a whole number holds one, or undefined where that says too little.
 *
 * Beyond 2^53, a number that no double can be is only ever spelled by its digits: a spelling with a point or an exponent is a double.
 * Others may be `123456`, `123456.0`, `1.23456e5`, `1234560E-1`, and any decimal that rounds to them. Without an exponent the digits
 * stand together. With one, the digit before the `e` is the last digit that is not zero, or a zero. What only rounds to the number
 * has a run of nines or zeros behind its first digits, which a point may cut in two.
 */
export function numberSpellings(value: bigint): string[] | undefined {
  const digits = String(value < 0n ? -value : value);
  if (BigInt(Number(value)) !== value) return [digits];
  if (digits.length < 3 || digits.length > 10) return undefined;
  // A double holds 15 decimal digits at least: so many follow before it differs.
  const run = Math.ceil((15 - digits.length) / 2);
  const last = digits.replace(/0+$/, '').at(-1) as string;
  return [digits, `${last}e`, `${last}E`, '0e', '0E', '9'.repeat(run), '0'.repeat(run)];
}
