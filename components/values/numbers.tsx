import { Name, Quantity, Unknown } from '#components/ui/quantity.tsx';
import {
  formatBytes,
  formatCount,
  formatPercent,
  formatRate,
  formatRateShort,
  splitName,
} from '#lib/format.ts';

type Maybe<T> = T | null | undefined;

/** A whole number, exact. Null is unknown. */
export function Count({ value, unit }: { value: Maybe<number | bigint | string>; unit?: string }) {
  if (value === null || value === undefined) return <Unknown />;
  return <Quantity value={formatCount(value)} unit={unit} />;
}

/** Bytes in decimal units; `isRate` adds `/s`. */
export function Bytes({
  value,
  digits,
  isRate,
}: {
  value: Maybe<number | bigint | string>;
  digits?: number;
  isRate?: boolean;
}) {
  if (value === null || value === undefined) return <Unknown />;
  const quantity = formatBytes(value, digits ?? (isRate ? 3 : 2));
  if (quantity.value === '0') return <Quantity value="0" />;
  return <Quantity value={quantity.value} unit={isRate ? `${quantity.unit}/s` : quantity.unit} />;
}

/** A rate per second: exact in cells, three figures with `isShort` in headlines. */
export function Rate({ value, isShort }: { value: Maybe<number>; isShort?: boolean }) {
  if (value === null || value === undefined || Number.isNaN(value)) return <Unknown />;
  return isShort ? <Quantity {...formatRateShort(value)} /> : <Quantity value={formatRate(value)} />;
}

/** A share from 0 to 1 as percent. */
export function Percent({ share, decimals }: { share: Maybe<number>; decimals?: number }) {
  if (share === null || share === undefined || Number.isNaN(share)) return <Unknown />;
  return <Quantity value={share === 0 ? '0%' : formatPercent(share, decimals)} />;
}

/** A name that people chose, in mono, clipped in its middle where it must be. */
export function ObjectName({ name }: { name: string }) {
  const [head, tail] = splitName(name);
  return <Name head={head} tail={tail} />;
}
