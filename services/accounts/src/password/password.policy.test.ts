import { cpuTimeOf } from '@gospelib/testkit';
import { describe, expect, it } from 'vitest';
import { passwordFault } from './password.policy.ts';

const email = 'miriam.cohen@shiloh.example';

describe('passwordFault', () => {
  it.each([
    ['password12', 'common'],
    ['Password123!', 'common'],
    ['P@ssw0rd2024', 'common'],
    ['!!welcome2024', 'common'],
    ['iloveyou!!!', 'common'],
    ['qwertyqwerty', 'common'],
    ['letmeinletmein', 'common'],
    ['jesuschrist1', 'common'],
    ['1234567890', 'row'],
    ['0987654321', 'row'],
    ['qwertyuiop', 'row'],
    ['abcdefghijkl', 'row'],
    ['aaaaaaaaaaaa', 'too few'],
    ['abababababab', 'too few'],
    ['2024-2025-2026', 'common'],
    ['miriam.cohen@shiloh.example', 'e-mail'],
    ['miriam.cohen', 'e-mail'],
    ['Miriam.Cohen1999', 'e-mail'],
    ['shilohshiloh', 'e-mail'],
  ])('refuses %s', (password, fault) => {
    expect(passwordFault(password, email)).toContain(fault);
  });

  it.each([
    ['correct horse battery staple'],
    ['liahona-compass-71'],
    ['Xk9#mQ2$vL'],
    ['пароль-очень-длинный'],
    ['the password is swordfish'],
    ['shiloh was destroyed early'],
    ['🙂🐟🍞🌊🙏🕊️abc'],
  ])('takes %s', (password) => {
    expect(passwordFault(password, email)).toBeUndefined();
  });

  it('takes linear time', () => {
    for (const text of [
      'a'.repeat(128),
      `${'ab'.repeat(63)}c!`,
      `${'1'.repeat(64)}a${'1'.repeat(63)}`,
    ]) {
      // It takes a millisecond; quadratic backtracking would take hours.
      expect(cpuTimeOf(() => passwordFault(text, email))).toBeLessThan(500);
    }
  });
});
