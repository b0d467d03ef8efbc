/** Dialogs, menus and toasts: native elements, opened and closed by attributes. */

/** `data-opens="id"` opens a dialog, `data-closes` closes what it stands in. */
export function listen(root: Document = document): void {
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-opens]");
    if (opener) open(root.getElementById(opener.dataset.opens ?? ""));
    if (target.closest("[data-closes]")) close(target);
    if (target instanceof HTMLDialogElement) target.close();
    closeMenus(root, target.closest("[data-menu]"));
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = root.activeElement?.closest<HTMLDetailsElement>("[data-menu][open]");
    closeMenus(root, null);
    menu?.querySelector("summary")?.focus();
  });
}

export function open(dialog: Element | null): void {
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function close(target: Element): void {
  const toast = target.closest("[data-toast]");
  if (toast) toast.remove();
  else target.closest("dialog")?.close();
}

function closeMenus(root: Document, except: Element | null): void {
  for (const menu of root.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

const SHOWN_FOR = 6_000;

/** A toast goes by itself, unless it says `stays`; one that is pointed at or read waits. */
export function passToasts(root: ParentNode): void {
  for (const toast of root.querySelectorAll<HTMLElement>('[data-toast=""]:not([data-passing])')) {
    toast.dataset.passing = "";
    const pass = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(pass, SHOWN_FOR);
      else toast.remove();
    };
    setTimeout(pass, SHOWN_FOR);
  }
}
