/** A table that leaves the vault: on paper, as CSV or as a workbook. Words are Indonesian, as in the book itself. */

/** `date`: YYYY-MM-DD, `time`: HH:MM, both of the regency's zone. An empty text is an empty cell of any kind. */
export type ColumnKind = 'text' | 'date' | 'time' | 'number';

export interface TableColumn {
  readonly label: string;
  readonly kind: ColumnKind;
  /** Share of the page's width. */
  readonly weight: number;
}

export interface TableRow {
  readonly cells: readonly string[];
  /** Crossed out: it stays in the book and counts for nothing. */
  readonly batal: boolean;
}

export interface PrintedTable {
  readonly title: string;
  /** Label and value, such as the unit and the period. */
  readonly facts: readonly (readonly [string, string])[];
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** Said where there are no rows. */
  readonly empty: string;
}
