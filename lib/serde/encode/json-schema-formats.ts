import { instantNanos } from './avro-logical.ts';

const isDate = (text: string): boolean => instantNanos(`${text}T00:00:00Z`) !== null && text.length === 10;

/**
 * The formats of JSON Schema that are checked; others are taken as they are. All are linear in the length of the text.
 */
export const formatChecks: Record<string, true | ((text: string) => boolean)> = {
  'date-time': (text) => instantNanos(text) !== null,
  date: isDate,
  time: (text) => instantNanos(`1970-01-01T${text}`) !== null,
  email: (text) => /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)*$/.test(text),
  uuid: (text) => /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/.test(text),
  uri: (text) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) && URL.canParse(text),
  ipv4: (text) => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text),
  hostname: (text) =>
    text.length <= 253 &&
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*$/.test(text),
};
