import { drawOrder, products } from './catalogue.ts';
import type { ShopEvent } from './events.ts';
import type { Random } from './random.ts';

/** A step of an order's life: what happens, and how long after the order began. */
export type Step = { afterMs: number; event: ShopEvent };

/**
 * The whole life of the order with this number, in order of time: looked at, placed, paid, picked, shipped,
 * delivered. One in twelve is cancelled instead of shipped, and its stock and money go back.
 */
export function drawJourney(random: Random, number: number): Step[] {
  const order = drawOrder(random, number);
  const sessionId = `ses-${random.hex(10)}`;
  const paymentId = `pay-${random.hex(10)}`;
  const shipmentId = `shp-${random.hex(10)}`;
  const oldWriter = random.chance(0.1);
  const isCancelled = random.chance(1 / 12);
  const steps: Step[] = [];
  const step = (afterMs: number, event: ShopEvent) => steps.push({ afterMs, event });
  const click = (afterMs: number, path: string) =>
    step(afterMs, {
      kind: 'click',
      sessionId,
      path,
      status: 200,
      bytes: random.between(900, 40_000),
      orderId: order.orderId,
    });

  click(0, '/basket');
  click(400, '/checkout');
  if (random.chance(0.3)) {
    step(800, {
      kind: 'customer',
      customer: order.customer,
      isDeleted: random.chance(0.03),
      newsletter: random.chance(0.5),
    });
  }
  step(1_000, { kind: 'order', state: 'PLACED', order, oldWriter });
  step(1_600, { kind: 'payment', state: 'AUTHORISED', order, paymentId });
  order.lines.forEach((_, line) => {
    step(2_000 + line * 100, inventory('RESERVED', line));
  });
  step(2_600, { kind: 'payment', state: 'CAPTURED', order, paymentId });
  step(3_000, { kind: 'order', state: 'CONFIRMED', order, oldWriter });
  click(3_200, `/orders/${order.orderId}`);

  if (isCancelled) {
    step(9_000, { kind: 'order', state: 'CANCELLED', order, oldWriter });
    step(9_400, { kind: 'payment', state: 'REFUNDED', order, paymentId });
    order.lines.forEach((_, line) => {
      step(9_600 + line * 100, inventory('RELEASED', line));
    });
    return steps;
  }

  const isTruncated = random.chance(0.006);
  const weightGrams = order.lines.reduce((sum, line) => sum + line.quantity * 640, 180);
  order.lines.forEach((_, line) => {
    step(8_000 + line * 300, inventory('PICKED', line));
  });
  step(10_000, { kind: 'shipment', state: 'CREATED', order, shipmentId, weightGrams, isTruncated });
  step(10_500, { kind: 'label', order, shipmentId });
  step(18_000, { kind: 'scan', order, shipmentId, depot: order.customer.city });
  step(30_000, { kind: 'shipment', state: 'DELIVERED', order, shipmentId, weightGrams, isTruncated: false });
  step(31_000, { kind: 'order', state: 'COMPLETED', order, oldWriter });
  return steps;

  function inventory(state: 'RESERVED' | 'PICKED' | 'RELEASED', line: number): ShopEvent {
    return { kind: 'inventory', state, order, line, remaining: random.between(0, 900) };
  }
}

/** Somebody only looking around: the filling between the orders. */
export function drawBrowsing(random: Random): ShopEvent {
  const isMissing = random.chance(0.02);
  const product = random.pick(products);
  return {
    kind: 'click',
    sessionId: `ses-${random.hex(10)}`,
    path: isMissing
      ? `/campaign/${random.hex(4)}`
      : random.pick(['/', `/p/${product.sku}`, '/search?q=lamp']),
    status: isMissing ? 404 : 200,
    bytes: random.between(400, 60_000),
    orderId: null,
  };
}
