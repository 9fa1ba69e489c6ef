"""Rights that a household seems entitled to and does not claim: offered to the person alone, and declined for good.

In: the facts of the person's own file, without any health fact; what is claimed, received or declined. Out: estimations
with their calculation, never a decision. Nothing is kept but what was declined. Calls `dossiers` and the law.
"""
