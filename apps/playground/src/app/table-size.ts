/** How many candidates the table shows. */
export const tableSize = 14;
