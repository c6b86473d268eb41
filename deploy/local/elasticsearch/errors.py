"""Reasons why the local Elasticsearch cannot be had, in words for the person who asked for it."""


class EngineError(Exception):
    """Say what is missing or wrong and what to do about it; the text is shown as it is."""


class JdkMissingError(EngineError):
    """No full JDK of a sufficient version was found."""


class MavenMissingError(EngineError):
    """Maven, which fetches the distribution, was not found."""


class DownloadError(EngineError):
    """The distribution could not be fetched."""


class NetworkError(DownloadError):
    """Maven Central cannot be reached."""


class ChecksumError(EngineError):
    """The archive is not the one this project was tried with."""


class PortTakenError(EngineError):
    """Another program listens on the port that was asked for."""


class ClusterSizeError(EngineError):
    """A cluster of another size is running, or has left its data in the same folder."""


class EngineStartError(EngineError):
    """A node ended, or did not answer in time."""


class EngineStopError(EngineError):
    """A node is still there after it was told to end."""
