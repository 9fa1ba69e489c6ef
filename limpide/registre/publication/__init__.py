"""The public face of the register: the page « Informatique et libertés », and the full sheet of each system.

In: the systems and processings of the register. Out: what anybody may read, in plain French first. `page` orders it as
the page of the Caf does, `fiche` says everything of one system, `views` serves both. No personal data.
"""
