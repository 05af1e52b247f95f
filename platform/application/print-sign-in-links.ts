import { mintSignInLink } from '#lib/auth/mint-sign-in-link.ts';
import { env } from '#lib/env.ts';
import { startDatabase } from '#lib/gateways/database/start.ts';
import { stopSteps } from '#lib/process.ts';

/** Prints one-time sign-in links of the demo's two people as the last line of its output, a JSON array. */
await startDatabase(env().keys);
const links = [];
for (const role of ['operator', 'developer'] as const) links.push({ role, url: await mintSignInLink(role) });
for (const { stop } of stopSteps().reverse()) await stop();
process.stdout.write(`\n${JSON.stringify(links)}\n`);
