"""Control under guard: which files a person should look at, and why; never a decision.

In: declared facts only. Out: a task for a person, with its reasons. It reads the files' room and never writes there;
it hears nothing of contacts nor of social action. Today it declares its systems: none of them runs yet.
"""
