"""Who is logged in, and what they may: read together at the beginning of each request."""

from allauth.account.auth_backends import AuthenticationBackend

from actors.models import User

from .logged_in import logged_in


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    def get_user(self, user_id: int) -> User | None:
        user = logged_in(user_id)
        return user if user and self.user_can_authenticate(user) else None
