import { type ReactNode, useId } from 'react';
import { changeSettings, useSettings } from './settings.store.ts';
import { SETTING_CHOICES, type Settings } from './settings.ts';
import './settings.menu.css';

type Field<Name extends keyof Settings> = {
  readonly name: Name;
  readonly legend: string;
  readonly labels: Readonly<Record<Settings[Name], string>>;
};

const theme: Field<'theme'> = {
  name: 'theme',
  legend: 'Paper',
  labels: { system: 'As the system', light: 'Light', sepia: 'Sepia', dark: 'Dark' },
};
const text: Field<'text'> = {
  name: 'text',
  legend: 'Text size',
  labels: { small: 'Small', medium: 'Medium', large: 'Large', larger: 'Larger' },
};
const verses: Field<'verses'> = {
  name: 'verses',
  legend: 'Verses',
  labels: { lines: 'One by one', paragraphs: 'As paragraphs' },
};
const marks: Field<'marks'> = {
  name: 'marks',
  legend: 'Marks in the margin',
  labels: { shown: 'Shown', hidden: 'Hidden' },
};

/** How pages look: a button in the header, and a small sheet that it opens. */
export function SettingsMenu({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  return (
    <>
      <button
        type="button"
        className="settings-button"
        popoverTarget="settings"
        aria-label="Appearance"
      >
        <span aria-hidden="true">Aa</span>
      </button>
      <div id="settings" popover="auto" className="settings" role="dialog" aria-label="Appearance">
        <Choice field={theme} />
        <Choice field={text} order={['small', 'medium', 'large', 'larger']} />
        <Choice field={verses} />
        <Choice field={marks} />
        <button type="button" className="settings-help" onClick={onHelp}>
          Keyboard shortcuts
        </button>
      </div>
    </>
  );
}

type ChoiceProps<Name extends keyof Settings> = {
  readonly field: Field<Name>;
  /** The display order, if it differs from the order of the choices. */
  readonly order?: readonly Settings[Name][];
};

function Choice<Name extends keyof Settings>({ field, order }: ChoiceProps<Name>): ReactNode {
  const { name, legend, labels } = field;
  const settings = useSettings();
  const group = useId();
  const choices: readonly Settings[Name][] = order ?? SETTING_CHOICES[name];
  return (
    <fieldset className={`choice choice-${name}`}>
      <legend className="label">{legend}</legend>
      <div className="choice-options">
        {choices.map((choice) => (
          <label key={choice} data-choice={choice}>
            <input
              type="radio"
              name={group}
              checked={settings[name] === choice}
              onChange={() => changeSettings({ [name]: choice })}
            />
            <span>{labels[choice]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
