"""What people and their Caf say to each other: messages, appointments, contacts.

In: what the person or the agent writes. Out: threads, answers, appointments, a history. Nothing here reaches the law,
the payment nor the control: no room that computes may import this one, and no other processing declares its tables.
"""
