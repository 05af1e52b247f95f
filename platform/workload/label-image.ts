import { crc32, deflateSync } from 'node:zlib';

const width = 96;
const height = 24;
const signature = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const header = Buffer.alloc(13);
header.writeUInt32BE(width, 0);
header.writeUInt32BE(height, 4);
header.set([1, 0], 8); // one bit per pixel, greyscale
const opening = Buffer.concat([signature, chunk('IHDR', header)]);
const closing = chunk('IEND', Buffer.alloc(0));

/** A PNG of bars drawn from the text: what a label printer gets, and a value that is no text. */
export function labelImage(text: string): Buffer {
  const row = Buffer.alloc(width / 8 + 1);
  for (let i = 1; i < row.length; i += 1) row[i] = (text.charCodeAt(i % text.length) * 37 + i * 11) & 0xff;
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([opening, chunk('IDAT', deflateSync(rows, { level: 1 })), closing]);
}
