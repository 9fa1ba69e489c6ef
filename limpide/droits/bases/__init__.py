"""Law shared by several rights: who is a child in charge, what the household is, what its members earn.

Comes in: the law records and the parameters of each month of the window. Goes out: counts, ages, sums.
`charge`: dependent children of family benefits; `foyer`: the household of RSA and prime d'activité; `trimestre`: its
reference months; `sejour`: residence and right of stay; `revenus`: incomes month by month; `mots`: the French of
amounts. Calls `moteur`.
"""
