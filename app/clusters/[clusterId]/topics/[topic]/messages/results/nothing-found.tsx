'use client';

import { Empty } from '#components/feedback/faces.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Search } from '#lib/client/use-search.ts';
import { formatCountOf } from '#lib/format.ts';
import { withoutFilter } from '../message-address.ts';
import { askedWords } from './asked-words.ts';
import type { ListFrame } from './result-list.tsx';

/** No record was found: what was asked of how many, what comes nearest, and the ways on. */
export function NothingFound({
  frame,
  search,
  shown,
}: {
  frame: ListFrame;
  search: Search;
  shown: 'matched' | 'failed' | 'undecoded';
}) {
  const { address, setAddress } = frame;
  const { state } = search;
  const { progress, end } = state;
  const records = progress?.records ?? 0;
  const asked = askedWords(address);
  const isEnd = state.phase === 'ended' && end?.nextToken === null;
  return (
    <Empty
      title={
        <>
          {records === 0 && isEnd ? 'No record was there to search' : 'No record matches '}
          {records === 0 && isEnd
            ? null
            : asked.map((each, index) => (
                <span key={each}>
                  {index > 0 ? ' and ' : ''}
                  <span className="name">{each}</span>
                </span>
              ))}
          {isEnd ? '' : ' so far'}
        </>
      }
      actions={
        <>
          {end?.nextToken ? (
            <Button variant="primary" onClick={search.goOn}>
              Continue
            </Button>
          ) : null}
          <Button onClick={() => setAddress(withoutFilter(address))}>
            Clear {asked.length === 1 ? 'the condition' : 'the conditions'}
          </Button>
          {address.from || address.to || address.partitions ? (
            <Button onClick={() => setAddress({ ...address, from: '', to: '', partitions: '', page: '' })}>
              Search the whole topic
            </Button>
          ) : null}
        </>
      }
    >
      {formatCountOf(records, 'record was', 'records were')} looked at.{' '}
      {shown === 'matched' && progress && progress.failed > 0
        ? `On ${formatCountOf(progress.failed, 'of them', 'of them')} the expression could not be evaluated: they may be what you look for. `
        : null}
      {shown === 'matched' && progress && progress.undecoded > 0
        ? `${formatCountOf(progress.undecoded, 'could', 'could')} not be decoded. `
        : null}
      {end?.nextToken ? 'The rest is not searched yet. ' : null}
      {address.contains || address.key || address.keyPrefix
        ? 'Texts are compared byte by byte: capital letters count.'
        : null}
    </Empty>
  );
}
