import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorsOf, strayErrors } from './field-state.ts';

describe('errors of a form', () => {
  const schema = z.strictObject({
    name: z.string().min(1, 'A topic needs a name.').max(3, 'At most 3 letters.'),
    config: z.object({ retentionMs: z.coerce.number('Milliseconds, as a number.') }),
  });
  it('stand at their field, the first one only', () => {
    expect(errorsOf(schema, { name: '', config: { retentionMs: 'soon' } })).toEqual({
      name: 'A topic needs a name.',
      'config.retentionMs': 'Milliseconds, as a number.',
    });
    expect(errorsOf(schema, { name: 'abc', config: { retentionMs: '5' } })).toEqual({});
    expect(errorsOf(undefined, {})).toEqual({});
  });
  it('that belong to no field are not lost', () => {
    expect(
      strayErrors({ name: 'x', clusterId: 'Unknown cluster.', '': 'Nothing changes.' }, ['name']),
    ).toEqual(['clusterId: Unknown cluster.', 'Nothing changes.']);
  });
});
