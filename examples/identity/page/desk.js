// The cookie is not to be seen here: the browser has it, and sends it with each of these requests.
const find = (id) => document.getElementById(id);

async function show(text) {
  const answer = await fetch("/v1/me");
  const caller = answer.ok ? await answer.json() : null;
  find("caller").textContent = text ?? (caller ? `You are ${caller.id}, by ${caller.kind}.` : "Nobody is signed in.");
  find("sign-in").hidden = caller !== null;
  find("sign-out").hidden = caller === null;
}

find("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/v1/session", { method: "PUT", headers, body });
  event.target.passphrase.value = "";
  await show(answer.ok ? undefined : (await answer.json()).title);
});

find("sign-out").addEventListener("click", async () => {
  await fetch("/v1/session", { method: "DELETE" });
  await show();
});

show();
