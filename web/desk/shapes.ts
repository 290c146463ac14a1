// The shapes of the desk's API (docs/desk-api.md).

import type { ReportCount } from "./shapes-reports.js";

export type Role = "agent" | "lead" | "admin";
export type Presence = "available" | "busy" | "away" | "offline";
export type Owner = "bot" | "queued" | "agent" | "closed";
export type Author = "citizen" | "bot" | "agent" | "system";
export type Outcome = "answered" | "appointment" | "referred" | "callback" | "unresolved" | "abuse";
export type PromiseOutcome = "reached" | "not_reached" | "answered" | "not_needed";

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly skills: readonly string[];
  readonly most: number;
  readonly presence: Presence;
  readonly away_reason: string | null;
  readonly totp: boolean;
  readonly totp_wanted: boolean;
}

export interface Row {
  readonly id: string;
  readonly owner: Owner;
  readonly channel: string;
  readonly municipality: string | null;
  readonly municipality_name: string | null;
  readonly team: string | null;
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly product: string | null;
  readonly product_name: string | null;
  readonly reason: string | null;
  readonly since: string | null;
  readonly unanswered_since: string | null;
  readonly unread: number;
  readonly danger: string | null;
  readonly last_seq: number;
  /** The last message that the citizen had in front of them; 0 when their channel does not tell. */
  readonly seen?: number;
}

export interface Message {
  readonly id: string;
  readonly seq: number;
  readonly author: Author;
  readonly text: string;
  readonly at: string;
  readonly choices?: readonly { readonly id: string; readonly title: string }[];
  readonly meta?: { readonly source?: string; readonly product?: string; readonly aspect?: string; readonly agent?: string; readonly pictures?: readonly string[] };
  /** Of an agent's message: the key that it was sent with. */
  readonly client_id?: string;
}

export interface Note {
  readonly id: number;
  readonly agent_name: string | null;
  readonly text: string;
  readonly at: string;
}

export interface TeamQueue {
  readonly team: string;
  readonly name: string;
  readonly waiting: number;
  readonly oldest: string | null;
  readonly expected: number | null;
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly skills: readonly string[];
  readonly presence: Presence;
  readonly away_reason: string | null;
  readonly held: number;
  readonly most: number;
}

export interface CitizenPromise {
  readonly reference: string;
  readonly kind: "callback" | "note";
  readonly conversation_id: string | null;
  readonly municipality: string | null;
  readonly team: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly subject: string;
  readonly summary: string;
  readonly promised_on: string;
  readonly wanted_at: string | null;
  readonly overdue: boolean;
  readonly picked_up_by: string | null;
  readonly attempts: number;
  readonly created_at: string;
}

export interface Board {
  readonly me: Me;
  readonly mine: readonly Row[];
  readonly queue: readonly Row[];
  readonly teams: readonly TeamQueue[];
  readonly colleagues: readonly Colleague[];
  readonly promises: readonly CitizenPromise[];
  readonly reports: ReportCount;
  readonly now: string;
}

export interface Exchange {
  readonly text: string;
  readonly product: string | null;
  readonly product_name: string | null;
  readonly aspect: string | null;
  readonly state: "answered" | "partly" | "open" | "detail";
  readonly at: string;
  readonly pictures?: readonly string[];
}

export interface Summary {
  readonly name: string | null;
  readonly phone: string | null;
  readonly municipality: string | null;
  readonly channel: string;
  readonly product: string | null;
  readonly product_name: string | null;
  readonly reason: string;
  readonly rule: string;
  readonly mood: readonly string[];
  readonly danger: string | null;
  readonly exchanges: readonly Exchange[];
  readonly open_question: string | null;
  readonly references: readonly string[];
  readonly started_at: string;
}

export interface OpenedConversation {
  readonly row: Row;
  readonly summary: Summary;
  readonly messages: readonly Message[];
  readonly notes: readonly Note[];
}

export interface ConversationFrame {
  readonly type: "conversation";
  readonly id: string;
  readonly row: Row;
  readonly messages: readonly Message[];
  readonly notes: readonly Note[];
  readonly deliveries: Readonly<Record<string, string>>;
  readonly typing?: boolean;
}

export interface Suggestion {
  readonly question: string | null;
  readonly product: string | null;
  readonly product_name: string | null;
  readonly aspect: string | null;
  readonly text: string | null;
  readonly zone: string;
  readonly others: readonly { readonly product: string; readonly name: string }[];
}

export interface Template {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly words: readonly string[];
}

export interface Answer {
  readonly text: string;
  readonly source: string | { readonly title: string; readonly url: string } | null;
  readonly checked_on: string | null;
  readonly complete: boolean;
}

export interface Appointment {
  readonly reference: string;
  readonly kind: string;
  readonly municipality: string;
  readonly what: string;
  readonly location: string;
  readonly location_name: string;
  readonly starts: string;
  readonly ends: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly status: string;
}

export interface Bookable {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly string[];
}

export interface Slots {
  readonly locations: readonly { readonly id: string; readonly name: string }[];
  readonly slots: readonly { readonly location: string; readonly starts: string; readonly ends: string }[];
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly skills: readonly string[];
  readonly most: number;
  readonly disabled: boolean;
  readonly totp: boolean;
  readonly invited: boolean;
  readonly last_seen: string | null;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What changed in the queue: these rows are new or different, these are gone. */
export interface QueueChanges {
  readonly put: readonly Row[];
  readonly gone: readonly string[];
}

export type ServerFrame =
  | ({ readonly type: "board"; readonly queue_changes?: QueueChanges } & Partial<Board>)
  | ConversationFrame
  | { readonly type: "error"; readonly error: string; readonly message?: string };

/** A frame of the server, or null for a kind this version does not know. */
export function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof frame !== "object" || frame === null || !("type" in frame)) return null;
  return frame.type === "board" || frame.type === "conversation" || frame.type === "error" ? (frame as ServerFrame) : null;
}
