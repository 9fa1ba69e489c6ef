"""Partners who consult: conventions, habilitations, profiles.

In: who asks, under which convention, why. Out: a view cut to the profile. It may never read the social action's room
(an import contract says so). Today it declares its systems: none of them runs yet, the page says so.
"""
