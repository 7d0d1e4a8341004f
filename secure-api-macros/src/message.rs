//! Every diagnostic's text: its code, what is wrong in one line, and what to write instead.
//!
//! This file stands on its own, so that the tests and the book's error index include the same table. The
//! text of a check that the compiler makes on types or constants is repeated by the trait or function that
//! makes it; a test compares.

/// One diagnostic. Each `{}` in a text is filled, in order, with what the message is about.
#[derive(Debug)]
pub(crate) struct Message {
    /// Letters and number, as `SA101`; the first digit is the practice.
    pub(crate) code: &'static str,
    /// What is wrong, in one line.
    pub(crate) text: &'static str,
    /// What to write instead.
    pub(crate) help: &'static str,
}

impl Message {
    /// The message as the compiler prints it.
    pub(crate) fn render(&self, args: &[&str]) -> String {
        let mut args = args.iter();
        let mut filled = format!("{}: {}\n  help: {}", self.code, self.text, self.help);
        while let Some(place) = filled.find("{}") {
            let arg = args.next().copied().unwrap_or("…");
            filled.replace_range(place..place + 2, arg);
        }
        filled
    }
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal, $help:literal;)*) => {
        $($(#[$doc])* #[allow(dead_code)] pub(crate) static $name: Message = Message { code: $code, text: $text, help: $help };)*
        /// All of them, in the order of their codes.
        #[allow(dead_code)]
        pub(crate) static ALL: &[&Message] = &[$(&$name),*];
    };
}

messages! {
    // Grammar.
    /// The attribute is not written as one.
    GRAMMAR = "SA001", "{}", "{}";
    /// A key that no attribute of this kind has.
    UNKNOWN_KEY = "SA002", "there is no key `{}` here", "{}";
    /// A key written twice.
    REPEATED_KEY = "SA003", "`{}` is stated twice", "keep one of them";
    /// A key that a later release enforces.
    NOT_YET = "SA004", "`{}` is not enforced by this release", "remove it: a declaration that nothing enforces would be a promise nobody keeps";
    /// The attribute stands on something else than it is for.
    WRONG_ITEM = "SA005", "`{}` belongs on {}", "move it there";

    // Token, role, object.
    NO_ACCESS = "SA101", "nothing says who may call `{}`", "write `role = Role::…`, or `public = \"why anybody may\"`";
    /// Both a role and `public`.
    TWO_ACCESS = "SA102", "`role` and `public` exclude each other", "keep `role` to ask for it, or `public` to admit anybody";
    /// `public = ""`.
    EMPTY_REASON = "SA103", "`{}` needs a reason in words", "say why, for the one who reviews it: `{} = \"…\"`";
    /// A role enum without roles.
    ROLE_NONE = "SA104", "`{}` has no roles", "add a variant for each role";
    /// More roles than a set of bits holds.
    ROLE_TOO_MANY = "SA105", "there are more than 128 roles", "split the API, or use OAuth scopes for what is finer than a role";
    /// `includes` names no role.
    ROLE_UNKNOWN = "SA106", "there is no role `{}`", "{}";
    /// A hierarchy that leads back to where it started.
    ROLE_CYCLE = "SA107", "the roles include each other in a circle: {}", "remove one of these `includes`";
    /// A type that is no role enum. Said by the trait `Roles`.
    ROLE_ENUM = "SA108", "`{}` is not a role enum", "add `#[derive(Role)]` to an enum whose variants are the roles";
    /// A name that cannot stand in a token's scope.
    ROLE_NAME = "SA109", "a role's name in tokens is visible ASCII without quotes and backslashes", "write `#[role(name = \"…\")]` with such a name";
    /// Two roles of one name.
    ROLE_SAME_NAME = "SA110", "two roles are called `{}` in tokens", "give one of them another name by `#[role(name = \"…\")]`";

    // Version, docs, inventory.
    /// A version enum without versions.
    VERSION_NONE = "SA601", "`{}` has no versions", "add a variant for each version, oldest first";
    /// A type that is no version enum. Said by the trait `Versions`.
    VERSION_ENUM = "SA602", "`{}` is not a version enum", "add `#[derive(Version)]` to an enum whose variants are the versions, oldest first";
    /// Two versions of one path segment.
    VERSION_SAME_SEGMENT = "SA603", "two versions are served under `/{}`", "rename one of them";
    /// A text that is no day.
    DAY = "SA604", "`{}` is not a day", "write it as year, month and day: `\"2027-06-01\"`";
    /// A sunset without a deprecation.
    SUNSET_ALONE = "SA605", "a sunset without a deprecation comes without warning", "add `deprecated = \"…\"`, the day from which callers are told";
    /// A sunset that is not after the deprecation.
    SUNSET_FIRST = "SA606", "the sunset {} is not after the deprecation {}", "give callers time between the two: RFC 9745 forbids a sunset before the deprecation";
}
