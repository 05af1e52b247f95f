import type { Random } from './random.ts';

/** What the shop sells and to whom. Only made-up people, places that exist. */
export const products = [
  { sku: 'LAMP-OAK-01', name: 'Oak desk lamp', priceCents: 7_900 },
  { sku: 'CHAIR-ASH-02', name: 'Ash reading chair', priceCents: 24_900 },
  { sku: 'MUG-BLUE-11', name: 'Blue stoneware mug', priceCents: 1_450 },
  { sku: 'RUG-WOOL-07', name: 'Wool runner', priceCents: 18_600 },
  { sku: 'SHELF-PINE-04', name: 'Pine wall shelf', priceCents: 5_200 },
  { sku: 'KETTLE-STL-03', name: 'Steel kettle', priceCents: 6_350 },
  { sku: 'PLANT-FERN-09', name: 'Boston fern', priceCents: 2_190 },
  { sku: 'THROW-LIN-05', name: 'Linen throw', priceCents: 8_800 },
  { sku: 'CLOCK-WAL-06', name: 'Walnut wall clock', priceCents: 11_200 },
  { sku: 'TRAY-BRS-08', name: 'Brass serving tray', priceCents: 4_700 },
] as const;

const firstNames = [
  'Ada',
  'Noor',
  'Jonas',
  'Mei',
  'Tomás',
  'Zoë',
  'Ravi',
  'Ines',
  'Lukas',
  'Amara',
  'Søren',
  '美咲',
];
const lastNames = [
  'Visser',
  'Okafor',
  'Lindqvist',
  'Moreau',
  'Brandt',
  'Silva',
  'Kaur',
  'Ó Briain',
  'Novák',
  '佐藤',
];

const places = [
  { country: 'NL', city: 'Utrecht', postalCode: '3511' },
  { country: 'DE', city: 'Leipzig', postalCode: '04109' },
  { country: 'FR', city: 'Nantes', postalCode: '44000' },
  { country: 'ES', city: 'Bilbao', postalCode: '48001' },
  { country: 'SE', city: 'Malmö', postalCode: '21120' },
  { country: 'IE', city: 'Cork', postalCode: 'T12' },
] as const;

export const carriers = ['PostNord', 'DHL', 'GLS', 'Colissimo'] as const;
export const warehouses = ['ams-1', 'lej-2', 'bio-1'] as const;
const methods = ['card', 'ideal', 'paypal', 'invoice'] as const;
const currencies = ['EUR', 'EUR', 'EUR', 'SEK'] as const;

export type Customer = {
  customerId: string;
  name: string;
  email: string;
  country: string;
  city: string;
  postalCode: string;
};

/** How many customers the shop has: small, so that the compacted topic has something to compact. */
export const customerCount = 2_000;

/** The customer with this number. Always the same one: it is drawn from the number alone. */
export function customerOf(number: number): Customer {
  const first = firstNames[number % firstNames.length]!;
  const last = lastNames[Math.floor(number / firstNames.length) % lastNames.length]!;
  const place = places[number % places.length]!;
  return {
    customerId: `cus-${String(number).padStart(5, '0')}`,
    name: `${first} ${last}`,
    email: `customer${number}@shop.example`,
    ...place,
  };
}

export type OrderLine = { sku: string; name: string; quantity: number; unitPriceCents: number };

export type Order = {
  orderId: string;
  /** Above 2^53, as sequence numbers of real shops are: a reader that uses doubles shows the wrong one. */
  sequence: bigint;
  customer: Customer;
  currency: string;
  method: string;
  lines: OrderLine[];
  totalCents: number;
  couponCode: string | null;
  carrier: string;
  warehouse: string;
  /** W3C trace context, the same on every event of the order. */
  traceparent: string;
};

const firstSequence = 9_007_199_254_740_993n;

/** Draws the order with this number. About one in fifty cannot be shipped or paid as it stands. */
export function drawOrder(random: Random, number: number): Order {
  const lines = Array.from({ length: random.between(1, 3) }, (): OrderLine => {
    const product = random.pick(products);
    return {
      sku: product.sku,
      name: product.name,
      quantity: random.between(1, 4),
      unitPriceCents: product.priceCents,
    };
  });
  const customer = customerOf(random.below(customerCount));
  return {
    orderId: `ord-${random.hex(4)}-${String(number).padStart(7, '0')}`,
    sequence: firstSequence + BigInt(number),
    customer: random.chance(0.02) ? { ...customer, postalCode: random.pick(['', '????', 'n/a']) } : customer,
    currency: random.chance(0.015) ? 'XBT' : random.pick(currencies),
    method: random.pick(methods),
    lines,
    totalCents: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0),
    couponCode: random.chance(0.2) ? `WELCOME${random.between(5, 25)}` : null,
    carrier: random.pick(carriers),
    warehouse: random.pick(warehouses),
    traceparent: `00-${random.hex(32)}-${random.hex(16)}-01`,
  };
}
