"""Two small logs of our own in the shapes that others write: bare words, minutes, times inside contexts."""

HEALTH = """\
{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": 62, "time": 0}
{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": 64, "time": 2}
{"subject": "WATCH", "verb": "MEASURES", "object": "spO2", "context": 97, "time": 4}
{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": 66, "time": 5}
{"subject": "KETTLE", "verb": "PERCOLATES", "object": "COFFEE", "context": 300, "time": 50}
{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": 91, "time": 120}
"""

INSURANCE = """\
{"subject": {"type": "CUSTOMER", "id": 7}, "verb": "APPLY", "object": {"type": "FORM", "id": 1}, "context": {"time": "2024-02-29 10:00:00.5", "data": "House"}}
{"subject": {"type": "CUSTOMER", "id": 7}, "verb": "CLAIM", "object": {"type": "FORM", "id": 2}, "context": {"time": "2024-02-29 10:00:01", "data": 400}}
{"subject": {"type": "ASSESSOR", "id": 3}, "verb": "ACCEPT", "object": {"type": "CLAIM", "id": 2}, "context": {"time": "2024-02-29 10:00:02", "data": 400}}
{"subject": {"type": "PAYMENTS", "id": 1}, "verb": "PAYS", "object": {"type": "CUSTOMER", "id": 7}, "context": {"time": "2024-02-29 10:00:03", "data": 310}}
"""  # noqa: E501
