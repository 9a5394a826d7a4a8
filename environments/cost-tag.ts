/** Tag by which costs are told apart, and budgets find them. */
export const costTag = "group";
