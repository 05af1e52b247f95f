import { RE2JS } from '@bufbuild/re2';

/**
 * Patterns of a schema, matched in time linear to the text: a schema is written by others and must not be able to stop a worker. What
 * that engine does not know (looking ahead, references back) is not checked.
 */
function compile(pattern: string): { test: (text: string) => boolean } {
  try {
    const compiled = RE2JS.compile(pattern);
    return { test: (text) => compiled.test(text) };
  } catch {
    return { test: () => true };
  }
}

/** As Ajv takes an engine for patterns. `code` would name it in code that stands alone, which is not made here. */
export const linearPatterns = Object.assign(compile, { code: 'linearPatterns' });
