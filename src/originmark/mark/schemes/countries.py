"""Countries by their ISO 3166-1 code of two letters, as registers write them. Pure."""

from typing import Final

_LIST: Final = """
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AL Albania|AM Armenia
AO Angola|AR Argentina|AT Austria|AU Australia|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados
BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BN Brunei
BO Bolivia|BR Brazil|BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize|CA Canada
CD Democratic Republic of the Congo|CF Central African Republic|CG Congo|CH Switzerland
CI Côte d'Ivoire|CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|CV Cabo Verde
CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria
EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FM Micronesia
FR France|GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GH Ghana|GM Gambia|GN Guinea
GQ Equatorial Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|GY Guyana|HN Honduras|HR Croatia
HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IN India|IQ Iraq|IR Iran|IS Iceland|IT Italy
JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KI Kiribati|KM Comoros
KN Saint Kitts and Nevis|KP North Korea|KR South Korea|KW Kuwait|KZ Kazakhstan|LA Laos|LB Lebanon
LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg
LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MG Madagascar|MH Marshall Islands
MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|MR Mauritania|MT Malta|MU Mauritius|MV Maldives
MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NI Nicaragua
NL Netherlands|NO Norway|NP Nepal|NR Nauru|NZ New Zealand|OM Oman|PA Panama|PE Peru
PG Papua New Guinea|PH Philippines|PK Pakistan|PL Poland|PT Portugal|PW Palau|PY Paraguay|QA Qatar
RO Romania|RS Serbia|RU Russian Federation|RW Rwanda|SA Saudi Arabia|SB Solomon Islands
SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|SL Sierra Leone|SM San Marino
SN Senegal|SO Somalia|SR Suriname|SS South Sudan|ST Sao Tome and Principe|SV El Salvador|SY Syria
SZ Eswatini|TD Chad|TG Togo|TH Thailand|TJ Tajikistan|TL Timor-Leste|TM Turkmenistan|TN Tunisia
TO Tonga|TR Türkiye|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda
US United States|UY Uruguay|UZ Uzbekistan|VA Holy See|VC Saint Vincent and the Grenadines
VE Venezuela|VN Viet Nam|VU Vanuatu|WS Samoa|YE Yemen|ZA South Africa|ZM Zambia|ZW Zimbabwe
"""

COUNTRIES: Final[dict[str, str]] = {
    each[:2]: each[3:] for each in _LIST.strip().replace("\n", "|").split("|")
}
"""English short names of the states that keep registers or have entries in one."""

_ALIASES: Final = {
    "italia": "IT",
    "turkey": "TR",
    "vietnam": "VN",
    "russia": "RU",
    "usa": "US",
    "uk": "GB",
    "el": "GR",
    "中国": "CN",
    "việt nam": "VN",
}
_BY_NAME: Final = {name.casefold(): code for code, name in COUNTRIES.items()} | _ALIASES


def country_codes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the countries in a list, sorted, and the names that are unknown.

    >>> country_codes("Netherlands, Belgium")
    (('BE', 'NL'), ())
    >>> country_codes("Italia, Atlantis")
    (('IT',), ('Atlantis',))
    """
    codes, unknown = set(), []
    for each in (part.strip() for part in text.replace(";", ",").split(",")):
        code = each.upper() if each.upper() in COUNTRIES else _BY_NAME.get(each.casefold())
        if code is not None:
            codes.add(code)
        elif each:
            unknown.append(each)
    return tuple(sorted(codes)), tuple(unknown)


def country_names(codes: str) -> str:
    """Return codes with blanks between as names.

    >>> country_names("BE NL")
    'Belgium, Netherlands'
    """
    return ", ".join(COUNTRIES.get(code, code) for code in codes.split())
