// <live-board window="8" seconds="12">: shows each new state of the board's topic in the markup that the server drew.
//
// Rows are copies of the page's <template data-row>; a row that changes its place glides there. With `window`, only so
// many rows are shown at once and all windows take their turn. What changes the page's build (mode, publication,
// criteria) loads it anew, each viewer after a moment of its own, so that they do not all come at once.
const GLIDE = { duration: 700, easing: "ease-in-out" };
const SPREAD = 4000;

// Codes are keys; published winners have none.
const keyOf = (values) => values.code ?? [values.rank, values.school, values.team].join("|");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const build = (state) => JSON.stringify([state.mode, state.frozen?.since, state.publication?.number, state.criteria?.length, state.page_size]);

class LiveBoard extends HTMLElement {
  connectedCallback() {
    this.state = JSON.parse(this.querySelector("#board-state").textContent);
    this.size = Number(this.getAttribute("window")) || Infinity;
    this.first = 0;
    this.notice = this.closest("live-notice");
    this.hear = ({ detail }) => this.take(detail.state);
    this.notice?.addEventListener("notice", this.hear);
    if (this.size < Infinity) this.turning = setInterval(() => this.turn(), Number(this.getAttribute("seconds")) * 1000);
  }

  disconnectedCallback() {
    this.notice?.removeEventListener("notice", this.hear);
    clearInterval(this.turning);
  }

  take(state) {
    if (build(state) !== build(this.state)) {
      setTimeout(() => location.reload(), Math.random() * SPREAD);
      return;
    }
    this.state = state;
    if (this.first >= (state.rows?.length ?? 0)) this.first = 0;
    this.count(state.progress ?? {});
    this.rows({ glide: true });
  }

  turn() {
    const rows = this.state.rows?.length ?? 0;
    if (rows <= this.size) return;
    this.first = this.first + this.size < rows ? this.first + this.size : 0;
    this.rows({ glide: false });
  }

  count(progress) {
    const values = { ...progress, percent: `${Math.floor((progress.permille ?? 0) / 10)}%` };
    for (const place of this.querySelectorAll("[data-count]")) place.textContent = values[place.dataset.count] ?? "";
    for (const bar of this.querySelectorAll("[data-width]")) bar.setAttribute("width", values[bar.dataset.width] ?? 0);
  }

  rows({ glide }) {
    const list = this.querySelector("[data-rows]");
    if (!list) return;
    const shown = this.state.rows.slice(this.first, this.size === Infinity ? undefined : this.first + this.size);
    const before = new Map([...list.children].map((row) => [row.dataset.key, { row, top: row.getBoundingClientRect().top }]));
    const rows = shown.map((values) => this.fill(before.get(keyOf(values))?.row ?? this.copy(), values));
    list.replaceChildren(...rows);
    this.label(shown.length);
    if (calm()) return;
    for (const row of rows) this.glide(row, glide ? before.get(row.dataset.key) : null);
  }

  glide(row, before) {
    if (!before) {
      row.animate([{ opacity: 0 }, { opacity: 1 }], GLIDE);
      return;
    }
    const way = before.top - row.getBoundingClientRect().top;
    if (way) row.animate([{ transform: `translateY(${way}px)` }, { transform: "none" }], GLIDE);
  }

  copy() {
    return this.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
  }

  fill(row, values) {
    row.dataset.key = keyOf(values);
    row.dataset.rank = values.rank ?? "";
    const texts = { ...values, rank: values.rank ?? "–", total: values.total || "–", names: (values.names ?? []).join(" ") };
    for (const slot of row.querySelectorAll("[data-slot]")) {
      const name = slot.dataset.slot;
      if (name === "move") slot.dataset.move = values.move > 0 ? "up" : values.move < 0 ? "down" : "none";
      else if (name === "places") slot.textContent = values.move ? Math.abs(values.move) : "";
      else slot.textContent = texts[name] ?? "";
    }
    row.querySelectorAll(".bar-fill").forEach((bar, place) => {
      bar.setAttribute("width", (Number(bar.dataset.full) * (values.parts[place] ?? 0)) / 1000);
    });
    return row;
  }

  label(shown) {
    const place = this.querySelector("[data-window]");
    if (place) place.textContent = `${this.first + 1}–${this.first + shown} / ${this.state.count}`;
  }
}

customElements.define("live-board", LiveBoard);
