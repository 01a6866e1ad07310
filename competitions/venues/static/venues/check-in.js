// <check-in event="GZ-2026-046" desk="" board="" decoder="">: the whole desk, with and without a network.
import { guardSignOut } from "../realtime/sign-out.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { Desk } from "./desk.js";
import { canReadCodes, codeIn } from "./doors.js";
import { keep } from "./keep.js";
import { faultOf, standing } from "./person.js";
import { Queue } from "./queue.js";
import { Scanner } from "./scanner.js";
import { signal } from "./signals.js";
import { find } from "./view-find.js";
import { gone, head, noDisk, notices } from "./view-head.js";
import { person } from "./view-person.js";
import { listenToWedge } from "./wedge.js";
import { t } from "./words.js";

const FINE = window.matchMedia("(pointer: fine)");

class CheckIn extends HTMLElement {
  async connectedCallback() {
    Object.assign(this, { typed: "", strange: false, shown: null, held: "" });
    render(html`<h1 class="visually-hidden">${t("title")}</h1><p class="ci-wait" role="status">${t("loading")}</p>`, this);
    this.desk = new Desk(this.getAttribute("event"));
    this.scanner = new Scanner(this.getAttribute("decoder"), (text) => this.scanned(text));
    this.queue = new Queue((code) => this.desk.doors.byCode(code), () => this.next());
    this.desk.addEventListener("change", () => this.draw());
    await this.desk.open().catch((error) => { render(noDisk(), this); throw error; });
    this.ready();
    this.desk.renew().then(() => keep(this)); // a server that hangs holds up no scan
  }

  ready() {
    this.draw();
    const { desk } = this;
    const held = (why) => { this.held = why; this.draw(); };
    guardSignOut(this.querySelector("form[data-guard=outbox]"), { desk, outbox: desk.outbox, disk: desk.doors, held });
    listenToWedge(() => this.querySelector("#ci-find"), (text) => this.heard(text));
    if (FINE.matches) this.querySelector("#ci-find").focus();
    setInterval(() => [this.draw(), keep(this)], 10000); // the cut-off passes by itself
  }

  async choose(session) {
    await this.desk.doors.choose(session);
    this.draw();
    this.desk.renew();
  }

  type(text) {
    Object.assign(this, { typed: text, strange: false });
    this.draw();
  }

  // Enter: a hand scanner types the code and presses it; a name that only one person has opens that person.
  entered() {
    const code = codeIn(this.typed);
    if (code) return this.scanned(code);
    const found = this.desk.doors.find(this.typed);
    if (found.length === 1) this.show({ person: found[0], method: "manual" });
  }

  // Typed by a hand scanner where no code belongs; before an open person, what is no card is told and changes nothing.
  heard(text) {
    if (this.desk.left) return;
    if (codeIn(text)) return this.scanned(text);
    if (this.shown) return this.foreign();
    this.type(text);
    this.entered();
  }

  // Nothing that was scanned is lost: whoever comes while another person is open waits in line, once.
  async scanned(text) {
    const code = codeIn(text);
    if (!code || !canReadCodes) return this.foreign();
    if (code === this.shown?.code) return;
    signal(this.shown ? "wait" : "found");
    Object.assign(this, { typed: "", strange: false });
    await this.queue.add(code);
  }

  foreign() {
    signal("bad");
    this.strange = canReadCodes; // else the notice above says why no code is read
    this.draw();
  }

  next() {
    const one = this.shown ? null : this.queue.next();
    if (one) this.show(one);
    else this.draw();
  }

  show(one) {
    this.shown = standing(one);
    this.strange = false;
    this.scanner.paused = true;
    this.draw();
    this.querySelector("dialog").showModal();
  }

  mark(kind, value, on) {
    this.shown[kind][on ? "add" : "delete"](value);
    this.shown.fault = "";
    this.draw();
  }

  refuse(wanted) {
    Object.assign(this.shown, { refusing: wanted, fault: "" });
    this.draw();
  }

  // The verdict is on the disk before the person is gone from the screen.
  async verdict(verdict) {
    const { shown } = this;
    if (shown.saying) return;
    shown.fault = faultOf(shown, this.desk.doors.facts?.papers ?? [], verdict);
    if (shown.fault) return this.draw();
    shown.saying = true;
    try {
      await this.desk.say(shown, verdict);
    } catch {
      Object.assign(shown, { saying: false, fault: "not_kept" });
      signal("bad");
      return this.draw();
    }
    signal(verdict === "refused" ? "bad" : "good");
    if (this.shown === shown) this.close();
  }

  close() {
    if (!this.shown) return;
    this.querySelector("dialog")?.close();
    Object.assign(this, { shown: null, typed: "", strange: false });
    this.scanner.paused = false;
    this.draw(); // the next person gets a dialog of their own
    if (FINE.matches) this.querySelector("#ci-find")?.focus({ preventScroll: true }); // a phone would raise its keyboard
    this.next();
  }

  draw() {
    if (!this.desk.outbox) return;
    if (this.desk.gone) return render(gone(this), this);
    render(html`${head(this)}
      <div class="ci-notices" role="status" aria-live="polite">${notices(this)}</div>
      ${find(this)}
      ${this.shown ? person(this) : nothing}`, this);
  }
}

customElements.define("check-in", CheckIn);
