import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { env } from '#lib/env.ts';
import { hasAdmin } from '#lib/gateways/database/accounts.ts';
import { replaceSetupToken } from '#lib/gateways/database/setup-token.ts';
import { hashToken, randomToken } from './random-token.ts';

const validMinutes = 60;

/** Where the token of the first start lies, for whoever cannot see the terminal. */
export const setupTokenFile = (): string => join(env().MILLRACE_DATA_DIR, 'setup-token');

/**
 * Makes the token of the first start, 128 bits and good for an hour, when there is no admin yet; else null. The one
 * before it is worth nothing from then on. The database keeps its SHA-256 only.
 */
export async function mintSetupToken(): Promise<string | null> {
  if (await hasAdmin()) return null;
  const token = randomToken(128);
  await replaceSetupToken(hashToken(token), validMinutes);
  return token;
}

/** On the first start, prints the token once to the terminal and leaves it in a file that only this user may read (R11). */
export async function announceSetup(print: (text: string) => void = console.log): Promise<void> {
  const token = await mintSetupToken();
  const file = setupTokenFile();
  await rm(file, { force: true });
  if (token === null) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
  const address = new URL('/setup', env().publicOrigin).href;
  print(
    `\n  First start: open ${address} and make the first admin with this token, valid for ${validMinutes} minutes:\n\n    ${token}\n\n  It also lies in ${file}.\n`,
  );
}
