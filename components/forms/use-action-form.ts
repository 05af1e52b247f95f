'use client';

import type { FormEvent } from 'react';
import { useCallback, useId, useRef, useState } from 'react';
import type { Once } from '#lib/model/once.ts';
import type { ActionResult, Problem } from '#lib/model/problem.ts';
import type { FormSchema, FormValues } from './field-state.ts';
import { errorsOf } from './field-state.ts';
import { useOnce } from './use-once.ts';

/** A field as its control needs it. */
export type FieldState<T extends string | boolean> = {
  name: string;
  id: string;
  value: T;
  error: string | undefined;
  onValue: (value: T) => void;
  onBlur: () => void;
};

export type ActionForm<V extends FormValues> = {
  values: V;
  field: <K extends keyof V & string>(name: K) => FieldState<V[K]>;
  setValue: <K extends keyof V & string>(name: K, value: V[K]) => void;
  errors: Record<string, string>;
  problem: Problem | null;
  isPending: boolean;
  isChanged: boolean;
  onSubmit: (event?: FormEvent) => void;
  fieldNames: string[];
  reset: () => void;
};

/** The request left and no answer came: nobody knows whether the change was made. */
export const noAnswer: Problem = {
  code: 'server.unreachable',
  status: 0,
  what: 'Millrace did not answer, so it is not known whether this was done.',
  next: 'Look at the state before trying again.',
};

/**
 * State of a form that ends in a server action. Fields are checked on leaving them and all of them on sending; the first
 * wrong one gets the focus. What was typed stays whatever the server says.
 */
export function useActionForm<V extends FormValues, I, R>(options: {
  initial: V;
  /** Makes the input of the action from what the fields hold. */
  toInput: (values: V) => I;
  /** Gets the key under which the server does this once; hand it on to the server action. */
  action: (input: I, once: Once) => Promise<ActionResult<R>>;
  onDone: (value: R) => void;
  /** The schema of the verb: checks the input here already. The server checks again. */
  schema?: FormSchema;
}): ActionForm<V> {
  const { initial, toInput, action, onDone, schema } = options;
  const formId = useId();
  const [values, setValues] = useState<V>(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const isSending = useRef(false);
  const once = useOnce();
  const fieldNames = Object.keys(initial);

  const setValue = useCallback(<K extends keyof V & string>(name: K, value: V[K]) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors(({ [name]: _gone, ...rest }) => rest);
  }, []);

  const focusFirst = (found: Record<string, string>) => {
    const first = fieldNames.find((name) => found[name] !== undefined);
    if (first) document.getElementById(`${formId}-${first}`)?.focus();
  };

  const field = <K extends keyof V & string>(name: K): FieldState<V[K]> => ({
    name,
    id: `${formId}-${name}`,
    value: values[name],
    error: errors[name],
    onValue: (value) => setValue(name, value),
    onBlur: () => {
      // An untouched empty field is not wrong yet: sending says so.
      if (values[name] === initial[name]) return;
      const found = errorsOf(schema, toInput(values))[name];
      setErrors(({ [name]: _gone, ...rest }) => (found ? { ...rest, [name]: found } : rest));
    },
  });

  const send = async () => {
    const input = toInput(values);
    const found = errorsOf(schema, input);
    setProblem(null);
    setErrors(found);
    if (Object.keys(found).length > 0) {
      focusFirst(found);
      return;
    }
    isSending.current = true;
    setPending(true);
    try {
      const result = await action(input, once.of(input));
      once.answered();
      if (result.ok) {
        onDone(result.value);
        return;
      }
      setProblem(result.problem);
      if (result.problem.fields) {
        setErrors(result.problem.fields);
        focusFirst(result.problem.fields);
      }
    } catch {
      setProblem(noAnswer);
    } finally {
      isSending.current = false;
      setPending(false);
    }
  };

  return {
    values,
    field,
    setValue,
    errors,
    problem,
    isPending,
    isChanged: fieldNames.some((name) => values[name] !== initial[name]),
    onSubmit: (event) => {
      event?.preventDefault();
      if (!isSending.current) void send();
    },
    fieldNames,
    reset: () => {
      setValues(initial);
      setErrors({});
      setProblem(null);
    },
  };
}
