// An archive of small files as they are (APPNOTE 6.3.9, "stored"): names are UTF-8, times are left out.

/** @typedef {{ name: string, bytes: Uint8Array }} ArchivedFile */

const utf8Names = 0x0800;
/** The first of January 1980, from which the format counts. */
const noTime = [0, 0x21];

/** @param {ArchivedFile[]} files */
export function archive(files) {
  /** @type {Uint8Array[]} */
  const parts = [];
  /** @type {Uint8Array[]} */
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const title = new TextEncoder().encode(name);
    const common = [
      ...two(20), ...two(utf8Names), ...two(0), ...noTime.flatMap(two), ...four(checksum(bytes)),
      ...four(bytes.length), ...four(bytes.length), ...two(title.length), ...two(0),
    ];
    directory.push(
      Uint8Array.from([...four(0x02014b50), ...two(20), ...common, ...two(0), ...two(0), ...two(0), ...four(0), ...four(offset)]),
      title);
    const head = Uint8Array.from([...four(0x04034b50), ...common]);
    parts.push(head, title, bytes);
    offset += head.length + title.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Uint8Array.from([
    ...four(0x06054b50), ...two(0), ...two(0), ...two(files.length), ...two(files.length),
    ...four(size), ...four(offset), ...two(0),
  ]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/** @param {number} value */
function two(value) {
  return [value & 0xff, (value >>> 8) & 0xff];
}

/** @param {number} value */
function four(value) {
  return [...two(value), ...two(value >>> 16)];
}

/**
 * CRC-32, bit by bit: the files are small.
 * @param {Uint8Array} bytes
 */
function checksum(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
