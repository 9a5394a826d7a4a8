"""An image that can never be processed."""


class Refused(Exception):
    """It goes to quarantine with this reason, and nothing tries it again. Every other error means: try again."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
