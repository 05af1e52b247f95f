import type { Problem } from '#lib/model/problem.ts';
import { problemOf, unreachable } from './get-json.ts';

/**
 * Sends a form of somebody who is not signed in to its route.
 * @returns where to go now, or the problem in words. Never throws.
 */
export async function postForm(
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ ok: true; to: string } | { ok: false; problem: Problem }> {
  try {
    const response = await fetch(action, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(fields),
      cache: 'no-store',
    });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, to: ((await response.json()) as { to: string }).to };
  } catch {
    return { ok: false, problem: { ...unreachable, next: 'Check the connection and try again.' } };
  }
}
