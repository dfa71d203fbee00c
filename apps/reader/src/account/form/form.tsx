import { createContext, type ReactNode } from 'react';
import type { Faults } from './form.faults.ts';
import { type FormOptions, useForm } from './use.form.ts';
import './form.css';

/** The faults of the form around a field. */
export const FaultsContext = createContext<Faults>({});

type FormProps = FormOptions & {
  readonly label: string;
  /** The label of the submit button. */
  readonly submit: string;
  readonly dangerous?: boolean;
  readonly children: ReactNode;
  /** Shown below the message of a failure, e.g. a link. */
  readonly afterFailure?: ReactNode;
};

/** A form that shows faults at its fields and other failures below them, and submits once at a time. */
export function Form(props: FormProps): ReactNode {
  const { label, submit, dangerous, children, afterFailure, ...options } = props;
  const { element, busy, faults, message, onSubmit } = useForm(options);
  return (
    <form
      ref={element}
      className="form"
      aria-label={label}
      aria-busy={busy}
      noValidate
      onSubmit={onSubmit}
    >
      <FaultsContext value={faults}>{children}</FaultsContext>
      <div className="form-failure" role="alert">
        {message ? <p>{message}</p> : null}
        {message ? afterFailure : null}
      </div>
      <button
        type="submit"
        className={dangerous ? 'button form-submit form-danger' : 'button form-submit'}
        aria-disabled={busy}
      >
        {submit}
      </button>
    </form>
  );
}
