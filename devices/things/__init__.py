"""The devices of a simulated home: what they feel, how they err, and what they say."""
