"""Addresses of sign-in and of « Mon compte ». Registration answers that it is closed; the
management of several e-mail addresses has no address here.
"""

from allauth.account import views as allauth_views
from django.urls import path, re_path

from entremise.foundation.accounts import views

urlpatterns = [
    path("", views.my_account, name="my_account"),
    path("fermer-les-sessions", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("code-court", views.short_code, name="short_code"),
    path("ouvrir", views.SignIn.as_view(), name="account_login"),
    path("fermer", allauth_views.logout, name="account_logout"),
    path("inscription", allauth_views.signup, name="account_signup"),
    path("mot-de-passe", allauth_views.password_change, name="account_change_password"),
    path("mot-de-passe/definir", allauth_views.password_set, name="account_set_password"),
    path("mot-de-passe/oublie", allauth_views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(  # the key holds hyphens, the account before it none
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("inactif", allauth_views.account_inactive, name="account_inactive"),
    path("a-nouveau", allauth_views.reauthenticate, name="account_reauthenticate"),
]
