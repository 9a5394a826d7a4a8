/**
 * Counts the scans of a JPEG (ITU-T T.81, B.1.1): each passes over the whole picture, and libjpeg looks at no clock
 * between them. Cameras and encoders write 1 to 20.
 * @returns at most `most` + 1
 */
export function countScans(bytes: Buffer, most: number): number {
  let scans = 0;
  let at = 2;
  while (scans <= most) {
    at = nextMarker(bytes, at);
    const marker = bytes[at + 1];
    if (at < 0 || at + 4 > bytes.length || marker === 0xd9) break;
    if (marker === 0xda) scans++;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return scans;
}

/** Within picture data, FF is followed by 00 or a restart marker; neither is a segment. */
function nextMarker(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd8)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return -1;
}
