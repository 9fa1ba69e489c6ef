"""What must hold for every household, checked on households drawn at random (`limpide.droits.hasard`)."""
