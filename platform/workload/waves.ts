/** How busy the shop is at a moment, as a factor of its mean rate: a slow tide, a quicker swell, and a sale. */
const tideMs = 240_000;
const swellMs = 37_000;
const saleEveryMs = 420_000;
const saleMs = 15_000;
const saleFactor = 0.9;

/** What the sale adds on average is taken off everywhere, so that the mean of the factor stays 1. */
const base = 1 - (saleFactor * saleMs) / saleEveryMs;

/** Factor of the mean rate at `elapsedMs` after the start: between 0.4 and 2.5, 1 on average. */
export function waveFactor(elapsedMs: number): number {
  const tide = 0.4 * Math.sin((2 * Math.PI * elapsedMs) / tideMs);
  const swell = 0.15 * Math.sin((2 * Math.PI * elapsedMs) / swellMs);
  const sale = elapsedMs % saleEveryMs >= saleEveryMs - saleMs ? saleFactor : 0;
  return base + tide + swell + sale;
}

/**
 * How many records are due in each tick, at a mean of `ratePerSecond`. The part of a record that a tick
 * cannot send is carried to the next, so low rates are kept too.
 */
export function tickBudget(ratePerSecond: number, tickMs: number): (tick: number) => number {
  let carried = 0;
  return (tick) => {
    const exact = (ratePerSecond * tickMs * waveFactor(tick * tickMs)) / 1000 + carried;
    const whole = Math.floor(exact);
    carried = exact - whole;
    return whole;
  };
}
