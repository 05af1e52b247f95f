import type { KafkaMessage } from 'kafkajs';
import type { Failure } from './dead-letter.ts';
import { scanType, shipmentType } from './protobuf.ts';

/** What a service makes of a record: nothing to complain about, or the failure. */
export type Judge = (message: Pick<KafkaMessage, 'value' | 'offset'>) => Failure | null;

const deserialization = (topic: string, offset: string, cause: string): Failure => ({
  exception: 'org.apache.kafka.common.errors.SerializationException',
  message: `Error deserializing key/value for ${topic} at offset ${offset}: ${cause}`,
  at: [
    'io.confluent.kafka.serializers.protobuf.AbstractKafkaProtobufDeserializer.deserialize(AbstractKafkaProtobufDeserializer.java:243)',
    'org.apache.kafka.clients.consumer.internals.CompletedFetch.parseRecord(CompletedFetch.java:314)',
  ],
});

const noPostalCode: Failure = {
  exception: 'java.lang.NullPointerException',
  message: 'Cannot invoke "String.strip()" because the return value of "Address.postalCode()" is null',
  at: [
    'com.shop.shipping.LabelAddress.from(LabelAddress.java:41)',
    'com.shop.shipping.ShipmentNotifier.onShipment(ShipmentNotifier.java:88)',
  ],
};

/** Refuses shipments that it cannot read or whose postal code makes no sense. */
export const judgeShipment: Judge = ({ value, offset }) => {
  if (value === null) return null;
  const isScan = value.readUInt8(5) === 4;
  try {
    if (isScan) {
      scanType.decode(value.subarray(8));
      return null;
    }
    const { address } = shipmentType.toObject(shipmentType.decode(value.subarray(7))) as {
      address?: { postalCode?: string; country?: string };
    };
    const postalCode = address?.postalCode ?? '';
    if (postalCode === '') return noPostalCode;
    if (/^[A-Z]?\d+$/.test(postalCode)) return null;
    return {
      exception: 'com.shop.shipping.AddressInvalidException',
      message: `Postal code "${postalCode}" is not valid in ${address?.country}`,
      at: [
        'com.shop.shipping.AddressCheck.require(AddressCheck.java:57)',
        'com.shop.shipping.ShipmentNotifier.onShipment(ShipmentNotifier.java:86)',
      ],
    };
  } catch (error) {
    return deserialization('shop.shipments.v1', offset, error instanceof Error ? error.message : 'unknown');
  }
};

/** Refuses payments in a currency that the ledger does not keep. */
export const judgePayment: Judge = ({ value }) => {
  if (value === null) return null;
  const { currency, orderId } = JSON.parse(value.toString('utf8', 5)) as {
    currency: string;
    orderId: string;
  };
  if (currency === 'EUR' || currency === 'SEK') return null;
  return {
    exception: 'com.shop.ledger.UnsupportedCurrencyException',
    message: `No account for currency ${currency} (order ${orderId})`,
    at: [
      'com.shop.ledger.Accounts.accountFor(Accounts.java:132)',
      'com.shop.ledger.LedgerListener.onPayment(LedgerListener.java:64)',
    ],
  };
};
