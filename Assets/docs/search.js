// Finds operations by words of their path, summary, id and codes.

/** @typedef {import("./document.js").Group} Group */

/**
 * The groups with the operations in which every word occurs; groups without any are left out.
 * @param {Group[]} groups
 * @param {string} query
 * @returns {Group[]}
 */
export function search(groups, query) {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return groups;
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter((operation) =>
        words.every((word) => operation.words.includes(word) || group.name === word)),
    }))
    .filter((group) => group.operations.length > 0);
}
