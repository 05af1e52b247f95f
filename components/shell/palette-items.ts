import type { EnvironmentName } from '#components/ui/environment.tsx';
import type { MarkName } from '#components/ui/mark.tsx';

/** One line of the palette: somewhere to go, or an act that opens its plan. */
export type PaletteItem = {
  id: string;
  /** What it is called. With `verb` the name follows the words: `Create topic named` `ship`. */
  name: string;
  verb?: string;
  /** Names that people chose are mono. */
  isName?: boolean;
  note?: string;
  /** Trouble, at the right end. */
  state?: { mark: MarkName; words: string };
  /** Of another cluster. */
  environment?: EnvironmentName;
  shortcut?: string;
  href?: string;
  onSelect?: () => void;
};

/** Sections in this order: what needs you, objects, elsewhere, acts. */
export type PaletteSection = { title: string; items: PaletteItem[] };

export type PaletteSource = {
  /** Finds objects by text. Answers the sections in order; acts stand in the last. */
  search: (query: string, signal: AbortSignal) => Promise<PaletteSection[]>;
  /** What is shown before anything is typed. */
  initial?: PaletteSection[];
};

/** The part of a name that was asked for, so that it can be lit. */
export function splitHit(name: string, query: string): [before: string, hit: string, after: string] {
  const at = query ? name.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (at < 0) return [name, '', ''];
  return [name.slice(0, at), name.slice(at, at + query.length), name.slice(at + query.length)];
}
