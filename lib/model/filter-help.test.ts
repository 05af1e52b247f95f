import { describe, expect, it } from 'vitest';
import { compileFilter } from '#lib/scan/filter/compile-filter.ts';
import { filterExamples, filterFunctions } from './filter-help.ts';

describe('what is said of filter expressions', () => {
  it.each([...filterFunctions.map(({ example }) => example), ...filterExamples.map(({ where }) => where)])(
    '%s can be asked',
    (where) => {
      expect(compileFilter(where)).not.toHaveProperty('problem');
    },
  );
});
