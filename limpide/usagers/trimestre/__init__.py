"""The quarterly declaration of resources: what the Caf knows, what the person corrects and adds, one sealed sending.

In: the facts of the file over three months, and a form. Out: facts, tasks where two sources disagree, a receipt.
"""
