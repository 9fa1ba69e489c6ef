"""Mutation testing of the law: one thing changed at a time in a rule, and the worked cases must notice.

In: the rules (`limpide/droits/<right>/`), their cases (`cas.yaml`). Out: for each right, how many changed rules the
cases refuse, and those that they let pass (survivors), each explained in `survivants.toml` or to be covered by a case.
"""
