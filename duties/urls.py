from django.urls import path

from .views import duties, extensions, notices

app_name = "duties"

urlpatterns = [
    path("skyldighet/<int:pk>/", duties.detail, name="duty_detail"),
    path("skyldighet/<int:pk>/begar-anstand/", extensions.ask, name="extension_ask"),
    path("anstand/<int:pk>/bevilja/", extensions.grant, name="extension_grant"),
    path("anstand/<int:pk>/avsla/", extensions.refuse, name="extension_refuse"),
    path("anstand/<int:pk>/aterta/", extensions.withdraw, name="extension_withdraw"),
    path("meddelanden/", notices.list_, name="notices"),
    path("meddelanden/lasta/", notices.read, name="read_notices"),
    path("meddelanden/<int:pk>/oppna/", notices.open_, name="notice_open"),
    path("meddelanden/installningar/", notices.choose, name="notice_choose"),
]
