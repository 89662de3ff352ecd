"""Accounts of the staff's user pool."""

from typing import Any

from chalicelib.adapters.answers import answering


class CognitoAccounts:
    """Implements Accounts. `client` is one of cognito-idp."""

    def __init__(self, *, pool_id: str, client: Any) -> None:
        self._pool_id = pool_id
        self._client = client

    def create(self, username: str, temporary: str) -> bool:
        with answering("cognito-idp"):
            try:
                self._call("admin_create_user", username, MessageAction="SUPPRESS", TemporaryPassword=temporary)
            except self._client.exceptions.UsernameExistsException:
                return False
        return True

    def enable(self, username: str) -> None:
        with answering("cognito-idp"):
            self._call("admin_enable_user", username)

    def set_password(self, username: str, password: str, *, permanent: bool) -> None:
        with answering("cognito-idp"):
            self._call("admin_set_user_password", username, Password=password, Permanent=permanent)

    def disable(self, username: str) -> None:
        with answering("cognito-idp"):
            try:
                self._call("admin_disable_user", username)
                self._call("admin_user_global_sign_out", username)
            except self._client.exceptions.UserNotFoundException:
                return  # a row that was imported without an account

    def _call(self, operation: str, username: str, **more: Any) -> None:
        getattr(self._client, operation)(UserPoolId=self._pool_id, Username=username, **more)
