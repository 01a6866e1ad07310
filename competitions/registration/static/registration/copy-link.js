// <copy-link done="Copied">: a link in a field with a button that copies it. Without JavaScript the field is there to copy from.

const SHOWN_MS = 2500;

class CopyLink extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.copy());
    this.field.addEventListener("focus", () => this.field.select());
  }

  async copy() {
    this.field.select();
    if (!(await this.put())) return; // the link is selected: the keyboard copies it
    const before = this.button.textContent;
    this.button.textContent = this.getAttribute("done");
    setTimeout(() => { this.button.textContent = before; }, SHOWN_MS);
  }

  async put() {
    if (!navigator.clipboard) return document.execCommand("copy"); // not offered on a page without TLS
    try {
      await navigator.clipboard.writeText(this.field.value);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  }
}

customElements.define("copy-link", CopyLink);
