// Who is expected, on this device's disk: names, schools and digests of card codes; no number, no phone, no code itself.
import { wipe } from "../realtime/tabs.js";
import { openDB } from "../vendor/idb/index.js";
import * as api from "./api.js";

export const PREFIX = "SXZ1:";

// The code at the end of what was read or typed, "" where there is none: a scanner types behind what stands in the field.
// A Chinese input method widens signs: ＳＸＺ１： is SXZ1: as well.
export function codeIn(text) {
  const said = text.normalize("NFKC").trim().toUpperCase();
  const at = said.lastIndexOf(PREFIX);
  return at < 0 ? "" : said.slice(at);
}

// Browsers compute digests on https only; elsewhere people are found by name.
export const canReadCodes = Boolean(crypto.subtle);

async function digest(code) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code.slice(PREFIX.length)));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Doors {
  constructor(event) {
    Object.assign(this, { event, facts: null, session: null, byCard: new Map(), byUid: new Map(), skew: 0 });
  }

  async open() {
    const upgrade = (fresh) => fresh.createObjectStore("facts");
    this.db = await openDB(`desk-checkin-${this.event}`, 1, { upgrade, blocking: () => this.over() });
    this.session = (await this.db.get("facts", "session")) ?? undefined;
    this.skew = (await this.db.get("facts", "skew")) ?? 0;
    const kept = await this.db.get("facts", `list ${this.session ?? ""}`);
    if (kept) this.layOut(kept);
  }

  layOut(facts) {
    this.facts = facts;
    this.byUid = new Map(facts.people.map((person) => [person.uid, person]));
    this.byCard = new Map(facts.people.flatMap((person) => person.cards.map((card) => [card.digest, { person, card }])));
  }

  // The list as the server has it. The first time, the session that is next to end is chosen.
  async renew() {
    let wanted = this.session;
    let facts = await api.list(this.event, wanted);
    if (wanted === undefined && facts.sessions.length) {
      const coming = facts.sessions.find((one) => new Date(one.ends_at) > new Date(facts.made_at));
      wanted = (coming ?? facts.sessions.at(-1)).uid;
      facts = await api.list(this.event, wanted);
    }
    if (this.session !== wanted && this.session !== undefined) return; // another session was chosen meanwhile
    this.session = wanted ?? null;
    this.skew = new Date(facts.made_at).getTime() - Date.now();
    this.layOut(facts);
    await this.keep(facts);
  }

  async keep(facts) {
    if (this.left) return;
    await this.db.put("facts", facts, `list ${this.session ?? ""}`);
    await this.db.put("facts", this.session, "session");
    await this.db.put("facts", this.skew, "skew");
  }

  async choose(session) {
    this.session = session || null;
    await this.db.put("facts", this.session, "session");
    const kept = await this.db.get("facts", `list ${this.session ?? ""}`);
    // Not loaded yet for this session: the people are the same, only who is inside is not known.
    if (kept) this.layOut(kept);
    else if (this.facts) this.layOut({ ...this.facts, people: this.facts.people.map((one) => ({ ...one, inside: false })) });
  }

  get people() {
    return this.facts?.people ?? [];
  }

  get slot() {
    return this.facts?.sessions.find((one) => one.uid === this.session) ?? null;
  }

  // From when nobody enters without a reason (server's clock), null where no session is chosen.
  get cutOff() {
    return this.slot ? new Date(this.slot.starts_at).getTime() + this.facts.late_minutes * 60000 : null;
  }

  get late() {
    return this.cutOff !== null && Date.now() + this.skew > this.cutOff;
  }

  // The session of the chosen one's round in which this person's team has its place, null where that is here or not given.
  elsewhere(person) {
    const { slot } = this;
    if (!slot || !person.places?.length || person.places.includes(slot.uid)) return null;
    return this.facts.sessions.find((one) => one.round === slot.round && person.places.includes(one.uid)) ?? null;
  }

  // Who comes through the door of the chosen session.
  get expected() {
    return this.people.filter((person) => person.inside || !this.elsewhere(person));
  }

  async byCode(code) {
    return this.byCard.get(await digest(code)) ?? null;
  }

  // Everybody whose name or school holds each of the words; those not inside come first.
  find(text) {
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (person) => words.every((word) => `${person.name} ${person.school}`.toLowerCase().includes(word));
    return words.length ? this.people.filter(fits) : [];
  }

  async leave() {
    this.left = true;
    await wipe(this.db);
  }

  over() {
    this.left = true;
    this.db.close();
  }
}
