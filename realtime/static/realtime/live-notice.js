// <live-notice topic="board:GZ-2026-046" ticket="" version="41">: the newest state of a topic, as `notice` events.
//
// event.detail = { topic, version, state, changed_at }; versions only rise. The attribute `line` says how it stands:
// "live" (socket open), "polling" (no socket, public topics only), "waiting" (trying again), "refused" (may not watch).
// A <data-age> inside it, or anywhere with the same topic, shows how old the confirmation is that this is the newest.
const BEAT = 20000;
const PATIENCE = 8000;
const POLL = 5000;
const LONGEST = 15000;

const jitter = (length) => length * (0.5 + Math.random() / 2);

export class LiveNotice extends HTMLElement {
  connectedCallback() {
    this.topic = this.getAttribute("topic");
    this.ticket = this.getAttribute("ticket") ?? "";
    this.have = Number(this.getAttribute("version") ?? 0);
    this.failures = 0;
    this.comeBack = () => (document.hidden ? undefined : this.wake());
    document.addEventListener("visibilitychange", this.comeBack);
    window.addEventListener("online", this.comeBack);
    this.open();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.comeBack);
    window.removeEventListener("online", this.comeBack);
    this.rest();
    this.socket?.close();
    this.socket = null;
  }

  rest() {
    for (const timer of [this.beating, this.deadline, this.retrying, this.polling]) clearTimeout(timer);
  }

  open() {
    this.rest();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/notices`);
    this.socket = socket;
    this.deadline = setTimeout(() => socket.close(), PATIENCE);
    socket.onopen = () => this.send({ watch: this.topic, ticket: this.ticket, have: this.have });
    socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    socket.onclose = ({ code }) => this.closed(socket, code);
  }

  send(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify(message));
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.socket?.close(), PATIENCE);
    clearTimeout(this.beating);
    this.beating = setTimeout(() => this.send({ have: this.have }), jitter(BEAT));
  }

  hear(message) {
    clearTimeout(this.deadline);
    this.failures = 0;
    this.setAttribute("line", "live");
    if (message.ticket) this.ticket = message.ticket;
    else this.take(message);
  }

  // The server confirmed what we have, or sent something newer.
  take(message) {
    if (message.version > this.have) {
      this.have = message.version;
      this.setAttribute("version", this.have);
      this.dispatchEvent(new CustomEvent("notice", { detail: message, bubbles: true }));
    }
    const ages = [...this.querySelectorAll("data-age"), ...document.querySelectorAll("data-age[topic]")];
    for (const age of ages) if (this.contains(age) || age.getAttribute("topic") === this.topic) age.confirm();
  }

  closed(socket, code) {
    if (socket !== this.socket) return;
    this.rest();
    this.socket = null;
    if (code === 4403) {
      this.setAttribute("line", "refused");
      this.dispatchEvent(new CustomEvent("refused", { bubbles: true }));
      return;
    }
    this.failures += 1;
    this.setAttribute("line", this.ticket || this.failures < 2 ? "waiting" : "polling");
    this.retrying = setTimeout(() => this.open(), jitter(Math.min(LONGEST, 500 * 2 ** this.failures)));
    if (!this.ticket && this.failures >= 2) this.poll();
  }

  // A public topic can also be read without a socket, for example behind a proxy that drops them.
  async poll() {
    clearTimeout(this.polling);
    this.polling = setTimeout(() => this.poll(), jitter(POLL));
    try {
      const answer = await fetch(`/api/v1/notices/${encodeURIComponent(this.topic)}`, {
        headers: { "If-None-Match": `"${this.have}"` },
        cache: "no-store",
      });
      if (answer.status === 304) this.take({ version: this.have });
      else if (answer.ok) this.take(await answer.json());
    } catch {
      this.setAttribute("line", "waiting");
    }
  }

  // The page is looked at again, or the line is back: do not wait for the next beat.
  wake() {
    if (this.getAttribute("line") === "refused") return;
    if (this.socket) this.send({ have: this.have });
    else this.open();
  }
}

// <data-age fresh="live" seconds="{n} s ago" minutes="{n} min ago" none="not yet">: texts come translated from the page.
export class DataAge extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  confirm() {
    this.at = Date.now();
    this.show();
  }

  show() {
    const age = this.at ? Math.round((Date.now() - this.at) / 1000) : null;
    const old = age === null || age > 45;
    this.toggleAttribute("old", old);
    const [form, count] = age === null ? ["none", 0] : age <= 25 ? ["fresh", 0] : age < 120 ? ["seconds", age] : ["minutes", Math.round(age / 60)];
    const text = (this.getAttribute(form) ?? (count ? `{n}` : "")).replace("{n}", count);
    if (this.textContent !== text) this.textContent = text;
  }
}

customElements.define("data-age", DataAge);
customElements.define("live-notice", LiveNotice);
