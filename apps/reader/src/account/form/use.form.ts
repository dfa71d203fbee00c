import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Faults, type Refusal, refusalOf, type Values } from './form.faults.ts';

export type FormOptions = {
  /** Finds faults before submitting; fields without one are left out or undefined. */
  readonly check: (values: Values) => Faults;
  /** Submits the values; its errors are shown. */
  readonly send: (values: Values) => Promise<void>;
  readonly explain?: ((error: unknown) => Refusal) | undefined;
};

export type FormState = Refusal & { readonly busy: boolean };

export type Form = FormState & {
  readonly element: RefObject<HTMLFormElement | null>;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

const IDLE: FormState = { busy: false, faults: {}, message: '' };

/** A form with uncontrolled fields, which suits password managers; the first faulty field gets the focus. */
export function useForm({ check, send, explain = refusalOf }: FormOptions): Form {
  const [state, setState] = useState(IDLE);
  const element = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (state.busy) return;
    element.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [state]);

  const submit = async (values: Values): Promise<void> => {
    const faults = check(values);
    if (Object.values(faults).some(Boolean)) {
      setState({ busy: false, faults, message: '' });
      return;
    }
    setState({ busy: true, faults: {}, message: '' });
    try {
      await send(values);
      setState(IDLE);
    } catch (error) {
      setState({ busy: false, ...explain(error) });
    }
  };

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!state.busy) void submit(valuesOf(event.currentTarget));
  };
  return { ...state, element, onSubmit };
}

function valuesOf(form: HTMLFormElement): Values {
  const entries = [...new FormData(form)];
  return Object.fromEntries(entries.filter((entry) => typeof entry[1] === 'string')) as Values;
}
