// The judge's door of the API. Three ways to fail: no line (TypeError, timeout, 5xx: try again), SignedOut, Refused.
const BASE = "/api/v1/judge/";
const PATIENCE = 15000;

export class SignedOut extends Error {
  stop = true; // the outbox keeps everything and waits for the next sign-in
}

export class Refused extends Error {
  constructor(problem) {
    const places = Object.entries(problem.problems ?? {}).map(([place, why]) => `${place}: ${[why].flat().join(" ")}`);
    super([problem.title, ...places].filter(Boolean).join(" · "));
    this.code = problem.code ?? "refused";
  }
}

// Signing in again in another tab renews the cookie, so it is read for each request.
export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

export async function ask(path, body) {
  const answer = await fetch(BASE + path, {
    method: body === undefined ? "GET" : "POST",
    headers: body === undefined ? {} : { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.ok) return answer.json();
  if (answer.status === 401 || answer.status === 403) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Error(`status ${answer.status}`);
  throw new Refused(await answer.json().catch(() => ({ title: `HTTP ${answer.status}` })));
}

export async function desk(seat) {
  const found = await ask("desk");
  if (found.seat.uid !== seat) throw new SignedOut();
  return found;
}

export const sheet = (uid) => ask(`sheets/${uid}`);

const refusal = (item, error) => ({
  client_id: item.client_id, verdict: "refused", code: error.code, message: error.message,
});

export async function sendMarks(items) {
  const marks = items.map(({ client_id, sheet, aspect, value, tapped_at }) => ({
    client_id, sheet, aspect, value, tapped_at,
  }));
  try {
    const { verdicts } = await ask("marks", { marks });
    // Another seat has signed in on this tablet: these marks wait for the seat that made them.
    if (verdicts.some((one) => one.code === "not_your_sheet")) throw new SignedOut();
    return verdicts;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // One bad tap must not hold up the others: go on one by one.
    return items.length > 1 ? sendMarks(items.slice(0, 1)) : [refusal(items[0], error)];
  }
}

// A judge confirms the measurement that was seen: when the recorder has changed it since, the word does not count.
export async function sendSubmit(item, { changed, took }) {
  try {
    if (item.confirmations.length) {
      const fresh = await sheet(item.sheet);
      const now = new Map(fresh.aspects.map((aspect) => [aspect.uid, aspect.panel_value]));
      const moved = fresh.state === "open" && item.confirmations.some((word) => now.get(word.aspect) !== word.seen);
      if (moved) {
        took(fresh);
        return { client_id: item.client_id, verdict: "refused", code: "measurement_changed", message: changed };
      }
    }
    const confirmations = item.confirmations.map(({ aspect, agrees, reason }) => ({ aspect, agrees, reason }));
    took(await ask(`sheets/${item.sheet}/submit`, { client_id: item.client_id, confirmations }));
    return { client_id: item.client_id, verdict: "taken", code: "", message: "" };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refusal(item, error);
  }
}
