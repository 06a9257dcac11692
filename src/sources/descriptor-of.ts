import type { SourceDescriptor } from "./descriptor.ts";
import { SOURCES } from "./descriptors.ts";

/** The source with this id. Throws where there is none, since every question comes from one. */
export function descriptorOf(id: string): SourceDescriptor {
  const found = SOURCES.find((one) => one.id === id);
  if (!found) throw new Error(`there is no source ${id}`);
  return found;
}
