import type { ShopEvent, TimedEvent } from './events.ts';
import { drawBrowsing, drawJourney, type Step } from './journey.ts';
import { seededRandom } from './random.ts';

/** Mean number of events of one order besides clicks that fill up, and the share of all events they may take. */
const eventsPerOrder = 16.5;
const orderShare = 0.55;
const mostOrderShare = 0.85;

type Due = { atMs: number; sequence: number; event: ShopEvent };

/** A binary heap by time, then by the order of arrival. */
function dueQueue() {
  const heap: Due[] = [];
  const before = (a: Due, b: Due) => a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
  return {
    get size() {
      return heap.length;
    },
    peek: () => heap[0],
    push(item: Due) {
      let at = heap.push(item) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!before(item, heap[parent]!)) break;
        heap[at] = heap[parent]!;
        at = parent;
      }
      heap[at] = item;
    },
    pop(): Due | undefined {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined || heap.length === 0) return top;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
      return top;
    },
  };
}

export type Shop = {
  /**
   * Exactly `count` events that happen now. `elapsedMs` is the shop's own time since it opened and must not
   * go back; `nowMs` (epoch) only dates the events. The events depend on the seed and on the calls so far,
   * never on the clock.
   */
  take(count: number, elapsedMs: number, nowMs: number): TimedEvent[];
};

/** Opens a shop. The same seed and the same calls give the same events. */
export function openShop(seed: string): Shop {
  const orders = seededRandom(`${seed}/orders`);
  const browsing = seededRandom(`${seed}/browsing`);
  const due = dueQueue();
  let sequence = 0;
  let ordersOwed = 0;
  let ordersOpened = 0;
  let isOpened = false;

  const plan = (elapsedMs: number, steps: readonly Step[]) => {
    for (const { afterMs, event } of steps) {
      due.push({ atMs: elapsedMs + afterMs, sequence, event });
      sequence += 1;
    }
  };

  return {
    take(count, elapsedMs, nowMs) {
      if (!isOpened) {
        isOpened = true;
        plan(elapsedMs, oldReturns());
      }
      ordersOwed += (count * orderShare) / eventsPerOrder;
      while (ordersOwed >= 1) {
        ordersOwed -= 1;
        plan(elapsedMs, drawJourney(orders, ordersOpened));
        ordersOpened += 1;
      }
      const events: TimedEvent[] = [];
      const most = Math.ceil(count * mostOrderShare);
      while (events.length < most && (due.peek()?.atMs ?? Number.POSITIVE_INFINITY) <= elapsedMs) {
        events.push({ ...due.pop()!.event, atMs: nowMs });
      }
      while (events.length < count) events.push({ ...drawBrowsing(browsing), atMs: nowMs });
      return events;
    },
  };
}

/** The few returns of an earlier season: nothing is added to them, so their readers stay idle. */
function oldReturns(): Step[] {
  const reasons = ['damaged', 'wrong size', 'changed mind'];
  return Array.from({ length: 24 }, (_, i) => ({
    afterMs: 0,
    event: { kind: 'return', orderId: `ord-0000-${String(i).padStart(7, '0')}`, reason: reasons[i % 3]! },
  }));
}
