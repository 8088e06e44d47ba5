// One upload: sent with its progress, stopped when asked, answered with the address of the job or with what is wrong.
import type { Chosen } from "./files.ts";

export interface Answer {
  readonly job?: string;
  readonly problem?: string;
  readonly remedy?: string;
}

export interface Sending {
  readonly done: Promise<Answer | "lost" | "stopped">;
  stop(): void;
}

export function parsed(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Answer) : undefined;
  } catch {
    return undefined;
  }
}

export function send(form: HTMLFormElement, chosen: readonly Chosen[], told: (share: number) => void): Sending {
  const body = new FormData();
  // The token stands first: the server reads no further without it.
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  for (const one of chosen) body.append("files", one.file, one.path);
  const request = new XMLHttpRequest();
  const done = new Promise<Answer | "lost" | "stopped">((resolve) => {
    request.upload.addEventListener("progress", (event) => told(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener("load", () => resolve(parsed(request.responseText) ?? "lost"));
    request.addEventListener("error", () => resolve("lost"));
    request.addEventListener("abort", () => resolve("stopped"));
  });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
  return { done, stop: () => request.abort() };
}
