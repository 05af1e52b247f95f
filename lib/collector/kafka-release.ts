import type { Feature } from './snapshot.ts';

/**
 * Kafka releases by the level of the `metadata.version` feature that they brought.
 * Source: `kafka-features version-mapping` of Kafka 4.3.1, the last level of each release.
 */
const releases: [number, string][] = [
  [7, '3.3'],
  [8, '3.4'],
  [11, '3.5'],
  [14, '3.6'],
  [19, '3.7'],
  [20, '3.8'],
  [21, '3.9'],
  [25, '4.0'],
  [27, '4.1'],
  [29, '4.2'],
  [30, '4.3'],
];

/**
 * The release a cluster's metadata is finalized at, such as "4.2"; null when it does not tell. The software of
 * the brokers may be newer. Shown only: what a cluster can do is decided by the APIs it offers.
 */
export function kafkaRelease(features: readonly Feature[] | null): string | null {
  const level = features?.find((feature) => feature.name === 'metadata.version')?.finalized;
  if (level === undefined || level < 7) return null;
  return releases.find(([last]) => level <= last)?.[1] ?? `${releases.at(-1)![1]} or newer`;
}
