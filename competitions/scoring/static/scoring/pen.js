// What the judge writes: every tap goes on the tablet's disk first and to the server when there is a line.
import { newId } from "../realtime/ids.js";
import { openOutbox } from "../realtime/outbox.js";
import { sendFor } from "./sending.js";

const slot = (sheet, aspect) => `${sheet.uid}|${aspect.uid}|${sheet.attempt}`;

export class Pen {
  constructor(desk) {
    // taps: own values that are newer than the sheet; words: on measurements; notes: why a submission did not go through
    Object.assign(this, { desk, taps: new Map(), handed: new Set(), notes: new Map(), refused: [], kept: 0 });
  }

  async open() {
    this.words = new Map(await this.desk.cache.fact("words"));
    this.delivered = (await this.desk.cache.fact("delivered")) ?? 0;
    this.outbox = await openOutbox(`marks-${this.desk.seat}`, { send: sendFor(this.desk) });
    for (const item of await this.outbox.pending()) this.lay(item);
    await this.count();
    this.outbox.addEventListener("change", ({ detail }) => this.settle(detail));
    this.outbox.addEventListener("put", ({ detail }) => this.lay(detail)); // written in another tab of this tablet
  }

  lay(item) {
    if (item.kind === "submit") this.handed.add(item.sheet);
    else this.taps.set(item.slot, { client_id: item.client_id, value: item.value, tick: "kept" });
  }

  async count() {
    const [counts, refused] = [await this.outbox.counts(), await this.outbox.refused()];
    this.kept = counts.kept;
    this.refused = refused.filter((item) => item.kind === "mark");
    for (const item of refused) if (item.kind === "submit") this.outbox.dismiss(item.client_id);
  }

  value(sheet, aspect) {
    if (aspect.kind === "M" && !aspect.recorder) return aspect.panel_value;
    const tap = this.taps.get(slot(sheet, aspect));
    return tap ? tap.value : aspect.value;
  }

  tick(sheet, aspect) {
    const tap = this.taps.get(slot(sheet, aspect));
    if (tap) return tap.tick;
    return aspect.value !== null && (aspect.kind === "J" || aspect.recorder) ? "taken" : "";
  }

  word(sheet, aspect) {
    const own = this.words.get(slot(sheet, aspect));
    if (own && own.seen === aspect.panel_value) return own;
    return aspect.word === "agrees" ? { agrees: true, reason: "" } : null; // said in an earlier attempt, and it stands
  }

  async mark(sheet, aspect, value) {
    const item = {
      kind: "mark", client_id: newId(), sheet: sheet.uid, aspect: aspect.uid, slot: slot(sheet, aspect),
      value, tapped_at: new Date().toISOString(), label: `${sheet.work.code} · ${aspect.code}`,
    };
    this.taps.set(item.slot, { client_id: item.client_id, value, tick: "" });
    this.notes.delete(sheet.uid);
    this.desk.tell();
    await this.outbox.put(item);
    const tap = this.taps.get(item.slot);
    if (tap?.client_id === item.client_id && !tap.tick) tap.tick = "kept";
    this.desk.tell();
  }

  say(sheet, aspect, agrees, reason = "") {
    this.words.set(slot(sheet, aspect), { agrees, reason, seen: aspect.panel_value });
    this.desk.cache.keepFact("words", [...this.words]);
    this.desk.tell();
  }

  // What keeps a sheet from being submitted: [{ aspect, why }], why = unscored | awaited | unconfirmed.
  missing(sheet) {
    const found = sheet.aspects.map((aspect) => {
      const own = aspect.kind === "J" || aspect.recorder;
      if ((this.value(sheet, aspect) ?? null) === null) return { aspect, why: own ? "unscored" : "awaited" };
      const word = own || this.word(sheet, aspect);
      return word && (own || word.agrees || word.reason.trim()) ? null : { aspect, why: "unconfirmed" };
    });
    return found.filter(Boolean);
  }

  // open | handed (on its way) | submitted; `again`: the panel must score it once more.
  state(sheet) {
    return sheet.state === "open" && this.handed.has(sheet.uid) ? "handed" : sheet.state;
  }

  async submit(sheet) {
    const confirmations = sheet.aspects.filter((a) => a.kind === "M" && !a.recorder).map((aspect) => ({
      aspect: aspect.uid, seen: aspect.panel_value, ...this.word(sheet, aspect),
    }));
    this.handed.add(sheet.uid);
    this.notes.delete(sheet.uid);
    await this.outbox.put({ kind: "submit", sheet: sheet.uid, attempt: sheet.attempt, confirmations });
    this.desk.tell();
  }

  async settle({ verdicts }) {
    if (this.desk.left) return;
    const good = new Map(verdicts.filter((v) => v.verdict !== "refused").map((v) => [v.client_id, v]));
    this.delivered += good.size;
    for (const [key, tap] of this.taps) if (good.has(tap.client_id)) this.taken(key, tap);
    if (verdicts.length) this.desk.line = "on";
    for (const verdict of verdicts.filter((v) => v.verdict === "refused")) this.unwrite(verdict);
    for (const { item } of good.values()) this.reload(item);
    const kept = await this.outbox.pending();
    this.handed = new Set(kept.filter((item) => item.kind === "submit").map((item) => item.sheet));
    await this.count();
    if (verdicts.length) this.desk.cache.keepFact("delivered", this.delivered);
    this.desk.tell();
  }

  // Submitted by another tab: this one still holds the open sheet.
  reload({ kind, sheet }) {
    if (kind === "submit" && this.desk.sheets.get(sheet)?.state === "open") this.desk.load(sheet);
  }

  // The copy on the disk follows, so that a reload without a line shows what the server has taken.
  taken(key, tap) {
    tap.tick = "taken";
    const [uid, aspectUid] = key.split("|");
    const sheet = this.desk.sheets.get(uid);
    const aspect = sheet?.aspects.find((one) => one.uid === aspectUid);
    if (!aspect) return;
    aspect.value = tap.value;
    this.desk.cache.keepSheet(sheet);
  }

  // A refused mark shows what the server has; a refused submission says on its sheet why.
  unwrite({ item, message }) {
    if (item.kind === "submit") this.notes.set(item.sheet, message);
    else if (this.taps.get(item.slot)?.client_id === item.client_id) this.taps.delete(item.slot);
    this.desk.load(item.sheet);
  }

  async read() {
    await Promise.all(this.refused.map((item) => this.outbox.dismiss(item.client_id)));
  }
}
