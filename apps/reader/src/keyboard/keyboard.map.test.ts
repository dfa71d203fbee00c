import { describe, expect, it } from 'vitest';
import { actionOf, KEY_BINDINGS, type KeyPress } from './keyboard.map.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  taken: false,
  ...more,
});

describe('keys', () => {
  it.each([
    ['/', 'goto'],
    ['?', 'help'],
    ['ArrowLeft', 'previous'],
    ['ArrowRight', 'next'],
    ['j', 'verse-down'],
    ['h', 'highlight'],
    ['3', 'color'],
    ['n', 'note'],
    ['b', 'bookmark'],
    ['u', 'undo'],
    ['l', 'home'],
    ['Escape', 'close'],
    ['x', undefined],
  ])('%s does %s', (key, action) => expect(actionOf(press(key))).toBe(action));

  it.each([{ altKey: true }, { ctrlKey: true }, { metaKey: true }, { taken: true }])(
    'leaves alone what belongs to others: %o',
    (more) => expect(actionOf(press('ArrowLeft', more))).toBeUndefined(),
  );

  it('binds each key once and each action once', () => {
    const keys = KEY_BINDINGS.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(KEY_BINDINGS.map(({ action }) => action)).size).toBe(KEY_BINDINGS.length);
  });
});
