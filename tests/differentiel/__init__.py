"""The comparison with OpenFisca-France."""
