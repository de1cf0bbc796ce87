/** The name of an edition as it is read: `2026 Q4`. */
export function printEdition(id: string): string {
  return id.toUpperCase().replace('Q', ' Q');
}
