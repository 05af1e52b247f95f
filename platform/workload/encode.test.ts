import { describe, expect, it } from 'vitest';
import { orderTypes, unscaledBytes } from './avro.ts';
import { encodeEvent, type ShopRecord, withSchemaId } from './encode.ts';
import type { TimedEvent } from './events.ts';
import { scanType, shipmentType } from './protobuf.ts';
import { openShop } from './shop.ts';

const ids = { orderV1: 11, orderV2: 12, payment: 13, shipment: 14 };
const startMs = 1_750_000_000_123;

const events = (() => {
  const shop = openShop('encode');
  return Array.from({ length: 400 }, (_, tick) => shop.take(150, tick * 500, startMs + tick * 500)).flat();
})();

type Kind = TimedEvent['kind'];
const first = <K extends Kind>(
  kind: K,
  matches: (event: Extract<TimedEvent, { kind: K }>) => boolean = () => true,
) => {
  const found = events.find(
    (event): event is Extract<TimedEvent, { kind: K }> =>
      event.kind === kind && matches(event as Extract<TimedEvent, { kind: K }>),
  );
  if (!found) throw new Error(`no ${kind}`);
  return { event: found, record: encodeEvent(found, ids) };
};

const bodyOf = (record: ShopRecord, id: number, skip = 0): Buffer => {
  expect(record.value!.readUInt8(0)).toBe(0);
  expect(record.value!.readUInt32BE(1)).toBe(id);
  return record.value!.subarray(5 + skip);
};

describe('withSchemaId', () => {
  it.each([
    [undefined, '00000001020a'],
    [[0], '0000000102000a'],
    [[1], '000000010202020a'],
    [[1, 0], '00000001020402000a'],
    [[100], '000000010202c8010a'],
  ])('frames message path %j', (path, hex) => {
    expect(withSchemaId(0x102, Buffer.from([10]), path).toString('hex')).toBe(hex);
  });
});

describe('unscaledBytes', () => {
  it.each([
    [0n, '00'],
    [127n, '7f'],
    [128n, '0080'],
    [-1n, 'ff'],
    [-129n, 'ff7f'],
    [24_900n, '6144'],
  ])('%s is the shortest two’s complement', (value, hex) => {
    expect(unscaledBytes(value).toString('hex')).toBe(hex);
  });
});

describe('encodeEvent', () => {
  it('writes orders as Avro, exactly, with the old writer too', () => {
    const { event, record } = first('order', (order) => !order.oldWriter && order.order.couponCode !== null);
    const order = orderTypes.v2.fromBuffer(bodyOf(record, ids.orderV2));
    expect(order).toMatchObject({
      orderId: event.order.orderId,
      sequence: event.order.sequence,
      occurredAt: event.atMs,
      couponCode: event.order.couponCode,
    });
    expect(BigInt(`0x${order.total.toString('hex')}`)).toBe(BigInt(event.order.totalCents));

    const old = first('order', (candidate) => candidate.oldWriter);
    const oldOrder = orderTypes.v1.fromBuffer(bodyOf(old.record, ids.orderV1));
    expect(oldOrder.orderId).toBe(old.event.order.orderId);
    expect(oldOrder).not.toHaveProperty('couponCode');
  });

  it('writes payments as JSON with the sequence in all its digits', () => {
    const { event, record } = first('payment');
    const json = bodyOf(record, ids.payment).toString();
    expect(JSON.parse(json)).toMatchObject({ state: event.state, amountCents: event.order.totalCents });
    expect(json).toContain(`"ledgerSequence":${event.order.sequence}}`);
  });

  it('writes shipments and scans as Protobuf behind their message path', () => {
    const { event, record } = first('shipment', (shipment) => !shipment.isTruncated);
    const shipment = shipmentType.toObject(shipmentType.decode(bodyOf(record, ids.shipment, 2)), {
      longs: String,
    });
    expect(shipment).toMatchObject({
      shipmentId: event.shipmentId,
      orderId: event.order.orderId,
      weightGrams: event.weightGrams,
      occurredAt: { seconds: String(Math.floor(event.atMs / 1000)) },
    });
    expect(BigInt(shipment.parcelNumber)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(record.headers.via).toEqual([event.order.warehouse, event.order.carrier]);

    const scan = first('scan');
    expect(scanType.toObject(scanType.decode(bodyOf(scan.record, ids.shipment, 3)))).toMatchObject({
      shipmentId: scan.event.shipmentId,
      depot: scan.event.depot,
    });
  });

  it('cuts a truncated shipment so that it cannot be read', () => {
    const { record } = first('shipment', (shipment) => shipment.isTruncated);
    expect(() => shipmentType.decode(bodyOf(record, ids.shipment, 2))).toThrow();
  });

  it('writes labels as PNG, clicks as text, deleted customers as tombstones', () => {
    expect(first('label').record.value!.subarray(1, 4).toString()).toBe('PNG');
    expect(first('click').record.value!.toString()).toMatch(/^10\.0\.0\.\d+ - ses-\w+ \[.*] "GET \//);
    expect(first('customer', (customer) => customer.isDeleted).record.value).toBeNull();
    expect(first('customer', (customer) => !customer.isDeleted).record.value!.toString()).toContain('@');
  });

  it('keys what belongs to an order by its id, with one trace', () => {
    const traces = new Map<string, string>();
    for (const event of events) {
      const record = encodeEvent(event, ids);
      if (!('order' in event)) continue;
      expect(record.key).toBe(event.order.orderId);
      const trace = String(record.headers.traceparent);
      expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(traces.get(record.key) ?? trace).toBe(trace);
      traces.set(record.key, trace);
    }
  });
});
