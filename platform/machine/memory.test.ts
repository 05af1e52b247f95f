import { expect, it } from 'vitest';
import { requireMemory } from './memory.ts';

const megabytes = (count: number) => count * 1_048_576;

it('says which parts need how much when memory is short', () => {
  expect(() => requireMemory(['broker-1', 'connect'], megabytes(500))).toThrow(
    'Memory is short: broker-1, connect need about 600 MB and 500 MB are free; close something, or start fewer parts.',
  );
});

it('asks for nothing when everything runs already', () => {
  expect(() => requireMemory([], 0)).not.toThrow();
  expect(() => requireMemory(['broker-1'], megabytes(320))).not.toThrow();
});
