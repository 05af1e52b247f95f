import { apiVersionsV3, apiVersionsV4 } from '@platformatic/kafka';
import type { CallOptions, KafkaClient } from './client.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';
import { clientSoftware } from './wire/wire.ts';

/** Version 4 also tells features whose lowest level is 0 (KIP-584, KAFKA-17011). */
const apiVersionsApi = libraryApi('ApiVersions', apiVersionsV4.api, apiVersionsV3.api);

/** A feature of the cluster: the level that is in force (0: none) and the highest this broker could run. */
export type FeatureLevel = { name: string; finalized: number; max: number };

/**
 * Features as one broker tells them, sorted by name; `metadata.version` is the one that follows the release.
 * @throws AppError `kafka.unsupported` before Kafka 2.4.
 */
export async function describeFeatures(
  client: KafkaClient,
  options: CallOptions = {},
): Promise<FeatureLevel[]> {
  const { value } = await client.call(
    apiVersionsApi,
    [clientSoftware.name, clientSoftware.version],
    'any',
    options,
  );
  if (value.errorCode !== 0) throw itemError(value.errorCode, null, { operation: 'describe features' });
  const features = new Map<string, FeatureLevel>();
  for (const { name, maxVersion } of value.supportedFeatures ?? []) {
    features.set(name, { name, finalized: 0, max: maxVersion });
  }
  for (const { name, maxVersionLevel } of value.finalizedFeatures ?? []) {
    features.set(name, { name, finalized: maxVersionLevel, max: features.get(name)?.max ?? maxVersionLevel });
  }
  return [...features.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
