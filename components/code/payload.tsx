'use client';

import { useMemo, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { formatCount } from '#lib/format.ts';
import { formatJson } from '#lib/model/json-text.ts';
import { bytesOf, hexLines } from './hex-lines.ts';
import { highlightJson } from './highlight-json.ts';

const foldAt = 200;
/** One line can be as long as a whole payload; drawing a megabyte of it takes a browser a second. */
const foldAtCharacters = 40_000;

/** Coloured JSON in one line, for a row of a list. */
export function JsonLine({ text }: { text: string }) {
  const pieces = useMemo(() => highlightJson(text.length > 400 ? text.slice(0, 400) : text), [text]);
  return (
    <span className="codeline">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
        <span key={index} className={piece.kind}>
          {piece.text}
        </span>
      ))}
    </span>
  );
}

function Folded({ text, label, isJson }: { text: string; label: string; isJson: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(() => text.split('\n'), [text]);
  const isLong = lines.length > foldAt;
  const folded = (isLong ? lines.slice(0, foldAt).join('\n') : text).slice(0, foldAtCharacters);
  const shown = isWhole ? text : folded;
  const pieces = useMemo(() => (isJson ? highlightJson(shown) : null), [isJson, shown]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reached by the keyboard */}
      <section className="code wrapx" tabIndex={0} aria-label={label}>
        {pieces
          ? pieces.map((piece, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
              <span key={index} className={piece.kind}>
                {piece.text}
              </span>
            ))
          : shown}
      </section>
      {shown === text ? null : (
        <Button size="sm" className="mt-2" onClick={() => setWhole(true)}>
          {isLong
            ? `Show ${formatCount(lines.length - foldAt)} more lines`
            : `Show ${formatCount(text.length - folded.length)} more characters`}
        </Button>
      )}
    </>
  );
}

/** Bytes in hexadecimal beside what can be read of them. */
export function HexView({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(() => hexLines(isWhole ? bytes : bytes.subarray(0, 4096)), [bytes, isWhole]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reached by the keyboard */}
      <section className="code hex" tabIndex={0} aria-label={label}>
        <span className="at">{lines.map((line) => line.at).join('\n')}</span>
        <span>{lines.map((line) => line.hex).join('\n')}</span>
        <span className="p">{lines.map((line) => line.text).join('\n')}</span>
      </section>
      {bytes.length > 4096 && !isWhole ? (
        <Button size="sm" className="mt-2" onClick={() => setWhole(true)}>
          Show all {formatCount(bytes.length)} bytes
        </Button>
      ) : null}
    </>
  );
}

/** How a payload is shown. `json` lays it out and colours it when it is JSON. */
export type PayloadFace = 'json' | 'text' | 'hex';

/**
 * A key or a value: as JSON (every digit kept), as text, or as bytes. `base64` is given when the text does not give the bytes back.
 */
export function Payload({
  text,
  base64,
  face,
  label,
}: {
  text: string;
  base64: string | null;
  face: PayloadFace;
  label: string;
}) {
  const laid = useMemo(() => (face === 'json' ? formatJson(text) : null), [face, text]);
  const bytes = useMemo(
    () => (face === 'hex' ? (base64 === null ? new TextEncoder().encode(text) : bytesOf(base64)) : null),
    [face, base64, text],
  );
  return (
    <div className="payload relative">
      {bytes ? (
        <HexView bytes={bytes} label={label} />
      ) : (
        <Folded text={laid ?? text} label={label} isJson={laid !== null} />
      )}
      <span className="absolute top-1 right-1 rounded-sm bg-sunken">
        <CopyButton text={laid ?? text} label={`Copy ${label}`} />
      </span>
    </div>
  );
}
