"""The rights desk (S44): a person asks for their data, corrects, objects; the officer answers in time.

In: a request, online or by letter with its identity check. Out: a dated answer, and for an access the person's data,
gathered from every declaration. `regles` says what may be asked and how a request moves, `modeles` holds,
`services` decides, `assemblage` gathers, `document` writes. Knows no other room: rooms bring their own words.
"""
