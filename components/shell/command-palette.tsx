'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import * as Radix from 'radix-ui/dialog';
import { useEffect, useRef, useState } from 'react';
import { EnvChip } from '#components/ui/environment.tsx';
import { Kbd, KeyHint } from '#components/ui/kbd.tsx';
import { State } from '#components/ui/mark.tsx';
import type { ShellCluster } from './nav.ts';
import type { PaletteItem, PaletteSection, PaletteSource } from './palette-items.ts';
import { splitHit } from './palette-items.ts';
import { forgetTypedAhead, readTypedAhead } from './palette-stand-in.tsx';

function Line({ item, query }: { item: PaletteItem; query: string }) {
  const [before, hit, after] = splitHit(item.name, query);
  return (
    <>
      <span>
        {item.verb ? `${item.verb} ` : ''}
        <span className={item.isName ? 'name' : undefined}>
          {before}
          {hit ? <span className="hit">{hit}</span> : null}
          {after}
        </span>
      </span>
      {item.environment ? <EnvChip environment={item.environment} /> : null}
      <span className="note">{item.note}</span>
      <span className="end">
        {item.state ? <State mark={item.state.mark}>{item.state.words}</State> : null}
        {item.shortcut ? <Kbd isHidden>{item.shortcut}</Kbd> : null}
      </span>
    </>
  );
}

/** Find or run. What is typed is asked of the server; an act always opens its plan, nothing is changed from here. */
export function CommandPalette({
  source,
  cluster,
  onClose,
}: {
  source: PaletteSource;
  cluster: ShellCluster | null;
  onClose: () => void;
}) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState('');
  const [query, setQuery] = useState(readTypedAhead);
  const [sections, setSections] = useState<PaletteSection[]>(source.initial ?? []);
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  useEffect(forgetTypedAhead, []);
  useEffect(() => {
    const text = query.trim();
    if (text === '') {
      setSections(source.initial ?? []);
      setState('idle');
      return;
    }
    const abort = new AbortController();
    setState('asking');
    const timer = setTimeout(() => {
      source.search(text, abort.signal).then(
        (found) => {
          if (abort.signal.aborted) return;
          setSections(found);
          // What stands first is what Enter opens, not what stood there before.
          setSelected(found.find((section) => section.items.length > 0)?.items[0]?.id ?? '');
          setState('idle');
        },
        () => {
          if (!abort.signal.aborted) setState('failed');
        },
      );
    }, 80);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, source]);

  const choose = (item: PaletteItem) => {
    onClose();
    if (item.onSelect) item.onSelect();
    else if (item.href) router.push(item.href);
  };
  const shown = sections.filter((section) => section.items.length > 0);
  return (
    <Radix.Root
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content
          className="pal"
          data-modal=""
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // Its own way of focusing would select what was typed already, and the next key would replace it.
            event.preventDefault();
            input.current?.focus();
            input.current?.setSelectionRange(query.length, query.length);
          }}
        >
          <Radix.Title className="vh">Find or run</Radix.Title>
          <Command shouldFilter={false} loop label="Find or run" value={selected} onValueChange={setSelected}>
            <div className="inp">
              <Search className="ic lg text-ink-3" aria-hidden="true" />
              <Command.Input value={query} onValueChange={setQuery} placeholder="Find or run" ref={input} />
              {cluster ? (
                <span className="tag">
                  {cluster.name} <EnvChip environment={cluster.environment} />
                </span>
              ) : null}
            </div>
            <Command.List label="Found">
              {shown.map((section) => (
                <Command.Group key={section.title} heading={section.title}>
                  {section.items.map((item) => (
                    <Command.Item key={item.id} value={item.id} onSelect={() => choose(item)}>
                      <Line item={item} query={query.trim()} />
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
            {state === 'failed' ? (
              <p className="say" role="alert">
                The search did not answer. Type again to ask again.
              </p>
            ) : shown.length === 0 ? (
              <p className="say" role="status">
                {query.trim() === ''
                  ? 'Type a name of a topic, group, broker or cluster.'
                  : state === 'asking'
                    ? 'Searching.'
                    : `Nothing is named ${query.trim()}.`}
              </p>
            ) : null}
          </Command>
          <footer aria-hidden="true">
            <KeyHint keys={['↑', '↓']}>move</KeyHint>
            <KeyHint keys={['↵']}>open</KeyHint>
            <KeyHint keys={['Esc']}>close</KeyHint>
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
