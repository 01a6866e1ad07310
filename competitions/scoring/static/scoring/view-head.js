// The head of the tablet, and what the judge must know before anything else.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { token } from "./api.js";
import { t } from "./words.js";

const LINES = { on: ["good", "line_on"], off: ["warning", "line_off"], out: ["danger", "line_out"] };

const clock = () => new Date().toLocaleTimeString("zh", { hour: "2-digit", minute: "2-digit", hour12: false });

const named = (event) => (document.documentElement.lang === "en" && event?.name_en) || event?.name || t("scoring");

const pill = (tone, text) => html`<span class="jd-pill jd-pill-${tone}">${text}</span>`;

export function head({ desk }) {
  const { seat, event } = desk.facts ?? {};
  const [tone, line] = LINES[desk.line];
  return html`<header class="jd-head">
    <h1 class="jd-event">${named(event)}</h1>
    <p class="jd-seat">${seat ? t("seat", { n: seat.number }) : ""}${seat?.records ? html` · <b>${t("recorder")}</b>` : nothing}</p>
    <p class="jd-pills">
      ${pill(tone, t(line))}
      ${pill("good", t("delivered", { n: desk.pen.delivered }))}
      ${pill(desk.pen.kept ? "ink" : "muted", t("kept", { n: desk.pen.kept }))}
    </p>
    <time class="jd-clock">${clock()}</time>
    <form method="post" action="/sign-out/" data-guard="outbox" class="jd-out">
      <input type="hidden" name="csrfmiddlewaretoken" .value=${token()}>
      <button type="submit" class="jd-quiet">${t("sign_out")}</button>
    </form>
  </header>`;
}

const notice = (tone, text, action = nothing) => html`<div class="jd-notice jd-notice-${tone}"><p>${text}</p>${action}</div>`;

// Another tab of this tablet has signed out: no work stays on the screen.
export const gone = () => html`<div class="jd-wait" role="alert"><h1>${t("signed_out_here")}</h1><p>${t("signed_out_there")}</p>
  <a class="jd-quiet" href="/card/?next=/judge/">${t("sign_in_again")}</a></div>`;

// A browser that stores nothing (a private window, a full disk) keeps no mark either: nobody scores on it.
export const noDisk = () => html`<div class="jd-wait" role="alert"><h1>${t("no_disk")}</h1><p>${t("no_disk_hint")}</p>
  <button type="button" class="btn btn-primary" @click=${() => location.reload()}>${t("reload")}</button></div>`;

export function notices(app) {
  const { desk } = app;
  const { pen } = desk;
  const unsent = { n: pen.kept };
  const out = html`<a class="jd-quiet" href="/card/?next=/judge/">${t("sign_in_again")}</a>`;
  const understood = (act) => html`<button type="button" class="jd-quiet" @click=${act}>${t("understood")}</button>`;
  const seen = understood(() => { app.held = ""; app.draw(); });
  const loaded = { loaded: desk.loaded, all: desk.stubs.size };
  return html`
    ${desk.line === "out" ? notice("danger", t(pen.kept ? "signed_out_kept" : "signed_out", unsent), out) : nothing}
    ${desk.line === "off" ? notice("warning", t("offline", loaded)) : nothing}
    ${app.held === "offline" ? notice("danger", t("sign_out_offline"), seen) : nothing}
    ${app.held === "unsent" && pen.kept ? notice("danger", t("sign_out_held", unsent), seen) : nothing}
    ${pen.refused.length ? notice("danger", html`${t("refused", { n: pen.refused.length })}
      ${pen.refused.map((item) => html`<br><b>${item.label}</b> ${item.message}`)}`, understood(() => pen.read())) : nothing}`;
}
