"""The claim of RSA online (S02): questions, draft, submission, receipt.

In: answers of a connected person who has no open file. Out: one transaction that makes the file, the claim, its facts
and its sealed content, or nothing. Takes no decision. Calls `dossiers` and the simulator's questions.
"""
