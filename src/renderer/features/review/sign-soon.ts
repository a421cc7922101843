/** A letter whose signing is offered as soon as it is shown: it was its author's own turn right after submitting. */
import { create } from 'zustand';

export const useSignSoon = create<{ readonly id: string | null }>()(() => ({ id: null }));

export const signSoon = (id: string | null): void => useSignSoon.setState({ id });
