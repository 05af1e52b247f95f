import { expect, it } from 'vitest';
import { fillPlaceholders, hasPlaceholders, unknownPlaceholders } from './placeholders.ts';

const facts = { now: new Date('2026-11-21T03:12:40.250Z'), counter: 7, uuid: () => 'a-uuid' };

it('fills in what is known and leaves the rest', () => {
  const text =
    '{"at": "{{now}}", "ms": {{ now-ms }}, "id": "{{uuid}}", "n": {{counter}}, "x": "{{user}} {{{{"}';
  expect(fillPlaceholders(text, facts)).toBe(
    '{"at": "2026-11-21T03:12:40.250Z", "ms": 1795230760250, "id": "a-uuid", "n": 7, "x": "{{user}} {{{{"}',
  );
  expect(unknownPlaceholders(text)).toEqual(['user']);
  expect(hasPlaceholders(text)).toBe(true);
  expect(hasPlaceholders('{{user}} {"a": {"b": {}}}')).toBe(false);
});
