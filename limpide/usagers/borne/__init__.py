"""Kiosks: terminals shared by everybody in a Caf's reception, where one reads one's file and leaves nothing behind.

In: the terminal's own token, then the same number, password and code as on the site. Out: pages under `/borne/` only.
A session opened at a kiosk opens nothing else, and a kiosk opens nothing that would keep a session longer.
"""
