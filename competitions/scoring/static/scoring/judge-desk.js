// <judge-desk seat="uid">: the whole tablet. Which work and sub-criterion is open stands in the address: #A03/C2.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { keepShell } from "../realtime/shell.js";
import { guardSignOut } from "../realtime/sign-out.js";
import { Desk } from "./desk.js";
import { foot } from "./view-foot.js";
import { gone, head, noDisk, notices } from "./view-head.js";
import { page } from "./view-sheet.js";
import { review } from "./view-review.js";
import { works } from "./view-works.js";
import { onSwipe } from "./swipe.js";
import { t } from "./words.js";
import "./score-pad.js";

class JudgeDesk extends HTMLElement {
  async connectedCallback() {
    this.dialog = null; // null | "review" | { pad: aspect } | { dispute: aspect }
    this.desk = new Desk(this.getAttribute("seat"));
    this.desk.addEventListener("change", () => this.soon());
    window.addEventListener("hashchange", () => this.follow());
    onSwipe(this, (step) => !this.dialog && this.step(step));
    setInterval(() => this.draw(), 10000); // the clock
    render(html`<p class="jd-wait" role="status">${t("loading")}</p>`, this);
    keepShell().then((kept) => this.toggleAttribute("kept", kept)); // a reload without a server opens the same tablet
    await this.desk.open().catch((error) => { render(noDisk(), this); throw error; });
    this.follow();
    guardSignOut(this.querySelector("form[data-guard=outbox]"), {
      desk: this.desk, outbox: this.desk.pen.outbox, disk: this.desk.cache,
      held: (why) => { this.held = why; this.draw(); },
    });
  }

  // Where the judge is: the address wins, then the first work with something open.
  get place() {
    const { works, subs } = this.desk;
    const [code, sub] = decodeURIComponent(location.hash.slice(1)).split("/");
    const work = works.find((one) => one.code === code) ?? works.find((one) => !this.finished(one)) ?? works[0];
    const own = subs.filter((one) => work && this.desk.stub(work.uid, one.code));
    return { work, subs: own, sub: own.find((one) => one.code === sub) ?? this.firstOpen(work, own) ?? own[0] };
  }

  finished(work) {
    const stubs = this.desk.stubsOf(work.uid);
    return stubs.length > 0 && stubs.every((stub) => this.done(stub));
  }

  done(stub) {
    return stub.state === "submitted" || this.desk.pen.handed.has(stub.uid);
  }

  firstOpen(work, subs) {
    return subs.find((sub) => !this.done(this.desk.stub(work.uid, sub.code)));
  }

  go(work, sub) {
    this.dialog = null;
    const hash = `#${encodeURIComponent(work.code)}${sub ? `/${encodeURIComponent(sub.code)}` : ""}`;
    if (location.hash === hash) this.follow();
    else location.hash = hash;
  }

  // The neighbour of the open sub-criterion; past the last one comes the next work.
  neighbour(step) {
    const { work, sub, subs } = this.place;
    const at = subs.indexOf(sub) + step;
    if (subs[at]) return { work, sub: subs[at], crosses: false };
    const next = this.desk.works[this.desk.works.indexOf(work) + step];
    const own = next ? this.desk.subs.filter((one) => this.desk.stub(next.uid, one.code)) : [];
    return own.length ? { work: next, sub: step > 0 ? own[0] : own.at(-1), crosses: true } : null;
  }

  step(step) {
    const there = this.neighbour(step);
    if (there) this.go(there.work, there.sub);
  }

  follow() {
    const { work, sub } = this.place;
    if (work && sub) this.desk.show(this.desk.stub(work.uid, sub.code).uid);
    this.desk.loader.run();
    this.draw();
    this.querySelector(".jd-main")?.scrollTo(0, 0);
    this.querySelector('.jd-work[aria-current="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  open(dialog) {
    this.dialog = dialog;
    this.draw();
    const shown = this.querySelector("dialog");
    if (shown && !shown.open) shown.showModal();
  }

  close() {
    this.dialog = null;
    this.draw();
  }

  // A hundred sheets that arrive together are one drawing.
  soon() {
    this.due ??= requestAnimationFrame(() => {
      this.due = null;
      this.draw();
    });
  }

  draw() {
    if (!this.desk.pen?.outbox) return;
    if (this.desk.gone) return render(gone(), this);
    const place = this.place;
    this.toggleAttribute("empty", !place.work);
    render(html`
      ${head(this)}
      <div class="jd-notices" role="status" aria-live="polite">${notices(this)}</div>
      ${place.work ? works(this, place) : nothing}
      <section class="jd-main" aria-label=${t("sheet")} tabindex="-1">${page(this, place)}</section>
      ${place.work ? foot(this, place) : nothing}
      ${this.dialog === "review" ? review(this, place) : nothing}
      ${this.dialog?.pad ? html`<score-pad .aspect=${this.dialog.pad} .value=${this.dialog.value}
        @score=${({ detail }) => { this.desk.pen.mark(this.dialog.sheet, this.dialog.pad, detail); this.close(); }}
        @close=${() => this.close()}></score-pad>` : nothing}`, this);
  }
}

customElements.define("judge-desk", JudgeDesk);
