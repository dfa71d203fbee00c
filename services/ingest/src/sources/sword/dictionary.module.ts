import { SourceError } from '../source.error.ts';
import { inflate, type SwordModule, slice } from './module.files.ts';

const INDEX_ENTRY = 8;

/**
 * Reads a dictionary in SWORD's compressed format (zLD): an index (offset, size) of keys, each with the number of its
 * block and its place in it; an index (offset, size) of zlib blocks; a block is a count, (offset, size) pairs, texts.
 * @throws SourceError for files that are truncated or damaged
 */
export function* readDictionaryModule(
  module: SwordModule,
): Generator<{ key: string; text: string }> {
  const fileOf = (extension: string): [name: string, data: Buffer] => {
    const found = [...module.files].find(([name]) => name.endsWith(extension));
    if (!found)
      throw new SourceError(module.name, undefined, `its ${extension} file is not there.`);
    return found;
  };
  const [indexName, index] = fileOf('.idx');
  const [keysName, keys] = fileOf('.dat');
  const [blocksName, blocks] = fileOf('.zdx');
  const [dataName, data] = fileOf('.zdt');
  if (index.length % INDEX_ENTRY !== 0) {
    throw new SourceError(
      `${module.name}/${indexName}`,
      undefined,
      'its size is not that of an index: it is truncated.',
    );
  }
  let block = -1;
  let texts: Buffer = Buffer.alloc(0);
  for (let at = 0; at < index.length; at += INDEX_ENTRY) {
    const record = slice(
      module.name,
      keysName,
      keys,
      index.readUInt32LE(at),
      index.readUInt32LE(at + 4),
    );
    const end = record.indexOf('\r\n');
    if (end < 0 || record.length < end + 10) {
      throw new SourceError(
        `${module.name}/${keysName}`,
        `entry ${at / INDEX_ENTRY}`,
        'it is no key.',
      );
    }
    const number = record.readUInt32LE(end + 2);
    const place = record.readUInt32LE(end + 6);
    if (number !== block) {
      const head = slice(module.name, blocksName, blocks, number * INDEX_ENTRY, INDEX_ENTRY);
      const packed = slice(module.name, dataName, data, head.readUInt32LE(0), head.readUInt32LE(4));
      texts = inflate(module.name, dataName, number, packed);
      block = number;
    }
    const head = slice(
      module.name,
      `${dataName} block ${number}`,
      texts,
      4 + place * INDEX_ENTRY,
      INDEX_ENTRY,
    );
    const text = slice(
      module.name,
      `${dataName} block ${number}`,
      texts,
      head.readUInt32LE(0),
      head.readUInt32LE(4),
    );
    yield { key: record.toString('utf8', 0, end), text: text.toString('utf8').replace(/\0+$/, '') };
  }
}
