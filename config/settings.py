"""Settings. Each can be set in the environment: docs/reference/settings.md lists them."""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

import originmark
from config import environment

HOME = environment.home()
DEBUG = environment.flag("ORIGINMARK_DEBUG", default=False)
SECRET_KEY = environment.secret("ORIGINMARK_SECRET_KEY")
SERIAL_KEY = environment.secret("ORIGINMARK_SERIAL_KEY")
LOG_KEY = environment.secret("ORIGINMARK_LOG_KEY")
CREDENTIAL_KEY = environment.secret("ORIGINMARK_CREDENTIAL_KEY")
SECRET_KEEPER = "config.environment.keep"  # noqa: S105 (who keeps them, not one of them)
ALLOWED_HOSTS = environment.words(
    "ORIGINMARK_HOSTS", default="localhost,127.0.0.1,[::1],testserver"
)
PUBLIC_URL = environment.words("ORIGINMARK_PUBLIC_URL", default="http://localhost:8000")[0].rstrip(
    "/"
)
IDENTIFIER_BASE = environment.words("ORIGINMARK_IDENTIFIER_BASE", default="urn:originmark:local:")[
    0
]
IS_DEMONSTRATION = (
    environment.flag("ORIGINMARK_DEMO", default=False) or (HOME / "demonstration").exists()
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
PROXIES = environment.words("ORIGINMARK_PROXIES", default="")  # of our own, in front of us
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "originmark.frame.web",  # first: its templates stand before those of allauth
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "axes",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "originmark.frame.jobs",
    "originmark.origin.parties",
    "originmark.origin.places",
    "originmark.origin.products",
    "originmark.origin.certificates",
    "originmark.trace.ledger",
    "originmark.trace.lots",
    "originmark.mark.schemes",
    "originmark.mark.evaluation",
    "originmark.mark.licensing",
    "originmark.mark.labels",
    "originmark.mark.passport",
    "originmark.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "originmark.frame.web.middleware.HistoryMiddleware",
    "originmark.frame.web.middleware.RefusalMiddleware",
    "originmark.origin.parties.second_factor.require_second_factor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "originmark.frame.web.context.page",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{HOME / 'originmark.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # writers queue instead of failing half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
CSRF_FAILURE_VIEW = "originmark.frame.web.error_pages.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "originmark.origin.parties.sign_in.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,20/15m/key"}  # on top of axes; the rest: allauth's
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_ADAPTER = "originmark.origin.parties.sign_in.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Originmark"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PUBLIC_URL.startswith("http://localhost")
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "originmark.origin.parties.sign_in.name_typed"
AXES_LOCKOUT_TEMPLATE = "parties/locked_out.html"
REQUIRE_SECOND_FACTOR = environment.flag("ORIGINMARK_REQUIRE_SECOND_FACTOR", default=False)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("vi", "Tiếng Việt"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [Path(originmark.__file__).parent / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = environment.words("ORIGINMARK_TIME_ZONE", default="Asia/Shanghai")[0]

FORMAT_MODULE_PATH = ["originmark.frame.web.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedStaticFilesStorage"},
}

# A base map under the drawing of plots. None by default: published maps are regulated in Vietnam
# and China, so an installation names its own, as in https://maps.example/{z}/{x}/{y}.png.
MAP_TILES_URL = environment.text("ORIGINMARK_MAP_TILES_URL", default="")
MAP_TILES_CREDIT = environment.text("ORIGINMARK_MAP_TILES_CREDIT", default="")
MAP_HOSTS = ["/".join(MAP_TILES_URL.split("/")[:3])] if MAP_TILES_URL else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *MAP_HOSTS],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
EMAIL_HOST = environment.text("ORIGINMARK_MAIL_HOST", default="")
EMAIL_PORT = int(environment.text("ORIGINMARK_MAIL_PORT", default="587"))
EMAIL_HOST_USER = environment.text("ORIGINMARK_MAIL_USER", default="")
EMAIL_HOST_PASSWORD = environment.text("ORIGINMARK_MAIL_PASSWORD", default="")
EMAIL_USE_TLS = True
EMAIL_FILE_PATH = HOME / "mail"  # where letters go while no mail host is set
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if EMAIL_HOST else "filebased.EmailBackend"
)
DEFAULT_FROM_EMAIL = environment.words("ORIGINMARK_MAIL_FROM", default="originmark@localhost")[0]

JOBS_STALE_S = float(environment.words("ORIGINMARK_JOBS_STALE_S", default="30")[0])

# The name of the transparency log, for good once its first key has signed.
LOG_ORIGIN = environment.text(
    "ORIGINMARK_LOG_ORIGIN", default=PUBLIC_URL.split("//")[-1] + "/epcis/log"
)
LEDGER_MINUTES_AHEAD = int(environment.words("ORIGINMARK_LEDGER_MINUTES_AHEAD", default="5")[0])
LEDGER_MOST_EVENTS = int(environment.words("ORIGINMARK_LEDGER_MOST_EVENTS", default="10000")[0])
LEDGER_WAIT_BYTES = int(environment.words("ORIGINMARK_LEDGER_WAIT_BYTES", default="2097152")[0])
LEDGER_MOST_BYTES = int(environment.words("ORIGINMARK_LEDGER_MOST_BYTES", default="268435456")[0])
LEDGER_MOST_FILE_EVENTS = int(
    environment.words("ORIGINMARK_LEDGER_MOST_FILE_EVENTS", default="500000")[0]
)
# rule=off, =warn or =refuse; the rules are in originmark.trace.ledger.semantic_values.
LEDGER_SEMANTICS = environment.words(
    "ORIGINMARK_LEDGER_SEMANTICS",
    default="foreign_identifier=refuse,never_commissioned=off,*=warn",
)
LEDGER_MOST_STREAMS = int(environment.words("ORIGINMARK_LEDGER_MOST_STREAMS", default="200")[0])
LEDGER_WEBHOOKS_TO_PRIVATE = environment.flag(
    "ORIGINMARK_LEDGER_WEBHOOKS_TO_PRIVATE", default=False
)
LEDGER_WEBHOOK_EVENTS = int(environment.words("ORIGINMARK_LEDGER_WEBHOOK_EVENTS", default="100")[0])
LEDGER_WEBHOOK_ATTEMPTS = int(
    environment.words("ORIGINMARK_LEDGER_WEBHOOK_ATTEMPTS", default="15")[0]
)
LEDGER_WEBHOOK_SECONDS = float(
    environment.words("ORIGINMARK_LEDGER_WEBHOOK_SECONDS", default="10")[0]
)

# Registration codes that do not match are remarked upon, not refused (the official definition of
# the format is not public; these are the shapes seen in published codes).
GROWING_AREA_CODE_PATTERN = environment.text(
    "ORIGINMARK_GROWING_AREA_CODE_PATTERN", default=r"VN-[A-Z]{2,3}OR-\d{3,4}"
)
PACKING_FACILITY_CODE_PATTERN = environment.text(
    "ORIGINMARK_PACKING_FACILITY_CODE_PATTERN", default=r"VN-[A-Z]{2,3}PH-\d{3,4}"
)

STAR_NOTICE_LEAD_DAYS = int(environment.words("ORIGINMARK_STAR_NOTICE_LEAD_DAYS", default="30")[0])

COMMITMENT_RULES = environment.text("ORIGINMARK_COMMITMENT_RULES", default="")  # as SCAN_POLICY
LABEL_RULES = environment.text("ORIGINMARK_LABEL_RULES", default="")  # a folder of rule sets
SCAN_PAGE_S = float(environment.words("ORIGINMARK_SCAN_PAGE_S", default="5")[0])
SCAN_POLICY = environment.text("ORIGINMARK_SCAN_POLICY", default="")  # a path, or the shipped one

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # a page that is not there is no mistake of ours
    },
}
