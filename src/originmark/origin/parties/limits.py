"""How often somebody may try at the doors of this room.

The lasting lock of an account after many wrong passwords is in the database (django-axes).
"""

from originmark.frame.web.limits import Limit

WRONG_API_KEYS = Limit("wrong-api-key", times=20, seconds=60)
INVITATION_LINKS = Limit("invitation-link", times=30, seconds=60)
INVITATIONS_SENT = Limit("invitation-sent", times=30, seconds=60)
