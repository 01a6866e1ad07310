// What this desk has said: each verdict goes on the disk first and to the server when there is a line.
import { newId } from "../realtime/ids.js";
import { openOutbox } from "../realtime/outbox.js";
import * as api from "./api.js";
import { Doors } from "./doors.js";
import { t } from "./words.js";

const RENEW = 30000;
const RETRY = 5000;
const LAST = 5;

export class Desk extends EventTarget {
  constructor(event) {
    super();
    Object.assign(this, { event, doors: new Doors(event), line: "on", kept: 0, delivered: 0 });
    Object.assign(this, { said: new Map(), last: [], refused: [], conflicts: [] });
  }

  async open() {
    await this.doors.open();
    this.outbox = await openOutbox(`checkin-${this.event}`, { send: (items) => this.send(items) });
    for (const item of await this.outbox.pending()) this.note(item, "kept");
    await this.count();
    this.outbox.addEventListener("change", ({ detail }) => this.settle(detail));
    this.outbox.addEventListener("put", ({ detail }) => this.note(detail, "kept")); // said in another tab of this desk
    this.tell();
    window.addEventListener("online", () => this.renew());
    window.addEventListener("offline", () => this.lost(new TypeError("offline")));
    document.addEventListener("visibilitychange", () => document.hidden || this.renew());
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  lost(error) {
    this.line = error instanceof api.SignedOut || error instanceof api.Refused ? "out" : "off";
    this.tell();
  }

  async renew() {
    clearTimeout(this.timer);
    if (this.left) return;
    try {
      await this.doors.renew();
      this.line = "on";
      this.outbox.drain();
    } catch (error) {
      this.lost(error);
    }
    this.tell();
    const pause = this.line === "on" ? RENEW : RETRY;
    this.timer = setTimeout(() => this.renew(), pause * (0.8 + Math.random() * 0.4));
  }

  async send(items) {
    try {
      const verdicts = await api.sendScans(this.event, items);
      this.line = "on";
      return verdicts;
    } catch (error) {
      this.lost(error);
      throw error;
    }
  }

  place(member) {
    return `${member}|${this.doors.session ?? ""}`;
  }

  // This desk's own word on a person in the chosen session, else what the list says.
  inside(person) {
    const own = this.said.get(this.place(person.uid));
    return own ? own.verdict !== "refused" || person.inside : person.inside;
  }

  get insideCount() {
    return this.doors.expected.filter((person) => this.inside(person)).length;
  }

  note(item, tick) {
    if (item.member) this.said.set(`${item.member}|${item.session ?? ""}`, item);
    this.last = [{ ...item, tick }, ...this.last].slice(0, LAST);
  }

  // What was said about the person who stands before the desk (person.js). Throws when the disk does not take it.
  async say({ person, card, method, papers, reasons, note }, verdict) {
    const item = {
      client_id: newId(), member: person?.uid ?? null, card: card?.uid ?? null, session: this.doors.session,
      method, verdict, reasons: verdict === "refused" ? [...reasons] : [], papers: [...papers], note: note.trim(),
      scanned_at: new Date().toISOString(), label: person ? `${person.name} · ${person.school}` : t("noted_unlisted"),
    };
    await this.outbox.put(item);
    this.note(item, "kept");
    this.tell();
  }

  async count() {
    this.kept = (await this.outbox.counts()).kept;
    this.refused = await this.outbox.refused();
  }

  async settle({ verdicts }) {
    if (this.left) return;
    for (const verdict of verdicts) this.answered(verdict);
    await this.count();
    // What was not taken is not said: the person stands where the list has them.
    for (const item of this.refused) {
      const slot = `${item.member}|${item.session ?? ""}`;
      if (this.said.get(slot)?.client_id === item.client_id) this.said.delete(slot);
    }
    this.tell();
  }

  answered(verdict) {
    const line = this.last.find((one) => one.client_id === verdict.client_id);
    if (verdict.verdict === "refused") {
      this.last = this.last.filter((one) => one !== line);
      return;
    }
    this.delivered += 1;
    if (line) line.tick = "taken";
    if (verdict.conflict) this.conflicts.push(verdict.item.label);
  }

  async read() {
    this.conflicts = [];
    await Promise.all(this.refused.map((item) => this.outbox.dismiss(item.client_id)));
    await this.count();
    this.tell();
  }
}
