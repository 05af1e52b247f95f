import { portOwner } from './machine/ports.ts';
import { findProcess, residentBytes } from './machine/processes.ts';
import type { Platform } from './parts/all.ts';
import type { Part } from './parts/part.ts';

export type PartStatus = {
  name: string;
  title: string;
  /** `down`: no process. `foreign`: no process of ours, but somebody holds a port of it. `silent`: runs, does not answer. */
  state: 'up' | 'silent' | 'down' | 'foreign';
  pid: number | null;
  residentBytes: number;
  ports: number[];
};

async function statusOf(dataDir: string, part: Part): Promise<PartStatus> {
  const pid = findProcess({ dataDir, name: part.name });
  const base = { name: part.name, title: part.title, pid, ports: part.ports };
  if (pid === null) {
    const taken = part.ports.some((port) => portOwner(port) !== null);
    return { ...base, state: taken ? 'foreign' : 'down', residentBytes: 0 };
  }
  const answers = await part.answers().catch(() => false);
  return { ...base, state: answers ? 'up' : 'silent', residentBytes: residentBytes(pid) };
}

/** How each part is now. */
export function platformStatus(platform: Platform): Promise<PartStatus[]> {
  return Promise.all(platform.all.map((part) => statusOf(platform.context.settings.dataDir, part)));
}

/** The status as a table for a terminal. */
export function statusTable(rows: PartStatus[]): string {
  const lines = rows.map((row) => [
    row.title,
    row.state,
    row.pid === null ? '' : String(row.pid),
    row.pid === null ? '' : `${Math.round(row.residentBytes / 1_048_576)} MB`,
    row.ports.join(' '),
  ]);
  const header = ['part', 'state', 'pid', 'memory', 'ports on 127.0.0.1'];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  return [header, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
