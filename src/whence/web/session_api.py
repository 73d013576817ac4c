"""The address at which a browser gives the token and gets a cookie for it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel, ConfigDict, Field

from whence.web import examples
from whence.web.access import Token


class SignIn(BaseModel):
    """What the page of signing in sends."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=1_000, description="The one that the server was started with.")


def router(token: Token) -> APIRouter:
    """The addresses, for an explorer that wants a token."""
    made = APIRouter(prefix="/api", responses=examples.WRITING, default_response_class=Response)

    @made.post("/sign-in", status_code=204, summary="Gives a browser the cookie", openapi_extra=examples.MARKED)
    def sign_in(given: SignIn) -> Response:
        """The cookie takes the token's place, for programs that cannot send headers."""
        if not token.is_right(given.token.strip()):
            raise HTTPException(401, "this is not the token of this explorer")
        return Response(status_code=204, headers={"set-cookie": token.cookie(), "cache-control": "no-store"})

    @made.delete("/sign-in", status_code=204, summary="Takes the cookie away", openapi_extra=examples.MARKED)
    def sign_out() -> Response:
        """The token itself stays what it is."""
        return Response(status_code=204, headers={"set-cookie": token.no_cookie(), "cache-control": "no-store"})

    return made
