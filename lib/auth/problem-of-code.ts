import { type ErrorCode, sentences } from '#lib/errors/sentences.ts';
import type { Problem } from '#lib/model/problem.ts';

/** Codes that an entrance may come back with in its address. */
const shown: readonly ErrorCode[] = [
  'auth.credentials',
  'auth.throttled',
  'auth.busy',
  'auth.link-used',
  'audit.unavailable',
  'database.unavailable',
  'input.invalid',
  'invite.over',
  'setup.done',
  'setup.token',
  'user.exists',
  'internal',
];

/** The words for a problem that an entrance was left with, from its address. What is not on the list says nothing. */
export function problemOfCode(code: unknown, wait: unknown): Problem | null {
  const known = shown.find((one) => one === code);
  if (!known) return null;
  const seconds = Number(wait);
  const facts: Record<string, string | number> = known === 'user.exists' ? { email: 'This e-mail' } : {};
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= 900) facts.retryAfterSeconds = seconds;
  const sentence = sentences[known];
  const next =
    known === 'input.invalid' ? 'Look at the hints below the fields and try again.' : sentence.next(facts);
  return { code: known, status: sentence.status, what: sentence.what(facts), next };
}
