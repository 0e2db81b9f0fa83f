"""What the province makes, as kinds: the products themselves are made up.

The six groups are those of the programme; how many products each holds is demonstration data. Of
the places only the first four are named in what is published about the province.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

GROUPS: Final = {"I": 214, "II": 61, "III": 38, "IV": 42, "V": 15, "VI": 23}
"""393 products in all."""
WITHOUT_BARCODE: Final = "VI"
BA_CHE, BINH_LIEU, VAN_DON = "vn-06970", "vn-06838", "vn-06994"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of product: its subgroup, its name, and the place that it is known for, if any."""

    subgroup: str
    name: str
    vietnamese: str
    home: str = ""

    @property
    def group(self) -> str:
        """Return the group that the subgroup belongs to."""
        return self.subgroup.partition(".")[0]


KINDS: Final = (
    Kind("I.3b", "Dong vermicelli", "Miến dong", BINH_LIEU),
    Kind("I.3d", "Oyster floss", "Ruốc hàu", VAN_DON),
    Kind("I.4", "Organic cinnamon", "Quế hữu cơ"),
    Kind("I.1b", "Russian sturgeon", "Cá tầm Nga"),
    Kind("I.1b", "Catfish", "Cá lăng"),
    Kind("I.1a", "Custard apples", "Na dai"),
    Kind("I.2a", "Sticky rice", "Gạo nếp"),
    Kind("I.2b", "Forest honey", "Mật ong rừng"),
    Kind("I.3c", "Dried sweet potatoes", "Khoai lang sấy"),
    Kind("I.3d", "Squid cake", "Chả mực"),
    Kind("II.2", "Golden flower tea", "Trà hoa vàng", BA_CHE),
    Kind("II.1", "Rice spirit", "Rượu gạo"),
    Kind("II.2", "Herbal drink", "Nước thảo mộc"),
    Kind("III.1", "Morinda extract", "Cao ba kích"),
    Kind("III.2", "Herbal bath", "Nước tắm thảo dược"),
    Kind("III.3", "Cinnamon oil", "Tinh dầu quế"),
    Kind("IV", "Glazed bowls", "Bát gốm"),
    Kind("IV", "Woven baskets", "Giỏ đan"),
    Kind("V.1", "Potted orchids", "Hoa lan chậu"),
    Kind("V.2", "Potted apricot trees", "Mai vàng chậu"),
    Kind("VI", "Village stay", "Nghỉ tại làng"),
    Kind("VI", "Orchard visit", "Thăm vườn"),
)


def kinds_of_products() -> Iterator[Kind]:
    """Yield the kind of each product, group by group, a group's kinds in turn."""
    for group, count in GROUPS.items():
        kinds = [each for each in KINDS if each.group == group]
        for n in range(count):
            yield kinds[n % len(kinds)]
