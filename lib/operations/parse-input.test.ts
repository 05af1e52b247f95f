import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { parseInput } from './parse-input.ts';

const schema = z.strictObject({
  name: z.string().min(1, 'A name is missing.'),
  hosts: z.array(z.strictObject({ port: z.number('A port is a number.') })).default([]),
});
const fieldsOf = (raw: unknown) => {
  try {
    parseInput(schema, raw);
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.invalid') return error.fields;
    throw error;
  }
  return undefined;
};

describe('parseInput', () => {
  it('gives what the schema makes of it', () => {
    expect(parseInput(schema, { name: 'a' })).toEqual({ name: 'a', hosts: [] });
  });

  it('names each field that was not accepted, with the first sentence about it', () => {
    expect(fieldsOf({ name: '', hosts: [{ port: 'x' }] })).toEqual({
      name: 'A name is missing.',
      'hosts.0.port': 'A port is a number.',
    });
  });

  it('names each key it does not know, where it stands', () => {
    expect(fieldsOf({ name: 'a', more: 1, hosts: [{ port: 1, user: 'x', pass: 'y' }] })).toEqual({
      more: 'This field is not known.',
      'hosts.0.user': 'This field is not known.',
      'hosts.0.pass': 'This field is not known.',
    });
  });

  it.each([undefined, null, 7, 'text', []])('%j as a whole is wrong as input', (raw) => {
    expect(Object.keys(fieldsOf(raw) ?? {})).toEqual(['input']);
  });

  it('gives back no more of a long key than a page can show', () => {
    const [name] = Object.keys(fieldsOf({ name: 'a', ['k'.repeat(10_000)]: 1 }) ?? {});
    expect(name).toHaveLength(200);
  });
});
