import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recordFigure, writeFigures } from './measured.figures.ts';
import { scratchFolder } from './scratch.folder.ts';

it('a page has the newest of each figure, and says which missed its promise', () => {
  const folder = scratchFolder();
  const [page, file] = [join(folder, 'page.md'), join(folder, 'figures/run.jsonl')];
  writeFileSync(page, '# Text\n\n<!-- figures: of before -->\nold\n');
  expect(() => writeFigures(page, file, 'x.main.ts')).toThrow('Nothing was measured yet');
  const slow = { value: 61, unit: 's', target: { most: 60 } } as const;
  recordFigure(file, 'roll-out', { ...slow, value: 99 });
  recordFigure(file, 'gateway', { value: 0.5, unit: '×', target: { least: 0.7 } });
  recordFigure(file, 'layers', { value: 14.9, unit: 'MB', target: { most: 15 }, note: 'reader' });
  recordFigure(file, 'roll-out', slow);
  writeFigures(page, file, 'x.main.ts');
  const text = readFileSync(page, 'utf8');
  expect(text).toMatch(/^# Text\n\n<!-- figures: written by x\.main\.ts -->\n/);
  expect(text).toContain('| roll-out | 61.0 s **missed** | ≤ 60 s |');
  expect(text).toContain('| gateway | 0.5 × **missed** | ≥ 0.7 × |');
  expect(text).toContain('| layers | 14.9 MB | ≤ 15 MB | reader |');
  expect(text).not.toMatch(/99|old/);
});
