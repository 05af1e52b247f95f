/** Bytes as lines of sixteen: place, hexadecimal, and what can be read of it. */
export function hexLines(bytes: Uint8Array): { at: string; hex: string; text: string }[] {
  const lines: { at: string; hex: string; text: string }[] = [];
  for (let start = 0; start < bytes.length; start += 16) {
    const part = [...bytes.subarray(start, start + 16)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0'));
    lines.push({
      at: start.toString(16).padStart(8, '0'),
      hex: hex.length > 8 ? `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}` : hex.join(' '),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
    });
  }
  return lines;
}

/** Bytes of a base64 text. */
export const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
