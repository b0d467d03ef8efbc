/** What the scripts say, in the language of the page: the server puts it there once (`{% words %}`). */
export type Words = Record<string, string>;

let known: Words | undefined;

export function words(): Words {
  known ??= JSON.parse(document.getElementById("words")?.textContent ?? "{}") as Words;
  return known;
}

/** A sentence with its gaps filled; one the server did not send is shown by its name. */
export function say(name: string, values: Record<string, string | number> = {}, from: Words = words()): string {
  return (from[name] ?? name).replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}
