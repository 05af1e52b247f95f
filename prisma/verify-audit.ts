import { env } from '#lib/env.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { verifyAudit } from '#lib/gateways/database/audit-verify.ts';
import { startDatabase } from '#lib/gateways/database/start.ts';
import { stopSteps } from '#lib/process.ts';

// Computes the chain of the audit again. Exit code 0: whole; 1: not; 2: could not be read.
const reasons = {
  changed: 'is not what was written',
  missing: 'is missing',
  'cut-off': 'and what came after it were cut off',
};
try {
  await startDatabase(env().keys);
  const verdict = await verifyAudit();
  if (verdict.isWhole) {
    console.log(`The audit is whole: ${verdict.events} events. Its last hash is ${verdict.lastHash}.`);
  } else {
    console.error(`The audit is not whole: event ${verdict.seq} ${reasons[verdict.reason]}.`);
    process.exitCode = 1;
  }
} catch (error) {
  const { what, next } = toProblem(error);
  console.error(`${what} ${next}`);
  process.exitCode = 2;
}
for (const { stop } of stopSteps().toReversed()) await stop();
