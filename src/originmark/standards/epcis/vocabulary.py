"""The vocabularies of CBV 2.0, and one form for their three spellings.

A standard value is written as a bare word in JSON (``shipping``), as a URN in XML
(``urn:epcglobal:cbv:bizstep:shipping``) and as a Web URI in linked data
(``https://ref.gs1.org/cbv/BizStep-shipping``). Inside, the bare word is kept.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One list of standard values, with how URN and Web URI spell it."""

    name: str
    urn_part: str
    web_part: str
    words: frozenset[str]

    def normalise(self, value: str) -> str:
        """Return the bare word of a standard value in any spelling; else the value itself.

        >>> BIZ_STEP.normalise("urn:epcglobal:cbv:bizstep:shipping")
        'shipping'
        >>> BIZ_STEP.normalise("https://ref.gs1.org/cbv/BizStep-shipping")
        'shipping'
        >>> BIZ_STEP.normalise("https://example.org/roasting")
        'https://example.org/roasting'
        """
        if value in self.words:
            return value
        word = value
        for prefix in self.prefixes:
            if value.startswith(prefix):
                word = value[len(prefix) :]
                break
        return word if word in self.words else value

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Return what stands before the bare word in the longer spellings."""
        urn = f"urn:epcglobal:cbv:{self.urn_part}:"
        hosts = ("https://ref.gs1.org/cbv/", "https://ns.gs1.org/cbv/", "http://ns.gs1.org/cbv/")
        return (urn, f"cbv:{self.web_part}-", *(f"{host}{self.web_part}-" for host in hosts))

    def web_uri(self, value: str) -> str:
        """Return the Web URI of a standard word; a custom value as it is.

        >>> DISPOSITION.web_uri("in_transit")
        'https://ref.gs1.org/cbv/Disp-in_transit'
        """
        return f"https://ref.gs1.org/cbv/{self.web_part}-{value}" if value in self.words else value

    def urn(self, value: str) -> str:
        """Return the URN of a standard word; a custom value as it is."""
        return f"urn:epcglobal:cbv:{self.urn_part}:{value}" if value in self.words else value


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
ACTIONS: Final = frozenset({"ADD", "OBSERVE", "DELETE"})
