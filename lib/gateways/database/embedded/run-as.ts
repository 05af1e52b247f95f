import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user a child process runs as; undefined fields mean: as we do. */
export type RunAs = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses to run as root: then it runs as `nobody`, the one user without rights that every Linux has. */
export function serverUser(): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

/** The highest folder on the way to `path` that the user may not enter; undefined when all of them let him through. */
export function closedFolder(path: string, user: RunAs): string | undefined {
  if (!user) return undefined;
  const folders: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    folders.unshift(at);
    if (at === dirname(at)) break;
  }
  return folders.find((folder) => {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    return (mode & bit) === 0;
  });
}
