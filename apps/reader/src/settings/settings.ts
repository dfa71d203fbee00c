/** How pages look; each choice is remembered on this device. Keep in step with public/appearance.js. */
export type Settings = {
  readonly theme: 'system' | 'light' | 'sepia' | 'dark';
  readonly text: 'small' | 'medium' | 'large' | 'larger';
  readonly verses: 'lines' | 'paragraphs';
  readonly marks: 'shown' | 'hidden';
};

export const SETTINGS_KEY = 'gospelib.settings';

/** The choices of each setting, the default first. */
export const SETTING_CHOICES: { readonly [Name in keyof Settings]: readonly Settings[Name][] } = {
  theme: ['system', 'light', 'sepia', 'dark'],
  text: ['medium', 'small', 'large', 'larger'],
  verses: ['lines', 'paragraphs'],
  marks: ['shown', 'hidden'],
};

function choose<Name extends keyof Settings>(name: Name, value: unknown): Settings[Name] {
  const choices = SETTING_CHOICES[name];
  const chosen = choices.find((choice) => choice === value) ?? choices[0];
  if (chosen === undefined) throw new Error(`The setting ${name} has no choices.`);
  return chosen;
}

/** Parses saved settings; anything missing or invalid becomes the default. */
export function parseSettings(saved: string | null): Settings {
  let record: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(saved ?? '{}');
    if (typeof value === 'object' && value !== null) record = value as Record<string, unknown>;
  } catch {
    // A broken record counts as none.
  }
  return {
    theme: choose('theme', record.theme),
    text: choose('text', record.text),
    verses: choose('verses', record.verses),
    marks: choose('marks', record.marks),
  };
}
