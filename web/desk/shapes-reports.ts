// The shapes of reports about public space in the desk's API (docs/desk-api.md).

export type ReportState = "received" | "passed_on" | "handled";

/** Why a report that should be in another system needs a person: nobody knows whether it came there, or it was refused. */
export type ReportTrouble = "unsure" | "refused" | "late";

export interface ReportPlace {
  readonly words: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** A report as it stands in the list: nothing of who sent it. */
export interface ReportRow {
  readonly reference: string;
  readonly municipality: string;
  readonly municipality_name: string;
  readonly product: string;
  readonly product_name: string;
  readonly text: string;
  readonly place: ReportPlace;
  readonly pictures: number;
  readonly state: ReportState;
  readonly promised_on: string;
  readonly overdue: boolean;
  readonly created_at: string;
  /** Its number in the municipality's own system. */
  readonly elsewhere: string | null;
  readonly trouble: ReportTrouble | null;
}

export interface Report extends Omit<ReportRow, "pictures"> {
  readonly conversation_id: string | null;
  /** Ids of pictures. */
  readonly pictures: readonly string[];
  readonly email: string | null;
  readonly phone: string | null;
}

/** How the list stands; `mark` is another one whenever anything in it changed. */
export interface ReportCount {
  readonly open: number;
  readonly overdue: number;
  readonly mark: string;
}
