/** For regions that scroll and hold nothing to focus: they take the focus themselves, so that keys scroll them. */
export const scrollsByKey = { tabIndex: 0 } as const;
