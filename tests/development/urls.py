from debug_toolbar.toolbar import debug_toolbar_urls

from digikoord.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, *debug_toolbar_urls()]
