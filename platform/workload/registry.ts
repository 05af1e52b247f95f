import { setTimeout as delay } from 'node:timers/promises';
import { orderSchemaV1, orderSchemaV2, paymentSchema, shipmentSchema } from './schemas.ts';

/** The ids under which the registry knows the shop's schemas. */
export type SchemaIds = { orderV1: number; orderV2: number; payment: number; shipment: number };

type SchemaType = 'AVRO' | 'JSON' | 'PROTOBUF';

/**
 * Registers a schema under a subject and gives its id; the same schema again gives the same id.
 * `registryUrl` is the base of a Confluent-compatible API, without a slash at its end.
 * Throws with the registry's answer when it refuses, and the fetch error when it cannot be reached.
 */
export async function registerSchema(
  registryUrl: string,
  subject: string,
  schemaType: SchemaType,
  schema: string,
  signal: AbortSignal,
): Promise<number> {
  const response = await fetch(`${registryUrl}/subjects/${encodeURIComponent(subject)}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schemaType, schema }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`registry refused ${subject} (${response.status}): ${text.slice(0, 300)}`);
  const id = (JSON.parse(text) as { id?: unknown }).id;
  if (typeof id !== 'number') throw new Error(`registry gave no id for ${subject}: ${text.slice(0, 300)}`);
  return id;
}

/** Registers all schemas of the shop in the order in which they came to be. */
export async function registerShopSchemas(registryUrl: string, signal: AbortSignal): Promise<SchemaIds> {
  const base = registryUrl.replace(/\/+$/, '');
  const register = (subject: string, type: SchemaType, schema: string) =>
    registerSchema(base, subject, type, schema, signal);
  return {
    orderV1: await register('shop.orders.v1-value', 'AVRO', JSON.stringify(orderSchemaV1)),
    orderV2: await register('shop.orders.v1-value', 'AVRO', JSON.stringify(orderSchemaV2)),
    payment: await register('shop.payments.v1-value', 'JSON', JSON.stringify(paymentSchema)),
    shipment: await register('shop.shipments.v1-value', 'PROTOBUF', shipmentSchema),
  };
}

/** Like `registerShopSchemas`, tried again until the registry answers or `signal` is aborted. */
export async function awaitShopSchemas(
  registryUrl: string,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<SchemaIds> {
  for (;;) {
    try {
      return await registerShopSchemas(registryUrl, signal);
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error);
    }
    await delay(2_000, undefined, { signal });
  }
}
