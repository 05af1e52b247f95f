'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import { type JsonNode, parseJsonTree } from '#lib/model/json-tree.ts';
import { highlightJson } from './highlight-json.ts';
import { Payload } from './payload.tsx';
import { type TreeLine, treeLines } from './tree-lines.ts';

const foldAt = 200;
const moreLines = 2_000;

/** What a value means beyond what it says: the moment of a number, or why it is not shown. */
export type TreeNote = { path: string; text: string };

/**
 * A JSON value as lines that fold. It is never made into objects: every digit, the order and repeated names stay. What is no JSON is
 * shown as text.
 */
export function JsonTreeView({
  text,
  root,
  label,
  marked = [],
  notes = [],
}: {
  text: string;
  /** What paths begin with: `value` or `key`. */
  root: string;
  label: string;
  /** Paths that matched the filter. */
  marked?: readonly string[];
  notes?: readonly TreeNote[];
}) {
  const tree = useMemo(() => parseJsonTree(text), [text]);
  if (!('root' in tree)) return <Payload text={text} base64={null} face="text" label={label} />;
  return <Tree text={text} tree={tree.root} root={root} label={label} marked={marked} notes={notes} />;
}

function Tree({
  text,
  tree,
  root,
  label,
  marked,
  notes,
}: {
  text: string;
  tree: JsonNode;
  root: string;
  label: string;
  marked: readonly string[];
  notes: readonly TreeNote[];
}) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [limit, setLimit] = useState(foldAt);
  const { lines, hidden } = useMemo(
    () => treeLines(text, tree, { root, folded, limit, marked: new Set(marked) }),
    [text, tree, root, folded, limit, marked],
  );
  const noted = useMemo(() => new Map(notes.map((note) => [note.path, note.text])), [notes]);
  const toggle = (at: number) => {
    const next = new Set(folded);
    if (!next.delete(at)) next.add(at);
    setFolded(next);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reached by the keyboard */}
      <section className="code wrapx" tabIndex={0} aria-label={label}>
        {lines.map((line) => (
          <Line
            key={`${line.at}${line.kind === 'close' ? 'c' : ''}`}
            line={line}
            note={line.kind === 'close' ? undefined : noted.get(line.path)}
            isHit={marked.includes(line.path) && line.kind !== 'close'}
            onToggle={toggle}
          />
        ))}
      </section>
      {hidden > 0 ? (
        <Button size="sm" className="mt-2" onClick={() => setLimit(limit + moreLines)}>
          Show {formatCount(Math.min(hidden, moreLines))} of{' '}
          {formatCountOf(hidden, 'more line', 'more lines')}
        </Button>
      ) : null}
    </>
  );
}

function Line({
  line,
  note,
  isHit,
  onToggle,
}: {
  line: TreeLine;
  note: string | undefined;
  isHit: boolean;
  onToggle: (at: number) => void;
}) {
  const canFold = line.kind === 'open' || line.kind === 'folded';
  const what = (
    <>
      {line.name === null ? null : (
        <>
          <span className="k">{line.name}</span>
          <span className="p">: </span>
        </>
      )}
      {line.kind === 'inline' ? (
        <Inline text={line.text} />
      ) : (
        <span className={line.scalar}>{line.text}</span>
      )}
    </>
  );
  return (
    <div style={{ paddingLeft: line.depth * 14 + 18 }} className="relative">
      {canFold ? (
        <button
          type="button"
          className="absolute inline-flex h-[18px] w-[18px] items-center justify-center text-ink-3"
          style={{ left: line.depth * 14 }}
          aria-expanded={line.kind === 'open'}
          aria-label={`${line.path}, ${formatCountOf(line.count, 'part', 'parts')}`}
          onClick={() => onToggle(line.at)}
        >
          {line.kind === 'open' ? (
            <ChevronDown className="ic" aria-hidden="true" />
          ) : (
            <ChevronRight className="ic" aria-hidden="true" />
          )}
        </button>
      ) : null}
      {line.isMarked ? <mark>{what}</mark> : what}
      {line.hasComma ? <span className="p">,</span> : null}
      {line.kind === 'folded' ? (
        <span className="p"> {formatCountOf(line.count, 'part', 'parts')}</span>
      ) : null}
      {note ? <span className="font-sans text-ink-3"> {note}</span> : null}
      {isHit ? <span className="font-sans text-ink-3"> matched by your filter</span> : null}
    </div>
  );
}

/** A short container on one line, with space inside as people write it. */
function Inline({ text }: { text: string }) {
  const pieces = useMemo(() => highlightJson(text), [text]);
  return (
    <>
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
        <span key={index} className={piece.kind}>
          {piece.kind === 'p' ? spaced(piece.text) : piece.text}
        </span>
      ))}
    </>
  );
}

const spaced = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replaceAll(',', ', ')
    .replaceAll(':', ': ')
    .replace(/[{[](?=.|$)/g, '$& ')
    .replace(/[}\]]/g, ' $&')
    .replace('{  }', '{}')
    .replace('[  ]', '[]');
