'use client';

import { Search } from 'lucide-react';

let typedAhead = '';

/** What was typed before the palette had come. */
export const readTypedAhead = (): string => typedAhead;

export function forgetTypedAhead(): void {
  typedAhead = '';
}

/** Stands where the palette will while it is fetched: nothing that is typed is lost, or taken for single keys. */
export function PaletteStandIn() {
  return (
    <>
      <div className="scrim" />
      <div className="pal" role="dialog" aria-label="Find or run" data-modal="">
        <div className="inp">
          <Search className="ic lg text-ink-3" aria-hidden="true" />
          <input
            aria-label="Find or run"
            placeholder="Find or run"
            // biome-ignore lint/a11y/noAutofocus: the person asked for this field by its key
            autoFocus
            onChange={(event) => {
              typedAhead = event.target.value;
            }}
          />
        </div>
      </div>
    </>
  );
}
