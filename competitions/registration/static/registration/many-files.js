// <many-files>: sends the chosen files a few at a time, so that a bad line loses little, and lists what became of each.
// What waits for somebody stands first; what is handed in is folded behind it.
// The form's token makes a second sending the same one. Without this module the form sends all files in one request.
const FILES_AT_ONCE = 6;
const BYTES_AT_ONCE = 6 * 1024 * 1024;

function parcels(files) {
  const made = [];
  let bytes = 0;
  for (const file of files) {
    const last = made.at(-1);
    if (last && last.length < FILES_AT_ONCE && bytes + file.size <= BYTES_AT_ONCE) {
      last.push(file);
      bytes += file.size;
    } else {
      made.push([file]);
      bytes = file.size;
    }
  }
  return made;
}

class ManyFiles extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.state = this.querySelector(".many-files-state");
    this.button = this.querySelector("button[type=submit]");
    this.verb = this.button.lastChild.textContent;
    this.rest = [];
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.form.elements.chosen.addEventListener("change", () => this.begin());
    addEventListener("beforeunload", this.leaving = (event) => this.busy && event.preventDefault());
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.leaving);
  }

  begin() {
    this.rest = parcels(this.form.elements.chosen.files);
    this.all = this.form.elements.chosen.files.length;
    this.done = 0;
    this.begun = false;
    this.button.lastChild.textContent = this.verb;
  }

  async send() {
    if (!this.busy && !this.rest.length) this.begin(); // chosen before this module ran, or kept by the browser
    if (this.busy || !this.rest.length) return;
    this.busy = true;
    this.button.setAttribute("aria-busy", "true"); // not disabled: the keyboard's place stays here
    const [open, taken] = document.querySelectorAll("#outcomes .outcomes");
    if (!this.begun) [open, taken].forEach((list) => list.replaceChildren());
    this.begun = true;
    try {
      while (this.rest.length) {
        this.say(this.getAttribute("on"));
        const answered = document.createRange().createContextualFragment(await this.answer(this.rest[0]));
        taken.append(...answered.querySelectorAll("[data-tone=good]"));
        open.append(...answered.querySelectorAll(".outcome"));
        this.done += this.rest.shift().length;
        this.sum(taken);
      }
      this.state.textContent = "";
      this.button.lastChild.textContent = this.verb;
      this.form.reset();
      await this.renew().catch(() => {}); // all has arrived: an older list of who lacks it is no reason to send again
    } catch (error) {
      this.state.textContent = error.told ?? this.getAttribute("broken");
      this.button.lastChild.textContent = ` ${this.getAttribute("again")}`;
    } finally {
      this.busy = false;
      this.button.removeAttribute("aria-busy");
    }
  }

  async answer(files) {
    const body = new FormData(this.form);
    body.delete("chosen");
    files.forEach((file) => body.append("chosen", file));
    const answer = await fetch(this.form.action, { method: "POST", body, headers: { "X-Part": "1" } });
    const text = await answer.text();
    if (answer.ok && !answer.redirected) return text;
    const page = new DOMParser().parseFromString(text, "text/html");
    const told = answer.redirected ? this.getAttribute("out") : (page.querySelector(".refusal")?.dataset.told ?? page.querySelector(".refusal-what")?.textContent);
    throw Object.assign(new Error(String(answer.status)), { told });
  }

  sum(list) {
    const taken = list.children.length;
    document.querySelector(".outcome-sum").textContent = this.getAttribute("sum").replace("{taken}", taken).replace("{all}", this.all);
    list.parentElement.hidden = !taken;
    document.getElementById("outcomes").hidden = false;
  }

  say(words) {
    this.state.textContent = words.replace("{done}", this.done).replace("{all}", this.all);
  }

  async renew() { // who still lacks it, and a token for what is chosen next
    const page = new DOMParser().parseFromString(await (await fetch(this.form.action)).text(), "text/html");
    document.getElementById("lacking").replaceWith(page.getElementById("lacking"));
    this.form.elements.token.value = page.querySelector("[name=token]")?.value ?? this.form.elements.token.value;
  }
}

customElements.define("many-files", ManyFiles);
