import { type CelInput, isCelError, plan } from '@bufbuild/cel';
import { type Cell, Failure, instantOf } from './cell.ts';
import type { Scope } from './evaluate.ts';
import { filterEnvironment } from './library-environment.ts';
import { fromLibrary, toLibrary } from './library-values.ts';
import type { Parsed } from './read-expression.ts';

/**
 * Evaluation by the library: slower, for what `closureOf` does not know, and what it is tested against.
 * @throws what the library throws for an expression that it cannot plan
 */
export function libraryEvaluate(parsed: Parsed): (scope: Scope) => Cell {
  const evaluate = plan(filterEnvironment(), parsed);
  return (scope) => {
    try {
      const result = evaluate(new Variables(scope) as unknown as Record<string, CelInput>);
      return isCelError(result) ? new Failure(plainReason(result.message)) : fromLibrary(result);
    } catch (error) {
      return new Failure(error instanceof Error ? plainReason(error.message) : 'unknown');
    }
  };
}

/** Looked up by the library as properties; nothing is decoded before it asks. Unknown names were refused before. */
class Variables {
  private readonly scope: Scope;
  constructor(scope: Scope) {
    this.scope = scope;
  }
  get key() {
    return toLibrary(this.scope.field(this.scope.record.key()));
  }
  get value() {
    return toLibrary(this.scope.field(this.scope.record.value()));
  }
  get headers() {
    return toLibrary(this.scope.record.headers());
  }
  get topic() {
    return this.scope.record.topic;
  }
  get partition() {
    return BigInt(this.scope.record.partition);
  }
  get offset() {
    return this.scope.record.offset;
  }
  get timestamp() {
    return toLibrary(instantOf(this.scope.record.timestamp * 1_000_000n));
  }
  get size() {
    return BigInt(this.scope.record.size);
  }
}

function plainReason(message: string): string {
  const missing = /^field not found: (.*)$/s.exec(message);
  if (missing) return `there is no ${missing[1]}`;
  const overload = /^found no matching overload for '_?@?([^']*?)_?' applied to '(.*)'$/s.exec(message);
  if (overload) return `\`${overload[1]}\` does not work on ${overload[2]?.replace(/[()]/g, '')}`;
  return message;
}
