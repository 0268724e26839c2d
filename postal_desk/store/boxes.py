"""The cryptography around a desk's key: boxes opened by a secret, or by a private key. Imported when there is a box."""

from __future__ import annotations

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox


def derived(secret: bytes, salt: bytes, operations: int, memory: int) -> bytes:
    """The key that a secret makes, by argon2id."""
    return pwhash.argon2id.kdf(SecretBox.KEY_SIZE, secret, salt, opslimit=operations, memlimit=memory)


def lock(key: bytes, content: bytes) -> bytes:
    """A box that the same key opens."""
    return bytes(SecretBox(key).encrypt(content))


def unlock(key: bytes, box: bytes) -> bytes | None:
    """What is in the box, ``None`` if the key is another one."""
    try:
        return SecretBox(key).decrypt(box)
    except (CryptoError, ValueError):
        return None


def seal(public_key: bytes, content: bytes) -> bytes:
    """A box that only the private key opens."""
    return bytes(SealedBox(PublicKey(public_key)).encrypt(content))


def unseal(private_key: bytes, box: bytes) -> bytes | None:
    """What is in the sealed box, ``None`` if the private key is another one."""
    try:
        return SealedBox(PrivateKey(private_key)).decrypt(box)
    except (CryptoError, ValueError):
        return None
