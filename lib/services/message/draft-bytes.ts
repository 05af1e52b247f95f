import type { DraftEncoding } from '#lib/model/message-draft.ts';

/** The bytes that checked text stands for; null for `none`. */
export function bytesOfDraft(text: string, encoding: DraftEncoding): Buffer | null {
  switch (encoding) {
    case 'none':
      return null;
    case 'base64':
      return Buffer.from(text.replace(/\s+/g, ''), 'base64');
    case 'hex':
      return Buffer.from(text.replace(/^0x/i, '').replace(/[\s:]+/g, ''), 'hex');
    case 'text':
    case 'json':
    case 'schema':
      return Buffer.from(text, 'utf8');
  }
}
