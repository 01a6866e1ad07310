// <deadline-clock ends now>: counts down to a server's deadline. The page brings both moments; the device only measures what
// has passed since, by the clock that went further (one of them stands still while a laptop sleeps), never what time it is.

const SECOND = 1000;
const SOON = 3600;
const TODAY = 86400;

const two = (n) => String(n).padStart(2, "0");

class DeadlineClock extends HTMLElement {
  connectedCallback() {
    this.left = new Date(this.getAttribute("ends")) - new Date(this.getAttribute("now"));
    this.steady = performance.now();
    this.wall = Date.now();
    this.tick();
    this.timer = setInterval(() => this.tick(), SECOND);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const passed = Math.max(performance.now() - this.steady, Date.now() - this.wall);
    const seconds = Math.max(0, Math.ceil((this.left - passed) / SECOND));
    this.textContent = seconds ? this.words(seconds) : this.getAttribute("over");
    this.classList.toggle("tone-danger", seconds < SOON);
    this.classList.toggle("tone-warning", seconds >= SOON && seconds < TODAY);
    if (!seconds) clearInterval(this.timer);
  }

  words(seconds) {
    const days = Math.floor(seconds / TODAY);
    const clock = [seconds % TODAY / 3600, seconds % 3600 / 60, seconds % 60].map((n) => two(Math.floor(n))).join(":");
    return days ? `${days} ${this.getAttribute("days")} ${clock}` : clock;
  }
}

customElements.define("deadline-clock", DeadlineClock);
