import protobuf from 'protobufjs';
import type { TimedEvent } from './events.ts';
import { shipmentSchema } from './schemas.ts';

const root = new protobuf.Root();
protobuf.parse(shipmentSchema.replace(/^import .*$/m, ''), root);
root.addJSON(protobuf.common.get('google/protobuf/timestamp.proto')!.nested!);
root.resolveAll();

/** Reader and writer of `shop.shipments.ShipmentEvent`. */
export const shipmentType = root.lookupType('shop.shipments.ShipmentEvent');
/** Reader and writer of the message nested in it, `ShipmentEvent.Scan`. */
export const scanType = root.lookupType('shop.shipments.ShipmentEvent.Scan');
const states = root.lookupEnum('shop.shipments.ShipmentEvent.State').values;

const firstParcel = 9_223_372_036_000_000_000n;

const timestampOf = (atMs: number) => ({
  seconds: Math.floor(atMs / 1000),
  nanos: (atMs % 1000) * 1_000_000,
});

/** protobufjs takes its 64-bit numbers in two halves. */
const longOf = (value: bigint) => ({
  low: Number(BigInt.asIntN(32, value)),
  high: Number(BigInt.asIntN(32, value >> 32n)),
  unsigned: false,
});

/** Bytes of the shipment, without the schema's id. */
export function encodeShipment(event: Extract<TimedEvent, { kind: 'shipment' }>): Buffer {
  const { order } = event;
  const message = shipmentType.create({
    shipmentId: event.shipmentId,
    orderId: order.orderId,
    state: states[event.state],
    address: {
      name: order.customer.name,
      city: order.customer.city,
      postalCode: order.customer.postalCode,
      country: order.customer.country,
    },
    carrier: order.carrier,
    weightGrams: event.weightGrams,
    parcelNumber: longOf(firstParcel + (order.sequence % 1_000_000_000n)),
    occurredAt: timestampOf(event.atMs),
    skus: order.lines.map((line) => line.sku),
  });
  return Buffer.from(shipmentType.encode(message).finish());
}

/** Bytes of a scan on the way, without the schema's id. */
export function encodeScan(event: Extract<TimedEvent, { kind: 'scan' }>): Buffer {
  const message = scanType.create({
    shipmentId: event.shipmentId,
    orderId: event.order.orderId,
    depot: event.depot,
    occurredAt: timestampOf(event.atMs),
  });
  return Buffer.from(scanType.encode(message).finish());
}
