"""Python starts with this when its folder is on PYTHONPATH: no connection leaves the machine."""

import ipaddress
import socket

_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo


def _local(host):
    try:
        return host in ("localhost", None, "") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connect(self, address):
    """Connect to this machine; refuse any other."""
    if isinstance(address, tuple) and not _local(address[0]):
        raise OSError(f"the network is off in tests: {address}")
    return _connect(self, address)


def getaddrinfo(host, *args, **kwargs):
    """Resolve this machine; refuse any other."""
    if not _local(host.decode() if isinstance(host, bytes) else host):
        raise OSError(f"the network is off in tests: {host}")
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
