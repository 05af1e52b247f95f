const YEAR_0 = -62_167_219_200_000n;
const YEAR_9999_END = 253_402_300_799_999n;

/** Null for -1, which is Kafka's "no timestamp", and for years that ISO 8601 does not write with four digits. */
export function isoOf(timestamp: bigint): string | null {
  if (timestamp === -1n || timestamp < YEAR_0 || timestamp > YEAR_9999_END) return null;
  return new Date(Number(timestamp)).toISOString();
}
