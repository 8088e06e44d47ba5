// Files and folders that were dropped on the page, folders to their bottom.
import type { Chosen } from "./files.ts";

function file(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives at most a hundred entries at a time, and none when it is done. */
async function members(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    found.push(...some);
  }
}

async function walk(entry: FileSystemEntry, most: number, found: Chosen[]): Promise<void> {
  if (found.length > most) return;
  if (entry.isFile) {
    found.push({ file: await file(entry as FileSystemFileEntry), path: entry.fullPath.replace(/^\//, "") });
  } else if (entry.isDirectory) {
    for (const member of await members(entry as FileSystemDirectoryEntry)) await walk(member, most, found);
  }
}

/** All that was dropped; after `most` files it stops, since so many cannot be sent. */
export async function dropped(data: DataTransfer, most: number): Promise<Chosen[]> {
  const entries = [...data.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  const loose = [...data.files];
  const found: Chosen[] = [];
  if (entries.some((entry) => entry !== null)) {
    for (const entry of entries) if (entry) await walk(entry, most, found);
    return found;
  }
  return loose.map((one) => ({ file: one, path: one.name }));
}
