// The person who stands before the desk: what is asked, ticked and still missing before a verdict can be said.

// code: the card's as it was scanned, "" for a person found by name; person null where the code is not on the list.
export function standing({ person, card, method, code = "" }) {
  const papers = new Set(card && !card.ended ? ["participation_card"] : []);
  const reasons = new Set(card?.ended ? ["card_ended"] : person ? [] : ["not_listed"]);
  return { person, card, method, code, papers, reasons, note: "", fault: "", refusing: Boolean(card?.ended) };
}

// What hinders this verdict: the key of a text, "" for nothing. asked: the papers that this event wants to see.
export function faultOf({ papers, reasons, note }, asked, verdict) {
  if (verdict === "refused") return reasons.size ? "" : "missing_reason";
  if (asked.some((one) => !papers.has(one))) return "missing_papers";
  return verdict === "late_admitted" && !note.trim() ? "missing_note" : "";
}
