"""Who is logged in, and what they may: read together at the beginning of each request."""

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class Backend(AuthenticationBackend):
    def get_user(self, user_id):
        user = User.objects.logged_in(user_id)
        return user if user and self.user_can_authenticate(user) else None
