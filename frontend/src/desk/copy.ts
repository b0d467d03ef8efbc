import { say } from "../parts/words";

/** `data-copies="id"` puts the words of an input on the clipboard; where there is none, it selects them. */
export function listen(root: Document = document): void {
  root.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copies]");
    const input = button && (root.getElementById(button.dataset.copies ?? "") as HTMLInputElement | null);
    if (button && input) void copy(button, input);
  });
}

async function copy(button: HTMLElement, input: HTMLInputElement): Promise<void> {
  input.select();
  try {
    await navigator.clipboard.writeText(input.value);
    button.lastChild?.replaceWith(say("copied"));
  } catch {
    // Without the right to the clipboard the words are selected: Ctrl C takes them.
  }
}
