import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parseSettings, SETTINGS_KEY } from './settings.ts';

const defaults = { theme: 'system', text: 'medium', verses: 'lines', marks: 'shown' };

describe('parseSettings', () => {
  it.each([
    [null],
    [''],
    ['{'],
    ['null'],
    ['[]'],
    ['"dark"'],
    ['{"theme":"neon","text":3,"verses":null}'],
  ])('%s gives the defaults', (saved) => expect(parseSettings(saved)).toEqual(defaults));

  it('keeps what is known beside what is not', () => {
    expect(parseSettings('{"theme":"sepia","text":"huge","more":1}')).toEqual({
      ...defaults,
      theme: 'sepia',
    });
  });
});

describe('appearance.js, which runs before the first paint', () => {
  const script = readFileSync(new URL('../../public/appearance.js', import.meta.url), 'utf8');

  function run(getItem: (key: string) => string | null): Record<string, string> {
    const dataset: Record<string, string> = {};
    runInNewContext(script, {
      localStorage: { getItem },
      document: { documentElement: { dataset } },
    });
    return dataset;
  }

  it('shows every setting that was saved under the same key', () => {
    const saved = { theme: 'dark', text: 'large', verses: 'paragraphs', marks: 'hidden' };
    expect(run((key) => (key === SETTINGS_KEY ? JSON.stringify(saved) : null))).toEqual(saved);
  });

  it('survives broken and forbidden storage', () => {
    expect(run(() => '{')).toEqual({});
    expect(
      run(() => {
        throw new Error('forbidden');
      }),
    ).toEqual({});
  });
});
