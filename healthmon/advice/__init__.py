"""How usual the readings are for this person: features, a step-table model, caps, and when to say nothing.

Pure. No scikit-learn, no clock, no files: bytes and entries come in, remarks go out.
"""

from healthmon.advice.advise import Advise
from healthmon.advice.night_rise import NightRise
from healthmon.advice.tables import Model, ModelFault, Refused, read_model
from healthmon.advice.unusual_rate import UnusualRate

__all__ = ["Advise", "Model", "ModelFault", "NightRise", "Refused", "UnusualRate", "read_model"]
