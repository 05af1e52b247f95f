import type { AppError } from '#lib/errors/app-error.ts';
import type { ErrorCode } from '#lib/errors/sentences.ts';
import { sentences } from '#lib/errors/sentences.ts';

export const testSteps = ['dns', 'tcp', 'tls', 'sasl', 'versions', 'rights', 'brokers'] as const;
/** What stands beside the brokers is asked by other gateways, after these. */
export type TestStepName = (typeof testSteps)[number] | 'registry' | 'metrics' | 'canary' | 'connect';

export type TestStep = {
  name: TestStepName;
  /** `warning`: it works, but not all of it. `skipped`: not wanted, or not reached. */
  outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  durationMs: number;
  /** What was found. */
  sentence: string;
  /** What to fix; null when nothing is wrong. */
  next: string | null;
  code: ErrorCode | null;
};

export type ConnectionTest = {
  ok: boolean;
  /** The bootstrap address that got furthest. */
  address: string;
  steps: TestStep[];
  clusterId: string | null;
  brokers: number;
};

/** The step at which a problem is fixed, where it is another than the one at which it showed. */
const reasonToFix: Partial<Record<ErrorCode, TestStepName>> = {
  'kafka.name-unknown': 'dns',
  'kafka.refused': 'tcp',
  'kafka.auth-failed': 'sasl',
  'kafka.mechanism-refused': 'sasl',
  'kafka.sasl-unexpected': 'sasl',
  'kafka.sasl-required': 'sasl',
  'kafka.oauth-failed': 'sasl',
  'kafka.secret-missing': 'sasl',
  'kafka.denied': 'rights',
};
/** A client certificate is refused after TLS looked well: the problem is told where it is fixed. */
export const stepToFix = (code: ErrorCode, current: TestStepName): TestStepName =>
  code.startsWith('kafka.tls-') ? 'tls' : (reasonToFix[code] ?? current);

export const skipped = (name: TestStepName, sentence: string): TestStep => ({
  name,
  outcome: 'skipped',
  durationMs: 0,
  sentence,
  next: null,
  code: null,
});

export function problemStep(name: TestStepName, error: AppError, durationMs: number): TestStep {
  const { what, next } = sentences[error.code];
  return {
    name,
    outcome: 'failed',
    durationMs,
    sentence: what(error.facts),
    next: next(error.facts),
    code: error.code,
  };
}
