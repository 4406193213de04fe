"""What ordinary records lack does not hang on the size of the district.

The search for what breaks a sync compares ordinary districts of several sizes. A value that only
the largest lacks would be taken for its size.
"""

from __future__ import annotations
