"""The vocabularies of CBV 2.0, and one form for their three spellings.

A standard value is written as a bare word in JSON (``shipping``), as a URN in XML
(``urn:epcglobal:cbv:bizstep:shipping``) and as a Web URI in linked data
(``https://ref.gs1.org/cbv/BizStep-shipping``; drafts wrote ``ns.gs1.org``; ``cbv:BizStep-shipping``
is the same, shortened by the standard's context). Inside, the bare word is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_CBV_HOSTS = (
    "https://ref.gs1.org/cbv/",
    "http://ref.gs1.org/cbv/",
    "https://ns.gs1.org/cbv/",
    "http://ns.gs1.org/cbv/",
)
_WEB_HOSTS = (
    "https://gs1.org/voc/",
    "http://gs1.org/voc/",
    "https://www.gs1.org/voc/",
    "http://www.gs1.org/voc/",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One list of standard values, with how URN and Web URI spell it."""

    name: str
    urn_part: str
    web_part: str
    words: frozenset[str]
    spellings: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note every spelling of every word."""
        known = {f"{prefix}{word}": word for prefix in self.prefixes for word in self.words}
        object.__setattr__(self, "spellings", {word: word for word in self.words} | known)

    def normalise(self, value: str) -> str:
        """Return the bare word of a standard value in any spelling; else the value itself.

        >>> BIZ_STEP.normalise("urn:epcglobal:cbv:bizstep:shipping")
        'shipping'
        >>> BIZ_STEP.normalise("https://ref.gs1.org/cbv/BizStep-shipping")
        'shipping'
        >>> BIZ_STEP.normalise("https://example.org/roasting")
        'https://example.org/roasting'
        """
        return self.spellings.get(value, value)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Return what stands before the bare word in the longer spellings."""
        urn = f"urn:epcglobal:cbv:{self.urn_part}:"
        webs = (f"{host}{self.web_part}-" for host in _CBV_HOSTS)
        return (urn, f"cbv:{self.web_part}-", *webs)

    def web_uri(self, value: str) -> str:
        """Return the Web URI of a standard word in any spelling; a custom value as it is.

        >>> DISPOSITION.web_uri("in_transit")
        'https://ref.gs1.org/cbv/Disp-in_transit'
        """
        word = self.spellings.get(value)
        return value if word is None else f"{_CBV_HOSTS[0]}{self.web_part}-{word}"

    def urn(self, value: str) -> str:
        """Return the URN of a standard word in any spelling; a custom value as it is.

        >>> TRANSACTION_TYPE.urn("https://ref.gs1.org/cbv/BTT-po")
        'urn:epcglobal:cbv:btt:po'
        """
        word = self.spellings.get(value)
        return value if word is None else f"urn:epcglobal:cbv:{self.urn_part}:{word}"


@dataclass(frozen=True, slots=True)
class WebVocabulary(Vocabulary):
    """A list of the GS1 Web Vocabulary. It has no URNs: XML writes ``gs1:Temperature``."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Return what stands before the bare word in the longer spellings."""
        return ("gs1:", *_WEB_HOSTS)

    def web_uri(self, value: str) -> str:
        """Return the Web URI of a standard word in any spelling; a custom value as it is.

        >>> MEASUREMENT.web_uri("Temperature")
        'https://gs1.org/voc/Temperature'
        """
        word = self.spellings.get(value)
        return value if word is None else f"{_WEB_HOSTS[0]}{word}"

    def urn(self, value: str) -> str:
        """Return ``gs1:`` and the standard word, which stands for the URN that there is not.

        >>> MEASUREMENT.urn("Temperature")
        'gs1:Temperature'
        """
        word = self.spellings.get(value)
        return value if word is None else f"gs1:{word}"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BIZ_STEP: Final = Vocabulary(
    "bizStep",
    "bizstep",
    "BizStep",
    _words("""accepting arriving assembling collecting commissioning consigning
    creating_class_instance cycle_counting decommissioning departing destroying disassembling
    dispensing encoding entering_exiting holding inspecting installing killing loading other
    packing picking receiving removing repackaging repairing replacing reserving retail_selling
    sampling sensor_reporting shipping staging_outbound stock_taking stocking storing
    transporting unloading unpacking void_shipping"""),
)
DISPOSITION: Final = Vocabulary(
    "disposition",
    "disp",
    "Disp",
    _words("""active available completeness_inferred completeness_verified conformant
    container_closed container_open damaged destroyed dispensed disposed encoded expired
    in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity
    needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed
    recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen
    unavailable unknown"""),
)
TRANSACTION_TYPE: Final = Vocabulary(
    "business transaction type",
    "btt",
    "BTT",
    _words("bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt"),
)
PARTY_TYPE: Final = Vocabulary(
    "source or destination type", "sdt", "SDT", _words("owning_party possessing_party location")
)
ERROR_REASON: Final = Vocabulary("error reason", "er", "ER", _words("did_not_occur incorrect_data"))
COMPONENT: Final = Vocabulary(
    "sensor component",
    "comp",
    "Comp",
    _words("""x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle
    easting northing latitude longitude altitude"""),
)
SENSOR_ALERT: Final = _words("ALARM_CONDITION ERROR_CONDITION")
MEASUREMENT_TYPE: Final = _words("""AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration
    Radioactivity Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume Angle
    AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity
    Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge
    ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency
    Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance
    LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass
    MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy
    MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity RelativeHumidity Resistance
    Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time
    Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber""")
MEASUREMENT: Final = WebVocabulary("measurement type", "", "", MEASUREMENT_TYPE)
ALERT: Final = WebVocabulary("sensor alert", "", "", SENSOR_ALERT)
ALL: Final = (
    BIZ_STEP,
    DISPOSITION,
    TRANSACTION_TYPE,
    PARTY_TYPE,
    ERROR_REASON,
    COMPONENT,
    ALERT,
    MEASUREMENT,
)


def as_urn(value: str) -> str:
    """Return the URN of a standard value in a longer spelling of any vocabulary; else the value.

    A bare word alone does not say which vocabulary it is of: ask that ``Vocabulary``.

    >>> as_urn("https://ref.gs1.org/cbv/BizStep-shipping")
    'urn:epcglobal:cbv:bizstep:shipping'
    """
    vocab = _VOCABULARY_OF.get(value)
    return value if vocab is None else vocab.urn(value)


def as_web_uri(value: str) -> str:
    """Return the Web URI of a standard value in a longer spelling of any vocabulary; else it.

    >>> as_web_uri("urn:epcglobal:cbv:er:incorrect_data")
    'https://ref.gs1.org/cbv/ER-incorrect_data'
    """
    vocab = _VOCABULARY_OF.get(value)
    return value if vocab is None else vocab.web_uri(value)


ACTIONS: Final = frozenset({"ADD", "OBSERVE", "DELETE"})
_VOCABULARY_OF: Final = {
    spelt: vocab for vocab in ALL for spelt, word in vocab.spellings.items() if spelt != word
}
