// <check-in event="GZ-2026-046" desk="" board="" decoder="">: the whole desk, with and without a network.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { forgetShells, keepShell } from "../realtime/shell.js";
import { Desk } from "./desk.js";
import { isCode } from "./doors.js";
import { Scanner } from "./scanner.js";
import { loud, setLoud, signal } from "./signals.js";
import { find } from "./view-find.js";
import { head, notices } from "./view-head.js";
import { person } from "./view-person.js";
import { t } from "./words.js";

class CheckIn extends HTMLElement {
  async connectedCallback() {
    Object.assign(this, { typed: "", shown: null, filming: false, blind: false, held: false, loud: loud() });
    render(html`<p class="ci-wait" role="status">${t("loading")}</p>`, this);
    this.desk = new Desk(this.getAttribute("event"));
    this.desk.addEventListener("change", () => this.draw());
    this.scanner = new Scanner(this.getAttribute("decoder"), (text) => this.scanned(text));
    await this.desk.open();
    this.guard(this.querySelector("form[data-guard=outbox]"));
    this.querySelector("#ci-find")?.focus();
    // The decoder belongs to what a reload without a server needs.
    if (!("BarcodeDetector" in window)) await import(this.getAttribute("decoder"));
    keepShell().then((kept) => this.toggleAttribute("kept", kept));
    setInterval(() => this.draw(), 10000); // the cut-off passes by itself
  }

  guard(form) {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.left === "yes") return;
      event.preventDefault();
      if (!(await this.desk.leave())) {
        this.held = true;
        return this.draw();
      }
      await forgetShells();
      form.dataset.left = "yes";
      form.requestSubmit();
    });
  }

  unhold() {
    this.held = false;
    this.draw();
  }

  async choose(session) {
    await this.desk.doors.choose(session);
    this.draw();
    this.desk.renew();
  }

  type(text) {
    this.typed = text;
    this.draw();
  }

  // Enter: a hand scanner types the code and presses it; a name that only one person has opens that person.
  entered() {
    if (isCode(this.typed)) return this.scanned(this.typed);
    const found = this.desk.doors.find(this.typed);
    if (found.length === 1) this.show({ person: found[0], method: "manual" });
  }

  listen(wanted) {
    this.loud = wanted;
    setLoud(wanted);
    this.draw();
  }

  async film() {
    if (this.filming) this.scanner.stop();
    this.filming = !this.filming;
    this.blind = false;
    this.draw();
    if (!this.filming) return;
    try {
      await this.scanner.start(this.querySelector("video"));
    } catch {
      this.scanner.stop();
      Object.assign(this, { filming: false, blind: true });
      this.draw();
    }
  }

  async scanned(text) {
    if (this.shown || !isCode(text)) return;
    signal("found");
    this.show({ ...(await this.desk.doors.byCode(text)), method: "qr" });
  }

  show({ person: who, card, method }) {
    const papers = new Set(card && !card.ended ? ["participation_card"] : []);
    const reasons = new Set(card?.ended ? ["card_ended"] : who ? [] : ["not_listed"]);
    this.shown = { person: who, card, method, papers, reasons, note: "", fault: "", refusing: Boolean(card?.ended) };
    this.scanner.paused = true;
    this.draw();
    this.querySelector("dialog").showModal();
  }

  tick(kind, value, on) {
    this.shown[kind][on ? "add" : "delete"](value);
    this.shown.fault = "";
    this.draw();
  }

  refuse(wanted) {
    Object.assign(this.shown, { refusing: wanted, fault: "" });
    this.draw();
  }

  fault(verdict) {
    const { papers, reasons, note } = this.shown;
    if (verdict === "refused") return reasons.size ? "" : "missing_reason";
    if ((this.desk.doors.facts?.papers ?? []).some((one) => !papers.has(one))) return "missing_papers";
    return verdict === "late_admitted" && !note.trim() ? "missing_note" : "";
  }

  async verdict(verdict) {
    const { person: who, card, method, papers, reasons, note } = this.shown;
    this.shown.fault = this.fault(verdict);
    if (this.shown.fault) return this.draw();
    this.close();
    signal(verdict === "refused" ? "bad" : "good");
    await this.desk.say({
      person: who, card, method, verdict, note: note.trim(), papers: [...papers],
      reasons: verdict === "refused" ? [...reasons] : [], label: who ? `${who.name} · ${who.school}` : t("noted_unlisted"),
    });
  }

  close() {
    if (!this.shown) return;
    this.querySelector("dialog")?.close();
    Object.assign(this, { shown: null, typed: "" });
    this.scanner.paused = false;
    this.draw();
    this.querySelector("#ci-find")?.focus({ preventScroll: true });
  }

  draw() {
    if (!this.desk.outbox) return;
    render(html`${head(this)}
      <div class="ci-notices" role="status" aria-live="polite">${notices(this)}</div>
      ${find(this)}
      ${this.shown ? person(this) : nothing}`, this);
  }
}

customElements.define("check-in", CheckIn);
