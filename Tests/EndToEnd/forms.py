"""The forms in which a secret could stand somewhere: as it is, in base64 at every offset, in hexadecimal, quoted."""

import base64
import urllib.parse


def forms_of(user, secret):
    """Byte strings none of which may be in anything that the program leaves behind or says in the clear."""
    plain = secret.encode()
    forms = {plain, plain.hex().encode(), plain.hex().upper().encode(), urllib.parse.quote(secret).encode()}
    wholes = (
        plain,
        f"\0{user}\0{secret}".encode(),
        f"{user}\0{user}\0{secret}".encode(),
        f"user={user}\1auth=Bearer {secret}\1\1".encode(),
    )
    for whole in wholes:
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            forms.add(encode(whole).rstrip(b"="))
    # Inside something longer that is encoded: the part that does not depend on what stands before and behind.
    for offset in range(3):
        encoded = base64.b64encode(bytes(offset) + plain)
        inner = encoded[-(-offset * 4 // 3) :].rstrip(b"=")[:-1]
        if len(inner) >= 8:
            forms.add(inner)
    return forms
