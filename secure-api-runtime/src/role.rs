//! Roles and their hierarchy.
//!
//! A role is a bit. The hierarchy is folded into sets of bits when the derive runs, so that every question
//! (route, view, field, limit) is the same one intersection and can be asked by the compiler too.

use std::fmt;

use crate::compose::{Text, push_other, same};

mod inclusion;

/// An API's role enum, made by `#[derive(Role)]`.
#[diagnostic::on_unimplemented(
    message = "SA108: `{Self}` is not a role enum",
    label = "no roles are declared by this type",
    note = "write `#[derive(Role)]` above `{Self}`, an enum whose variants are the roles"
)]
pub trait Roles: Sized + Send + Sync + 'static {
    /// The roles and what each includes.
    #[doc(hidden)]
    const TABLE: &'static RoleTable;

    /// The roles, in the order of the table.
    const ALL: &'static [Self];

    /// Returns the place of this role in [`TABLE`](Self::TABLE).
    fn index(self) -> usize;
}

/// The fallback for a value that is no role, in scope where a role's value is used. What derives `Role` has a `holders`
/// of its own, which wins over this one; on anything else the compiler says what [`Roles`] says, and not that a method
/// is missing.
pub trait NotRoles {
    /// Returns the holders; never called, since each role has a method of its own.
    #[doc(hidden)]
    fn holders(self) -> RoleSet;
}

impl<R: Roles> NotRoles for R {
    fn holders(self) -> RoleSet {
        RoleSet::new(R::TABLE.roles[self.index()].holders, R::TABLE)
    }
}

/// All roles of one enum.
#[derive(Debug)]
pub struct RoleTable {
    /// The enum, by its full path. Two versions of one crate have it in common.
    pub type_name: &'static str,
    /// A hash of what stands in the table: names, order and hierarchy. Made by `#[derive(Role)]`.
    pub fingerprint: u128,
    /// The roles, in the order of declaration.
    pub roles: &'static [RoleInfo],
}

/// One role.
#[derive(Debug)]
pub struct RoleInfo {
    /// The variant's name.
    pub variant: &'static str,
    /// The name in tokens, scopes and documents: the variant in kebab-case unless stated otherwise.
    pub name: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// The bits of the roles that include this one, itself among them.
    pub holders: u128,
    /// The bits of the roles that this one includes, itself among them.
    pub includes: u128,
}

impl RoleTable {
    /// Returns `true` if both are tables of one enum, so that a bit means the same role in either.
    pub const fn is(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && same(self.type_name, other.type_name)
    }

    /// Returns the roles a token's role names give. A name this table does not know gives nothing.
    pub fn granted<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> u128 {
        names.into_iter().fold(0, |granted, name| {
            match self.roles.iter().position(|role| role.name == name) {
                Some(index) => granted | 1 << index,
                None => granted,
            }
        })
    }
}

/// A set of roles, hierarchy already applied: callers with at least one of them are admitted.
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Role)]
/// enum Role {
///     Customer,
///     #[role(includes(Customer))]
///     Support,
/// }
///
/// const ADMITTED: secure_api::role::RoleSet = Role::Customer.holders();
/// assert!(Role::Support.holders().within(ADMITTED));
/// assert!(!ADMITTED.within(Role::Support.holders()));
/// ```
#[derive(Clone, Copy)]
pub struct RoleSet {
    bits: u128,
    table: &'static RoleTable,
}

/// The table of a set that no enum stands behind.
static NO_ROLES: RoleTable = RoleTable { type_name: "", fingerprint: 0, roles: &[] };

impl RoleSet {
    /// Nobody, of no enum: what stands for a decision that nothing states.
    pub const NOBODY: Self = Self { bits: 0, table: &NO_ROLES };

    /// Creates a set of roles of a table. Made by `#[derive(Role)]`.
    #[doc(hidden)]
    pub const fn new(bits: u128, table: &'static RoleTable) -> Self {
        Self { bits, table }
    }

    /// Returns the set as bits, in the order of the table.
    pub const fn bits(self) -> u128 {
        self.bits
    }

    /// Returns the table it speaks of.
    #[doc(hidden)]
    pub const fn table(self) -> &'static RoleTable {
        self.table
    }

    /// Returns everybody in either. Sets of different enums cannot be one: nobody is in what they give.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        if !self.is_of(other.table) {
            return Self::NOBODY;
        }
        Self { bits: self.bits | other.bits, table: self.table }
    }

    /// Returns everybody in one of these, which are of one enum.
    pub const fn any(sets: &[Self]) -> Self {
        let [first, rest @ ..] = sets else { return Self::NOBODY };
        let (mut all, mut index) = (*first, 0);
        while index < rest.len() {
            all = all.or(rest[index]);
            index += 1;
        }
        all
    }

    /// Returns `true` if everybody in this set is in the other one too. Sets of different enums have nobody in common.
    pub const fn within(self, other: Self) -> bool {
        self.bits == 0 || (self.is_of(other.table) && self.bits & !other.bits == 0)
    }

    /// Returns `true` if it is a set of this table's roles.
    #[doc(hidden)]
    pub const fn is_of(self, table: &RoleTable) -> bool {
        self.table.is(table)
    }

    /// Returns the role in it that includes the fewest others: the one it was made from.
    pub const fn lowest(self) -> Option<&'static str> {
        let mut lowest: Option<&'static RoleInfo> = None;
        let mut index = 0;
        while index < self.table.roles.len() {
            let role = &self.table.roles[index];
            let within = self.bits & (1 << index) != 0;
            let lower = match lowest {
                Some(lowest) => role.includes.count_ones() < lowest.includes.count_ones(),
                None => true,
            };
            if within && lower {
                lowest = Some(role);
            }
            index += 1;
        }
        match lowest {
            Some(role) => Some(role.variant),
            None => None,
        }
    }

    /// Returns `true` if nobody is in it: its enum, or the list that it was made from, has a mistake of its own.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Returns the first role, in the order of the table, that is here and not in `other`.
    pub const fn first_beyond(self, other: Self) -> Option<&'static str> {
        let common = if self.is_of(other.table) { other.bits } else { 0 };
        let beyond = self.bits & !common;
        if beyond == 0 {
            return None;
        }
        Some(self.table.roles[beyond.trailing_zeros() as usize].variant)
    }

    /// Returns `true` if one of these roles is in the set.
    pub const fn admits(self, roles: u128) -> bool {
        self.bits & roles != 0
    }

    /// Returns `true` if somebody who has the roles in `held` is in this set. Roles of another enum are none of its.
    pub const fn has_one_of(self, held: Self) -> bool {
        self.is_of(held.table) && self.admits(held.bits)
    }

    /// Returns the names in tokens of the roles in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let roles = self.table.roles.iter().enumerate();
        roles.filter(move |(index, _)| self.bits & (1 << index) != 0).map(|(_, role)| role.name)
    }

    /// Returns the names in tokens of the least roles in the set: whoever has one of these is in it, and every other
    /// role in it includes one of them.
    pub fn least(self) -> impl Iterator<Item = &'static str> {
        let roles = self.table.roles.iter().enumerate();
        let least =
            move |(index, role): &(usize, &RoleInfo)| role.includes & self.bits == 1 << index;
        roles.filter(least).map(|(_, role)| role.name)
    }
}

/// Checks that a role in a list is of the same enum as those before it. The first of each other enum is told.
#[track_caller]
pub const fn check_listed(listed: &[RoleSet], place: usize, role: &str) {
    let (this, first) = (listed[place], listed[0]);
    if this.is_empty() || first.is_empty() {
        return;
    }
    let mut index = 0;
    while index < place {
        if this.is_of(listed[index].table) {
            return;
        }
        index += 1;
    }
    let mut text = Text::new();
    text.push_all(&[
        "SA114: `",
        role,
        "` asks for roles of ",
        this.table.type_name,
        ", and the list begins with roles of ",
    ]);
    push_other(&mut text, this.table.type_name, first.table.type_name, "use one role enum");
    text.fail();
}

impl fmt::Debug for RoleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ONE: RoleTable = RoleTable { type_name: "staff::Role", fingerprint: 1, roles: &[] };
    static OTHER: RoleTable = RoleTable { type_name: "staff::Role", fingerprint: 2, roles: &[] };

    /// Bits of another enum mean something else, so no question about them is answered by them.
    #[test]
    fn sets_of_different_enums_have_nobody_in_common() {
        let (one, other) = (RoleSet::new(0b01, &ONE), RoleSet::new(0b11, &OTHER));
        assert!(one.or(other).is_empty() && other.or(one).is_empty());
        assert!(RoleSet::any(&[one, one, other]).is_empty());
        assert!(!one.within(other) && !other.within(one));
        assert!(one.within(RoleSet::new(0b11, &ONE)));
        assert!(one.has_one_of(RoleSet::new(0b11, &ONE)) && !one.has_one_of(other));
        assert!(!one.has_one_of(RoleSet::NOBODY) && !RoleSet::NOBODY.has_one_of(RoleSet::NOBODY));
        assert_eq!(RoleSet::any(&[one, RoleSet::new(0b10, &ONE)]).bits(), 0b11);
    }
}
