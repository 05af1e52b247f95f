import type { RegistrySchema } from '#lib/model/registry-schema.ts';

/**
 * How the fields of one topic are decoded, for one reader. It travels with each task of a worker, so it is small: schemas and masks
 * are facts (`lib/scan/facts.ts`) that it names.
 */
export interface DecodePlan {
  topic: string;
  key: SerdeChoice;
  value: SerdeChoice;
  /**
   * Namespace of the cluster's registry in the ids of schema facts: `schema:<registry>:<id>`. Null: the cluster has none, so what a
   * registry prefix stands for stays bytes, with that reason.
   */
  registry: string | null;
  /** Id of the fact that holds the reader's masks of this topic; null when nothing is hidden. */
  masks: string | null;
}

/** `auto` finds the serde by the bytes. Others force one; it shows the bytes with the reason where it does not fit. */
export interface SerdeChoice {
  serde: string;
  /** Settings of the serde, such as `{ schemaId: '12' }` for values without a prefix. */
  options?: Record<string, string>;
}

export const plainPlan = (topic: string): DecodePlan => ({
  topic,
  key: { serde: 'auto' },
  value: { serde: 'auto' },
  registry: null,
  masks: null,
});

/** Value of a schema fact. */
export type SchemaFact =
  | RegistrySchema
  | {
      id: string;
      /** One sentence: why it could not be had. */
      missing: string;
      /** Epoch milliseconds from which on it is worth asking again. */
      until: number;
    };

/**
 * A decoded value as filters, columns and masks see it: objects hold own keys only (read with `Object.hasOwn`, never assigned to or
 * merged), integers beyond 2^53 are bigint, bytes are Uint8Array, instants stay what the format says.
 */
export type DataValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | DataValue[]
  | { [key: string]: DataValue };

/** `needs`: a schema fact that the worker was not told; the task is repeated with it. */
export type Decoded = { value: DataValue } | { reason: string } | { needs: string };
