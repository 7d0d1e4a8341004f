//! The role that a set lacks to be in another one, for a help that proposes it.

use super::RoleSet;
use crate::compose::same;

impl RoleSet {
    /// Returns this set without those of another one, which are of the same enum.
    pub(crate) const fn without(self, other: Self) -> Self {
        if self.is_of(other.table) { Self { bits: self.bits & !other.bits, ..self } } else { self }
    }

    /// Returns the role that would let all of this set into `other` if it included the lowest one of that, which stands above it,
    /// as a lower role does.
    pub(crate) const fn unrelated(self, other: Self) -> Option<[&'static str; 2]> {
        let beyond = self.bits & !other.bits;
        if !self.is_of(other.table) || beyond == 0 {
            return None;
        }
        let Some(lowest) = other.lowest() else { return None };
        let (mut index, mut below, mut common) = (0, None, u128::MAX);
        while index < self.table.roles.len() {
            let role = &self.table.roles[index];
            if same(role.variant, lowest) {
                below = Some(index);
            }
            if beyond & (1 << index) != 0 {
                common &= role.includes;
            }
            index += 1;
        }
        // All that are beyond include it, and it is one of them.
        let least = common & beyond;
        let place = least.trailing_zeros() as usize;
        match below {
            Some(below) if least != 0 && below < place => {
                Some([self.table.roles[place].variant, lowest])
            }
            _ => None,
        }
    }
}
