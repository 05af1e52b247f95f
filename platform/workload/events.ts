import type { Customer, Order } from './catalogue.ts';

/** Everything that happens in the shop, before it is turned into bytes. */
export type ShopEvent =
  | {
      kind: 'order';
      state: 'PLACED' | 'CONFIRMED' | 'COMPLETED' | 'CANCELLED';
      order: Order;
      oldWriter: boolean;
    }
  | { kind: 'payment'; state: 'AUTHORISED' | 'CAPTURED' | 'REFUNDED'; order: Order; paymentId: string }
  | {
      kind: 'inventory';
      state: 'RESERVED' | 'PICKED' | 'RELEASED';
      order: Order;
      line: number;
      remaining: number;
    }
  | {
      kind: 'shipment';
      state: 'CREATED' | 'DELIVERED';
      order: Order;
      shipmentId: string;
      weightGrams: number;
      /** Cut off in the middle, as by a producer with a fault. */
      isTruncated: boolean;
    }
  | { kind: 'scan'; order: Order; shipmentId: string; depot: string }
  | { kind: 'label'; order: Order; shipmentId: string }
  | { kind: 'click'; sessionId: string; path: string; status: number; bytes: number; orderId: string | null }
  | { kind: 'customer'; customer: Customer; isDeleted: boolean; newsletter: boolean }
  | { kind: 'return'; orderId: string; reason: string };

/** An event at its time, as the producer gets it. */
export type TimedEvent = ShopEvent & { atMs: number };
