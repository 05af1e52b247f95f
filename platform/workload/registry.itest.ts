import avro from 'avsc';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { platformHandle } from '#platform/handle.ts';
import { encodeEvent } from './encode.ts';
import type { TimedEvent } from './events.ts';
import { registerSchema, registerShopSchemas } from './registry.ts';
import { openShop } from './shop.ts';

const { registryUrl } = platformHandle();
const { signal } = new AbortController();
const ids = await registerShopSchemas(registryUrl, signal);
const shop = openShop('registry');
const events = Array.from({ length: 100 }, (_, tick) => shop.take(150, tick * 500, 1_750_000_000_123)).flat();

/** The value of the first such event, and the schema that the registry has under the id on it. */
async function written(matches: (event: TimedEvent) => boolean) {
  const event = events.find(matches);
  if (!event) throw new Error('no such event');
  const { value } = encodeEvent(event, ids);
  const response = await fetch(`${registryUrl}/schemas/ids/${value!.readUInt32BE(1)}`);
  const { schema } = (await response.json()) as { schema: string };
  return { event, value: value!, schema };
}

describe('the shop’s schemas in the registry', () => {
  it('are registered once: the same ids again', async () => {
    expect(await registerShopSchemas(registryUrl, signal)).toEqual(ids);
    expect(new Set(Object.values(ids)).size).toBe(4);
  });

  it('read what was written as Avro, with both versions', async () => {
    for (const oldWriter of [true, false]) {
      const { event, value, schema } = await written(
        (one) => one.kind === 'order' && one.oldWriter === oldWriter,
      );
      // The reader's own long refuses sequences above 2^53.
      const long = avro.types.LongType.__with({
        fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
        toBuffer: () => Buffer.alloc(8),
        fromJSON: BigInt,
        toJSON: Number,
        isValid: () => true,
        compare: () => 0,
      });
      const type = avro.Type.forSchema(JSON.parse(schema), { registry: { long } });
      const order = type.fromBuffer(value.subarray(5));
      expect(event.kind === 'order' && order.sequence).toBe(event.kind === 'order' && event.order.sequence);
      expect('couponCode' in order).toBe(!oldWriter);
    }
  });

  it('read what was written as Protobuf and as JSON', async () => {
    const shipment = await written((one) => one.kind === 'shipment' && !one.isTruncated);
    const root = new protobuf.Root();
    protobuf.parse(shipment.schema.replace(/^import .*$/m, ''), root);
    root.addJSON(protobuf.common.get('google/protobuf/timestamp.proto')!.nested!);
    const message = root.lookupType('shop.shipments.ShipmentEvent').decode(shipment.value.subarray(7));
    expect(message.toJSON().shipmentId).toMatch(/^shp-/);

    const payment = await written((one) => one.kind === 'payment' && one.order.currency !== 'XBT');
    const { properties, required } = JSON.parse(payment.schema) as { properties: object; required: string[] };
    const body = JSON.parse(payment.value.toString('utf8', 5)) as object;
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(body)));
    expect(Object.keys(body)).toEqual(expect.arrayContaining(required));
  });

  it('are refused with the registry’s own words when they are wrong', async () => {
    await expect(
      registerSchema(registryUrl, 'itest-workload-wrong', 'AVRO', '{"type":', signal),
    ).rejects.toThrow(/registry refused itest-workload-wrong \(4\d\d\)/);
  });
});
