// <review-keys>: a reviewer's hands stay on the keyboard. A, R, X choose the verdict, J and K go to the next entry and
// back, Ctrl+Enter records; a box in a list's head ticks them all. Without this module everything is still a click away.
const VERDICTS = { a: "approve", r: "return", x: "reject" };
const WRITING = "input:not([type=radio]):not([type=checkbox]), textarea, select";

class ReviewKeys extends HTMLElement {
  connectedCallback() {
    this.querySelectorAll("[data-ticks-all], .keys").forEach((part) => { part.hidden = false; });
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
    this.addEventListener("change", ({ target }) => {
      if (!target.matches("[data-ticks-all]")) return;
      this.querySelectorAll("input[name=entry]").forEach((box) => { box.checked = target.checked; });
    });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }

  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return this.querySelector("button[type=submit]")?.click();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return undefined;
    const key = event.key.toLowerCase();
    const verdict = this.querySelector(`input[name=verdict][value=${VERDICTS[key] ?? "none"}]`);
    if (verdict) {
      verdict.checked = true;
      return verdict.focus();
    }
    return /^[jk]$/.test(key) ? document.querySelector(`a[data-key=${key}]`)?.click() : undefined;
  }
}

customElements.define("review-keys", ReviewKeys);
