/** What a verification comes to, over a whole file (DESIGN §5). */
export type Conclusion = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED' | 'NO-SIGNATURE' | 'UNREADABLE';
