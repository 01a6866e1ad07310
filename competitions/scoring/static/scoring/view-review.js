// Before handing in: every sub-criterion of the work, what is missing in it, and the way there.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { hue } from "./points.js";
import { t } from "./words.js";

const named = (missing) => missing.slice(0, 5).map((m) => m.aspect.code).join("、") + (missing.length > 5 ? " …" : "");

function standing(pen, stub, sheet) {
  if (stub.state === "submitted") return ["done", `✓ ${t("submitted")}`];
  if (!sheet) return ["wait", t("not_loaded_short")];
  if (pen.handed.has(stub.uid)) return ["wait", t("handed")];
  const missing = pen.missing(sheet);
  return missing.length ? ["open", t("missing_n", { n: missing.length, codes: named(missing) })]
    : ["full", t("ready")];
}

// Measurements that wait for this judge's word, over the whole work.
function unconfirmed(pen, sheets) {
  return sheets.flatMap((sheet) => pen.missing(sheet).filter((one) => one.why === "unconfirmed" && !pen.word(sheet, one.aspect))
    .map(({ aspect }) => ({ sheet, aspect })));
}

export function review(app, { work, subs }) {
  const { desk } = app;
  const { pen } = desk;
  const rows = subs.map((sub) => {
    const stub = desk.stub(work.uid, sub.code);
    const sheet = desk.sheets.get(stub.uid);
    return { sub, sheet, standing: standing(pen, stub, sheet) };
  });
  const ready = rows.filter((row) => row.standing[0] === "full").map((row) => row.sheet);
  const open = unconfirmed(pen, rows.filter((row) => row.sheet && pen.state(row.sheet) === "open").map((row) => row.sheet));
  const submit = async () => {
    for (const sheet of ready) await pen.submit(sheet);
    app.close();
  };
  return html`<dialog class="jd-dialog" aria-labelledby="review-title" @close=${() => app.close()}>
    <div class="jd-dialog-head"><p class="jd-chip jd-chip-small ${hue(work.code)}">${work.code}</p>
      <h2 id="review-title">${t("review_title")}</h2>
      <button type="button" class="jd-quiet" @click=${() => app.close()}>${t("close")}</button></div>
    <ul class="jd-rows">${rows.map(({ sub, standing: [kind, text] }) => html`<li>
      <button type="button" class="jd-row jd-row-${kind}" @click=${() => app.go(work, sub)}>
        <b>${sub.code}</b><span>${sub.name}</span><em>${text}</em></button></li>`)}</ul>
    <div class="jd-dialog-foot">
      ${open.length ? html`<button type="button" class="jd-step" @click=${() => open.forEach(({ sheet, aspect }) => pen.say(sheet, aspect, true))}>
        ${t("confirm_all", { n: open.length })}</button>` : nothing}
      <button type="button" class="jd-step jd-step-main" ?disabled=${!ready.length} @click=${submit}>${t("submit_n", { n: ready.length })}</button>
    </div></dialog>`;
}
