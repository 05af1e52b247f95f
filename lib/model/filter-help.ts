/** What may be called in a filter expression, for those who write one. */
export type FilterFunction = {
  name: string;
  /** How it is written: `contains(text)` after a dot, or `has(field)` alone. */
  signature: string;
  isMethod: boolean;
  what: string;
  example: string;
};

const method = (name: string, args: string, what: string, example: string): FilterFunction => ({
  name,
  signature: `${name}(${args})`,
  isMethod: true,
  what,
  example,
});
const alone = (name: string, args: string, what: string, example: string): FilterFunction => ({
  ...method(name, args, what, example),
  isMethod: false,
});

export const filterFunctions: readonly FilterFunction[] = [
  alone('has', 'field', 'True when the record has the field.', 'has(value.shippingAddress)'),
  alone(
    'size',
    'x',
    'Characters of a text, elements of a list, fields of an object.',
    'size(value.items) > 3',
  ),
  method('contains', 'text', 'True when the text occurs in it.', 'value.note.contains("refund")'),
  method('startsWith', 'text', 'True when it begins with the text.', 'key.startsWith("ord_")'),
  method('endsWith', 'text', 'True when it ends with the text.', 'value.email.endsWith("@example.com")'),
  method(
    'matches',
    'pattern',
    'True when the pattern (RE2) is found in it.',
    'value.sku.matches("^MUG-[0-9]+")',
  ),
  method('lowerAscii', '', 'The text with A to Z as small letters.', 'value.status.lowerAscii() == "failed"'),
  method('upperAscii', '', 'The text with a to z as capital letters.', 'value.code.upperAscii() == "EUR"'),
  method('trim', '', 'The text without white space at its ends.', 'value.name.trim() == ""'),
  method(
    'exists',
    'x, condition',
    'True when the condition holds for one element at least.',
    'value.items.exists(i, i.quantity > 10)',
  ),
  method(
    'all',
    'x, condition',
    'True when the condition holds for every element.',
    'value.items.all(i, i.price > 0)',
  ),
  method(
    'exists_one',
    'x, condition',
    'True when the condition holds for exactly one element.',
    'value.items.exists_one(i, i.sku == "MUG")',
  ),
  method(
    'filter',
    'x, condition',
    'The elements for which the condition holds.',
    'size(value.items.filter(i, i.quantity > 1)) > 2',
  ),
  method('map', 'x, what', 'What is made of each element.', '"MUG" in value.items.map(i, i.sku)'),
  alone('timestamp', 'text', 'The moment that a text says.', 'timestamp > timestamp("2026-11-21T03:00:00Z")'),
  alone(
    'duration',
    'text',
    'A length of time.',
    'timestamp(value.paidAt) - timestamp(value.madeAt) > duration("1h")',
  ),
  alone('int', 'x', 'A whole number of 64 bits, exact.', 'int(headers.retries) > 3'),
  alone('double', 'x', 'A number with a fraction.', 'double(value.amount) > 99.5'),
  alone('string', 'x', 'The value as text.', 'string(value.id) == "12"'),
  method('getHours', 'zone', 'The hour of a moment, 0 to 23.', 'timestamp.getHours("Europe/Berlin") < 6'),
  method('getDayOfWeek', 'zone', 'The day of a moment, 0 is Sunday.', 'timestamp.getDayOfWeek() == 0'),
];

/** Whole expressions to begin with. */
export const filterExamples: readonly { title: string; where: string }[] = [
  { title: 'A field has a value', where: 'value.status == "FAILED"' },
  { title: 'Two conditions at once', where: 'value.status == "FAILED" && value.amount > 100' },
  { title: 'One of several', where: 'value.currency in ["EUR", "SEK"]' },
  {
    title: 'A field is missing or null',
    where: '!has(value.shippingAddress) || value.shippingAddress == null',
  },
  { title: 'One element of a list', where: 'value.items.exists(i, i.sku == "MUG-BLUE-11")' },
  { title: 'A header', where: 'headers.source == "checkout"' },
  { title: 'The key', where: 'key.startsWith("ord-")' },
  { title: 'Tombstones', where: 'value == null' },
  {
    title: 'Written between two moments',
    where: 'timestamp >= timestamp("2026-11-21T03:00:00Z") && timestamp < timestamp("2026-11-21T04:00:00Z")',
  },
  { title: 'Large records', where: 'size > 100000' },
];

/** How numbers and times behave, in sentences. */
export const filterNumbers: readonly string[] = [
  'Whole numbers are exact to the last digit, also in JSON: 9007199254740993 is not 9007199254740992.',
  'Numbers are compared by their value: 100, 100.0 and 1e2 are the same.',
  'JSON does not tell 5 from 5.0, so value.count / 2 may be 2.5. Two whole numbers of an expression divide to a whole number: 7 / 2 is 3.',
  'Dividing by zero and numbers beyond 64 bits fail on that record; the search goes on.',
  'A time beside a number counts milliseconds since 1970: timestamp > 1763720000000.',
  'A record without the field that is asked for fails and is counted. Ask has(value.field) first, or leave it to the other side of ||.',
  'A record whose bytes cannot match is not decoded: it is no match, even if the expression would have failed on it.',
];
