/** The contracts of the shop, as they are registered. */
const orderFields = [
  { name: 'orderId', type: 'string' },
  { name: 'sequence', type: 'long', doc: 'Grows by one with each order of the shop' },
  { name: 'customerId', type: 'string' },
  {
    name: 'state',
    type: { type: 'enum', name: 'OrderState', symbols: ['PLACED', 'CONFIRMED', 'COMPLETED', 'CANCELLED'] },
  },
  { name: 'occurredAt', type: { type: 'long', logicalType: 'timestamp-millis' } },
  { name: 'currency', type: 'string' },
  { name: 'total', type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 } },
  {
    name: 'lines',
    type: {
      type: 'array',
      items: {
        type: 'record',
        name: 'OrderLine',
        fields: [
          { name: 'sku', type: 'string' },
          { name: 'name', type: 'string' },
          { name: 'quantity', type: 'int' },
          { name: 'unitPrice', type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 } },
        ],
      },
    },
  },
];

const orderRecord = (fields: readonly object[]) => ({
  type: 'record',
  name: 'OrderEvent',
  namespace: 'shop.orders',
  doc: 'A step in the life of an order',
  fields,
});

/** What the first version of the shop wrote; some producers still do. */
export const orderSchemaV1 = orderRecord(orderFields);
export const orderSchemaV2 = orderRecord([
  ...orderFields,
  { name: 'couponCode', type: ['null', 'string'], default: null },
]);

export const paymentSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://shop.example/schemas/payment.json',
  title: 'PaymentEvent',
  description: 'Money that was asked for, taken or given back for an order',
  type: 'object',
  additionalProperties: false,
  required: ['paymentId', 'orderId', 'state', 'amountCents', 'currency', 'occurredAt'],
  properties: {
    paymentId: { type: 'string' },
    orderId: { type: 'string' },
    state: { enum: ['AUTHORISED', 'CAPTURED', 'REFUNDED'] },
    amountCents: { type: 'integer', minimum: 0 },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    method: { type: 'string' },
    ledgerSequence: { type: 'integer', description: 'Above 2^53: not every reader can hold it' },
    occurredAt: { type: 'string', format: 'date-time' },
  },
};

/** `ShipmentEvent` is message index [1], `ShipmentEvent.Scan` [1, 0]: the index path is really needed. */
export const shipmentSchema = `syntax = "proto3";
package shop.shipments;

import "google/protobuf/timestamp.proto";

message Address {
  string name = 1;
  string city = 2;
  string postal_code = 3;
  string country = 4;
}

message ShipmentEvent {
  enum State {
    STATE_UNSPECIFIED = 0;
    CREATED = 1;
    DELIVERED = 2;
  }

  message Scan {
    string shipment_id = 1;
    string order_id = 2;
    string depot = 3;
    google.protobuf.Timestamp occurred_at = 4;
  }

  string shipment_id = 1;
  string order_id = 2;
  State state = 3;
  Address address = 4;
  string carrier = 5;
  uint32 weight_grams = 6;
  int64 parcel_number = 7;
  google.protobuf.Timestamp occurred_at = 8;
  repeated string skus = 9;
}
`;
