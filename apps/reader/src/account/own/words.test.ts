import { describe, expect, it } from 'vitest';
import { deviceWords } from './device.words.ts';
import { eventWords } from './event.words.ts';
import { dayWords } from './time.words.ts';

describe('devices', () => {
  const engine = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64) ${engine} Chrome/140.0 Safari/537.36`,
      'Chrome on Windows',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0) ${engine} Chrome/140.0 Safari/537.36 Edg/140.0`,
      'Edge on Windows',
    ],
    [
      `Mozilla/5.0 (Linux; Android 16) ${engine} Chrome/140.0 Mobile Safari/537.36`,
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    ['curl/8.14.1', 'curl/8.14.1'],
    ['', 'An unknown device'],
    [null, 'An unknown device'],
  ])('%j is %s', (userAgent, words) => expect(deviceWords(userAgent)).toBe(words));
});

describe('events', () => {
  it('have words', () => expect(eventWords('signed-in')).toBe('Signed in'));
  it('are named when they are new', () =>
    expect(eventWords('passkey-added')).toBe('Passkey added'));
});

describe('days', () => {
  const now = new Date(2026, 10, 25, 16, 0);
  it.each([
    [new Date(2026, 10, 25, 0, 1), 'today'],
    [new Date(2026, 10, 24, 23, 59), 'yesterday'],
    [new Date(2026, 10, 23), '23 November 2026'],
  ])('%s is %s', (day, words) => expect(dayWords(day.toISOString(), now)).toBe(words));
});
