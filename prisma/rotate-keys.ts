import { env } from '#lib/env.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { rotateKeys } from '#lib/gateways/database/secrets.ts';
import { startDatabase } from '#lib/gateways/database/start.ts';
import { stopSteps } from '#lib/process.ts';

// Seals every secret again with the newest key. Millrace may run meanwhile, with the same keys.
try {
  await startDatabase(env().keys);
  const count = await rotateKeys();
  console.log(
    `${count} secrets were sealed with key ${env().keys[0]?.id}. Older keys can be taken out of the ring now.`,
  );
} catch (error) {
  const { what, next } = toProblem(error);
  console.error(`${what} ${next}`);
  process.exitCode = 1;
}
for (const { stop } of stopSteps().toReversed()) await stop();
