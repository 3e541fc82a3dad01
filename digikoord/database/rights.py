"""Where the application's role may change or delete rows. Everywhere else it reads and adds, and no more.

A test plays everything as that role: a right that is missing fails it, and one that nobody needs is named by it.
"""

# Nothing is added here by the application: the owner migrates.
READ_ONLY = {"django_migrations", "django_content_type", "auth_permission"}
UPDATES: set[str] = set()
DELETES: set[str] = set()
