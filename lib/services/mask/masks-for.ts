import { createHash } from 'node:crypto';
import { AppError } from '#lib/errors/app-error.ts';
import { listMaskPolicies, maskHashKey } from '#lib/gateways/database/masking-policies.ts';
import type { MaskPolicy } from '#lib/model/mask.ts';
import { matchesTopic } from '#lib/model/mask-path.ts';
import type { Principal } from '#lib/model/principal.ts';
import { isAtLeast } from '#lib/model/role.ts';
import type { Fact } from '#lib/scan/facts.ts';
import { hidesBytes, type MaskFact } from '#lib/serde/masks.ts';

/**
 * What is hidden of a topic from somebody, for the workers that read it; null when nothing is. Asked anew for each reading, so that a
 * changed policy holds with the next one.
 * @throws AppError `database.unavailable`: without its policies nothing of a topic is shown
 */
export async function masksFor(
  principal: Pick<Principal, 'role'>,
  clusterId: string,
  topic: string,
): Promise<(Fact & { value: MaskFact }) | null> {
  const holding = (await listMaskPolicies()).filter((policy) => holds(policy, principal, clusterId, topic));
  if (holding.length === 0) return null;
  const policies = await Promise.all(
    holding.map(async ({ id, name, base, rules }) => ({ name, base, rules, hashKey: await maskHashKey(id) })),
  );
  const value: MaskFact = { policies };
  const id = createHash('sha256').update(JSON.stringify(value)).digest('base64url');
  return { id: `masks:${id}`, value };
}

/** Whether a policy hides something of a topic from somebody. */
export const holds = (
  policy: MaskPolicy,
  { role }: Pick<Principal, 'role'>,
  clusterId: string,
  topic: string,
): boolean =>
  (policy.clusterId === null || policy.clusterId === clusterId) &&
  matchesTopic(policy.topicPattern, topic) &&
  (policy.unmaskRole === null || !isAtLeast(role, policy.unmaskRole));

/**
 * Masks know fields by their names, and another serde gives other names to the same bytes. So who does not see a field does not choose
 * how it is read.
 * @throws AppError `serde.masked`
 */
export function refuseMasked(
  masks: Awaited<ReturnType<typeof masksFor>>,
  side: 'key' | 'value',
  topic: string,
): void {
  if (masks && hidesBytes(masks.value, side))
    throw new AppError(
      'serde.masked',
      { field: side, topic },
      { fields: { [`${side}Serde`]: 'It is masked for you, so it is read as the topic says.' } },
    );
}
