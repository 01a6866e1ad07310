// <score-pad .aspect .value>: digits for a measurement between; a key that would pass the maximum cannot be pressed.
import { html, render } from "../vendor/lit-html/lit-html.js";
import { hundredths } from "./points.js";
import { t } from "./words.js";

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0", "."];

class ScorePad extends HTMLElement {
  connectedCallback() {
    const given = this.value ?? "";
    this.typed = given.includes(".") ? given.replace(/\.?0+$/, "") : given;
    this.fresh = true; // the first digit replaces what stood there
    this.draw();
    const dialog = this.querySelector("dialog");
    dialog.showModal();
    dialog.focus(); // a key that may not be pressed any more would drop the focus and the keyboard's next digit with it
    this.addEventListener("keydown", (event) => this.press(event));
  }

  allowed(key) {
    const text = this.fresh ? key : this.typed + key;
    if (!/^(0|[1-9]\d*)?(\.\d{0,2})?$/.test(text)) return false;
    return hundredths(text.replace(/^\./, "0.").replace(/\.$/, "") || "0") <= hundredths(this.aspect.max);
  }

  type(key) {
    if (!this.allowed(key)) return;
    this.typed = (this.fresh ? key : this.typed + key).replace(/^\./, "0.");
    this.fresh = false;
    this.draw();
  }

  erase() {
    this.typed = this.fresh ? "" : this.typed.slice(0, -1);
    this.fresh = false;
    this.draw();
  }

  press(event) {
    if (KEYS.includes(event.key)) this.type(event.key);
    else if (event.key === "Backspace") this.erase();
    else if (event.key === "Enter" && event.target.closest("dialog") === event.target) this.done();
    else return;
    event.preventDefault();
  }

  done() {
    const value = this.typed.replace(/\.$/, "");
    if (value !== "") this.dispatchEvent(new CustomEvent("score", { detail: value }));
  }

  draw() {
    render(html`<dialog class="jd-dialog jd-pad" tabindex="-1" aria-labelledby="pad-title" @close=${() => this.dispatchEvent(new Event("close"))}>
      <h2 id="pad-title">${this.aspect.code} ${this.aspect.name}</h2>
      <output class="jd-pad-shown">${this.typed || "–"}<small>/ ${this.aspect.max}</small></output>
      <div class="jd-keys">${KEYS.map((key) => html`<button type="button" aria-disabled=${!this.allowed(key)}
        @click=${() => this.type(key)}>${key}</button>`)}
        <button type="button" aria-label=${t("erase")} @click=${() => this.erase()}>⌫</button></div>
      <div class="jd-dialog-foot">
        <button type="button" class="jd-step" @click=${() => this.querySelector("dialog").close()}>${t("cancel")}</button>
        <button type="button" class="jd-step jd-step-main" ?disabled=${this.typed === ""} @click=${() => this.done()}>${t("enter")}</button>
      </div></dialog>`, this);
  }
}

customElements.define("score-pad", ScorePad);
