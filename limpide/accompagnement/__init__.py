"""Social action and support of families: what social workers write is sealed from the benefit file.

In: a request for help, a campaign a family may refuse. Out: a help granted, anonymous figures. It may never call the
control room, and nobody may read its sealed records. Today it declares its systems: none of them runs yet.
"""
