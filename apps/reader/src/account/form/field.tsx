import { type InputHTMLAttributes, type ReactNode, useContext, useId, useState } from 'react';
import { FaultsContext } from './form.tsx';

type FieldProps = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'autoComplete' | 'defaultValue' | 'maxLength' | 'autoCapitalize' | 'inputMode'
> & {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
};

/** A labelled input, with its hint and fault linked for screen readers. */
export function Field({ name, label, hint, type = 'text', ...rest }: FieldProps): ReactNode {
  const id = useId();
  const [shown, setShown] = useState(false);
  const fault = useContext(FaultsContext)[name];
  const secret = type === 'password';
  const about = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className={secret ? 'field-box field-secret' : 'field-box'}>
        <input
          {...rest}
          id={id}
          name={name}
          type={secret && shown ? 'text' : type}
          aria-describedby={about || undefined}
          aria-invalid={fault ? true : undefined}
          spellCheck={false}
        />
        {secret ? (
          <button
            type="button"
            className="field-show"
            aria-pressed={shown}
            aria-label={`Show ${label.toLowerCase()}`}
            onClick={() => setShown(!shown)}
          >
            <span aria-hidden="true">{shown ? 'hide' : 'show'}</span>
          </button>
        ) : null}
      </span>
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p id={`${id}-fault`} className="field-fault">
          {fault}
        </p>
      ) : null}
    </div>
  );
}

export function EmailField({ defaultValue }: { readonly defaultValue?: string }): ReactNode {
  return (
    <Field
      name="email"
      label="E-mail"
      type="email"
      autoComplete="email"
      autoCapitalize="none"
      maxLength={254}
      defaultValue={defaultValue}
    />
  );
}

export function NewPasswordField({ name = 'newPassword', label = 'New password' }): ReactNode {
  return (
    <Field
      name={name}
      label={label}
      type="password"
      autoComplete="new-password"
      maxLength={128}
      hint="At least 10 characters; a few words make a good one."
    />
  );
}

/** A hidden field that tells password managers whose password it is. */
export function OwnerField({ email }: { readonly email: string }): ReactNode {
  return <input type="email" autoComplete="username" value={email} readOnly hidden />;
}
