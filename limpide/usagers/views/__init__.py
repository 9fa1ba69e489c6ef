"""Views of the citizen's room, by screen: simulator, login, Mon Compte."""
