import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { books } from '@gospelib/scripture';

interface VerseModuleOptions {
  /** Text by `gen.1.1`; `gen.1.0` is the chapter's, `gen.0.0` the book's. Equal texts of neighbours are stored once. */
  texts: Readonly<Record<string, string>>;
  kind: 'texts' | 'comments';
  /** Entries with 32-bit sizes, as the "4" drivers have them. */
  wide?: boolean;
  driver?: string;
  licence?: string;
}

/** Writes a module in SWORD's compressed verse format below `root`. */
export function writeVerseModule(root: string, name: string, options: VerseModuleOptions): void {
  const folder = `modules/${options.kind}/${name.toLowerCase()}`;
  mkdirSync(join(root, folder), { recursive: true });
  for (const testament of ['ot', 'nt'] as const) {
    const { index, blocks, data } = packTestament(testament, options);
    writeFileSync(join(root, folder, `${testament}.bzv`), index);
    writeFileSync(join(root, folder, `${testament}.bzs`), blocks);
    writeFileSync(join(root, folder, `${testament}.bzz`), data);
  }
  const driver = options.driver ?? (options.wide ? 'zCom4' : 'zCom');
  writeConf(root, name, `./${folder}/`, driver, options.licence);
}

/** Writes a module in SWORD's compressed dictionary format below `root`. */
export function writeDictionaryModule(
  root: string,
  name: string,
  entries: readonly (readonly [key: string, text: string])[],
): void {
  const folder = 'modules/lexdict/small';
  mkdirSync(join(root, folder), { recursive: true });
  const head = Buffer.alloc(4 + entries.length * 8);
  head.writeUInt32LE(entries.length, 0);
  const texts: Buffer[] = [];
  const keys: Buffer[] = [];
  const index = Buffer.alloc(entries.length * 8);
  let textOffset = head.length;
  let keyOffset = 0;
  entries.forEach(([key, value], place) => {
    const text = Buffer.from(`${value}\0`);
    head.writeUInt32LE(textOffset, 4 + place * 8);
    head.writeUInt32LE(text.length, 8 + place * 8);
    texts.push(text);
    textOffset += text.length;
    const ends = Buffer.alloc(8);
    ends.writeUInt32LE(place, 4);
    const record = Buffer.concat([Buffer.from(`${key}\r\n`), ends]);
    index.writeUInt32LE(keyOffset, place * 8);
    index.writeUInt32LE(record.length, place * 8 + 4);
    keys.push(record);
    keyOffset += record.length;
  });
  const data = deflateSync(Buffer.concat([head, ...texts]));
  const blocks = Buffer.alloc(8);
  blocks.writeUInt32LE(data.length, 4);
  const base = join(root, folder, 'dict');
  writeFileSync(`${base}.idx`, index);
  writeFileSync(`${base}.dat`, Buffer.concat(keys));
  writeFileSync(`${base}.zdx`, blocks);
  writeFileSync(`${base}.zdt`, data);
  writeConf(root, name, `./${folder}/dict`, 'zLD');
}

function packTestament(testament: 'ot' | 'nt', { texts, wide }: VerseModuleOptions) {
  const ids = placesOf(testament);
  const width = wide ? 12 : 10;
  const index = Buffer.alloc(ids.length * width);
  const parts: Buffer[] = [];
  let offset = 0;
  let last: { text: string; offset: number } | undefined;
  ids.forEach((id, place) => {
    const text = texts[id];
    if (text === undefined) {
      last = undefined;
      return;
    }
    const bytes = Buffer.from(text);
    if (last?.text !== text) {
      last = { text, offset };
      parts.push(bytes);
      offset += bytes.length;
    }
    index.writeUInt32LE(last.offset, place * width + 4);
    if (wide) index.writeUInt32LE(bytes.length, place * width + 8);
    else index.writeUInt16LE(bytes.length, place * width + 8);
  });
  const data = deflateSync(Buffer.concat(parts));
  const blocks = Buffer.alloc(12);
  blocks.writeUInt32LE(data.length, 4);
  blocks.writeUInt32LE(offset, 8);
  return { index, blocks, data };
}

function placesOf(testament: 'ot' | 'nt'): string[] {
  const chapters = books
    .filter(({ volume }) => volume === testament)
    .flatMap(({ slug, verses }) => [
      `${slug}.0.0`,
      ...verses.flatMap((count, chapter) =>
        Array.from({ length: count + 1 }, (_, verse) => `${slug}.${chapter + 1}.${verse}`),
      ),
    ]);
  return ['', '', ...chapters];
}

function writeConf(
  root: string,
  name: string,
  path: string,
  driver: string,
  licence = 'Public Domain',
): void {
  mkdirSync(join(root, 'mods.d'), { recursive: true });
  const lines = [
    `[${name}]`,
    `DataPath=${path}`,
    `ModDrv=${driver}`,
    'Version=1.0',
    `DistributionLicense=${licence}`,
  ];
  writeFileSync(join(root, 'mods.d', `${name.toLowerCase()}.conf`), lines.join('\n'));
}
