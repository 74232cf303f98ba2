// Sends a form of a page with a circuit by a request of its own: what gives the browser a new cookie cannot travel on the
// circuit. Takes the fields marked with data-field, by that name; the answer goes back to the component.
export async function send(formId, url) {
  const form = document.getElementById(formId);
  const body = new URLSearchParams();
  for (const input of form.querySelectorAll("[data-field]")) body.append(input.dataset.field, input.value);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { Accept: "application/json", RequestVerificationToken: form.querySelector("[name=__RequestVerificationToken]").value },
      body,
    });
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) form.reset();
    return { status: answer.status, detail: told.detail ?? null, errors: told.errors ?? [], ended: told.ended ?? 0 };
  } catch {
    return { status: 0, detail: null, errors: [], ended: 0 };
  }
}

// Sends a form as a press of its button would: what it answers is a file, which the browser saves while the page stays.
export function submit(formId) {
  document.getElementById(formId).requestSubmit();
}
