"""Who may erase an append-only row: the roles of two declared processings. Triggers ask."""

PURGE = "purge_conservation"
CYCLE = "cycle_conservation"
GEL = "gel_conservation"


def fonction() -> str:
    """`registre_effacement_permis()`: whether the role at work is one of those two (role names have a prefix)."""
    from limpide.registre.contexte import role_de

    roles = ", ".join(f"'{role_de(cle)}'" for cle in (PURGE, CYCLE))
    return (
        "CREATE OR REPLACE FUNCTION registre_effacement_permis() RETURNS boolean LANGUAGE sql STABLE AS $$ "
        f"SELECT current_user = ANY (ARRAY[{roles}]::name[]) $$;"
    )
