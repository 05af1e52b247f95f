import type { IHeaders } from 'kafkajs';
import { orderTypes, unscaledBytes } from './avro.ts';
import type { Order } from './catalogue.ts';
import type { TimedEvent } from './events.ts';
import { labelImage } from './label-image.ts';
import { encodeScan, encodeShipment } from './protobuf.ts';
import type { SchemaIds } from './registry.ts';
import type { SourceTopic } from './topics.ts';

export type ShopRecord = {
  topic: SourceTopic;
  key: string;
  value: Buffer | null;
  headers: IHeaders;
};

/**
 * Bytes behind the schema's id, as the registries' clients write them: magic 0, the id in four bytes and,
 * for Protobuf, the path of the message type in its file. `messageIndexes` are zigzag varints led by their
 * count; the path [0] is written as a single 0.
 */
export function withSchemaId(id: number, body: Buffer, messageIndexes?: readonly number[]): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(id, 1);
  if (messageIndexes === undefined) return Buffer.concat([prefix, body]);
  const isFirst = messageIndexes.length === 1 && messageIndexes[0] === 0;
  const path = isFirst ? [0] : [messageIndexes.length, ...messageIndexes].flatMap(zigzagVarint);
  return Buffer.concat([prefix, Buffer.from(path), body]);
}

function zigzagVarint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value * 2;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

const traced = (order: Order, type: string): IHeaders => ({
  'event-type': type,
  'order-id': order.orderId,
  traceparent: order.traceparent,
});

const decimal = (cents: number) => unscaledBytes(BigInt(cents));

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) shop-web/4.2';

/** The record that a producer of the shop writes for an event. */
export function encodeEvent(event: TimedEvent, ids: SchemaIds): ShopRecord {
  const at = new Date(event.atMs);
  switch (event.kind) {
    case 'order': {
      const { order, state, oldWriter } = event;
      const fields = {
        orderId: order.orderId,
        sequence: order.sequence,
        customerId: order.customer.customerId,
        state,
        occurredAt: event.atMs,
        currency: order.currency,
        total: decimal(order.totalCents),
        lines: order.lines.map(({ sku, name, quantity, unitPriceCents }) => ({
          sku,
          name,
          quantity,
          unitPrice: decimal(unitPriceCents),
        })),
      };
      const value = oldWriter
        ? withSchemaId(ids.orderV1, orderTypes.v1.toBuffer(fields))
        : withSchemaId(ids.orderV2, orderTypes.v2.toBuffer({ ...fields, couponCode: order.couponCode }));
      return { topic: 'shop.orders.v1', key: order.orderId, value, headers: traced(order, state) };
    }
    case 'payment': {
      const { order, state, paymentId } = event;
      const head = JSON.stringify({
        paymentId,
        orderId: order.orderId,
        state,
        amountCents: order.totalCents,
        currency: order.currency,
        method: order.method,
        occurredAt: at.toISOString(),
      });
      // JSON.stringify has no way to write a bigint as a number.
      const json = `${head.slice(0, -1)},"ledgerSequence":${order.sequence}}`;
      return {
        topic: 'shop.payments.v1',
        key: order.orderId,
        value: withSchemaId(ids.payment, Buffer.from(json)),
        headers: traced(order, state),
      };
    }
    case 'inventory': {
      const { order, state, remaining } = event;
      const line = order.lines[event.line]!;
      const value = Buffer.from(
        JSON.stringify({
          orderId: order.orderId,
          sku: line.sku,
          state,
          quantity: line.quantity,
          warehouse: { id: order.warehouse, remaining },
          occurredAt: at.toISOString(),
        }),
      );
      return { topic: 'shop.inventory.v1', key: order.orderId, value, headers: traced(order, state) };
    }
    case 'shipment': {
      const body = encodeShipment(event);
      const whole = withSchemaId(ids.shipment, body, [1]);
      return {
        topic: 'shop.shipments.v1',
        key: event.order.orderId,
        value: event.isTruncated ? whole.subarray(0, whole.length - 12) : whole,
        headers: { ...traced(event.order, event.state), via: [event.order.warehouse, event.order.carrier] },
      };
    }
    case 'scan':
      return {
        topic: 'shop.shipments.v1',
        key: event.order.orderId,
        value: withSchemaId(ids.shipment, encodeScan(event), [1, 0]),
        headers: { ...traced(event.order, 'SCANNED'), via: [event.order.carrier, event.depot] },
      };
    case 'label':
      return {
        topic: 'shop.labels.v1',
        key: event.order.orderId,
        value: labelImage(event.shipmentId),
        headers: { ...traced(event.order, 'PRINTED'), 'content-type': 'image/png' },
      };
    case 'click':
      return {
        topic: 'shop.clicks.v1',
        key: event.sessionId,
        value: Buffer.from(
          `10.0.0.${event.bytes % 250} - ${event.sessionId} [${at.toISOString()}] "GET ${event.path} HTTP/2.0" ${event.status} ${event.bytes} "-" "${userAgent}"`,
        ),
        headers: event.orderId === null ? {} : { 'order-id': event.orderId },
      };
    case 'customer': {
      const { customer, newsletter } = event;
      const value = event.isDeleted
        ? null
        : Buffer.from(JSON.stringify({ ...customer, newsletter, changedAt: at.toISOString() }));
      return { topic: 'shop.customers.v1', key: customer.customerId, value, headers: {} };
    }
    case 'return':
      return {
        topic: 'shop.returns.v1',
        key: event.orderId,
        value: Buffer.from(JSON.stringify({ orderId: event.orderId, reason: event.reason })),
        headers: {},
      };
  }
}
