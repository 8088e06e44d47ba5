"""Headers of every answer: nothing from elsewhere, no script in a page, nobody frames us, nothing is kept."""

from __future__ import annotations

from inspect import isawaitable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quellenlage.views.web.access.settings import Settings

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
_YEAR = 365 * 24 * 3600


def security_headers(settings: Settings) -> dict[str, str]:
    """What every answer carries unless it says otherwise itself, by lower-case name."""
    # Browsers send "Origin: null" with the forms of a page without referrer. Encrypted or on this machine they also
    # send Sec-Fetch-Site; elsewhere the origin is all there is to tell our forms from those of others.
    trustworthy = settings.https or settings.local
    found = {
        "content-security-policy": CSP,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer" if trustworthy else "same-origin",
        "permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        "cross-origin-resource-policy": "same-origin",
        "x-robots-tag": "noindex, nofollow",
        # After a logout the button "back" shows nothing; on one's own machine it may be quick.
        "cache-control": "private, no-cache" if settings.local else "no-store",
    }
    if trustworthy:
        found["cross-origin-opener-policy"] = "same-origin"
    if settings.https:
        found["strict-transport-security"] = f"max-age={_YEAR}"
    return found


class SecurityHeaders:
    """The outermost guard: adds the headers to every answer, also to that of a failure."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Take what is inside."""
        self.app = app
        self._headers = [(k.encode(), v.encode()) for k, v in security_headers(settings).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and add to what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def secured(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                own = message.get("headers", [])
                names = {name.lower() for name, _ in own}
                message["headers"] = [*own, *(pair for pair in self._headers if pair[0] not in names)]
            await send(message)

        try:
            await self.app(scope, receive, secured)
        except Exception as error:
            # What answers failures stands outside all that an application adds, so it is asked for its answer here.
            handlers = scope["app"].exception_handlers if "app" in scope else {}
            handler = handlers.get(500) or handlers.get(Exception)
            if handler is not None and not started:
                answer = handler(Request(scope, receive), error)
                await (await answer if isawaitable(answer) else answer)(scope, receive, secured)
            raise
