// A seat's desk: what the server said, on disk and in memory, renewed while there is a line. What the judge does is in pen.js.
import * as api from "./api.js";
import { openCache } from "./cache.js";
import { Loader } from "./loader.js";
import { Pen } from "./pen.js";

const RENEW = 30000;
const RETRY = 5000;

export class Desk extends EventTarget {
  constructor(seat) {
    super();
    Object.assign(this, { seat, sheets: new Map(), facts: null, stubs: new Map(), line: "on", failed: new Set() });
    this.current = null;
    this.loader = new Loader(this);
  }

  async open() {
    this.cache = await openCache(this.seat);
    for (const sheet of await this.cache.sheets()) this.sheets.set(sheet.uid, sheet);
    const kept = await this.cache.fact("desk");
    if (kept) this.layOut(kept);
    this.pen = new Pen(this);
    await this.pen.open();
    await this.renew();
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
      const facts = await api.desk(this.seat);
      if (this.line !== "on") this.failed.clear();
      this.line = "on";
      this.layOut(facts);
      await this.cache.keepFact("desk", facts);
      this.pen.outbox.drain();
      this.loader.run();
      const sheet = this.current && this.sheets.get(this.current);
      if (sheet?.state === "open" && sheet.aspects.some((a) => a.kind === "M" && !a.recorder)) this.load(sheet.uid);
    } catch (error) {
      this.lost(error);
    }
    this.tell();
    const pause = this.line === "on" ? RENEW : RETRY;
    this.timer = setTimeout(() => this.renew(), pause * (0.8 + Math.random() * 0.4));
  }

  layOut(facts) {
    this.facts = facts;
    this.stubs = new Map(facts.sheets.map((stub) => [`${stub.work}/${stub.sub_criterion}`, { ...stub }]));
    this.byUid = new Map([...this.stubs.values()].map((stub) => [stub.uid, stub]));
  }

  get works() {
    return this.facts?.works ?? [];
  }

  get subs() {
    return this.facts?.sub_criteria ?? [];
  }

  stub(work, sub) {
    return this.stubs.get(`${work}/${sub}`) ?? null;
  }

  stubsOf(work) {
    return this.subs.map((sub) => this.stub(work, sub.code)).filter(Boolean);
  }

  // Answers may overtake each other: an older attempt, or the open sheet after its submission, is yesterday's paper.
  take(sheet) {
    const have = this.sheets.get(sheet.uid);
    if (this.left) return;
    if (have && (sheet.attempt < have.attempt || (sheet.attempt === have.attempt && have.state === "submitted"
      && sheet.state === "open"))) return;
    this.sheets.set(sheet.uid, sheet);
    const stub = this.byUid?.get(sheet.uid);
    if (stub) Object.assign(stub, { state: sheet.state, attempt: sheet.attempt });
    this.cache.keepSheet(sheet);
    this.tell();
  }

  async load(uid) {
    try {
      this.take(await api.sheet(uid));
      this.failed.delete(uid);
    } catch (error) {
      if (error instanceof api.Refused) this.failed.add(uid);
      else this.lost(error);
    }
  }

  // Open a sheet: what is on the tablet at once, what the server says when it comes.
  show(uid) {
    if (!uid || uid === this.current) return;
    this.current = uid;
    if (this.line === "on") this.load(uid);
  }

  get loaded() {
    return [...this.stubs.values()].filter((stub) => this.sheets.has(stub.uid)).length;
  }
}
