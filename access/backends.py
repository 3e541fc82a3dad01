"""Who is logged in, and what they may: read together at the beginning of each request."""

from allauth.account.auth_backends import AuthenticationBackend

from .logged_in import logged_in


class Backend(AuthenticationBackend):
    def get_user(self, user_id):
        user = logged_in(user_id)
        return user if user and self.user_can_authenticate(user) else None
