/** The theme switches at once; the form still remembers it on this device. */
export function listen(root: Document = document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!form.matches("[data-appearance]") || button?.name !== "theme") return;
    event.preventDefault();
    choose(root, button.value);
    void fetch(form.action, { method: "POST", body: new FormData(form, button), redirect: "manual" });
  });
}

function choose(root: Document, theme: string): void {
  if (theme) root.documentElement.dataset.theme = theme;
  else delete root.documentElement.dataset.theme;
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-appearance] [name="theme"]')) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
