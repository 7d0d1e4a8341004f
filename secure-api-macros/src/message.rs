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

    // Input.
    /// Text that could be of any length. Said by `check_bounds`.
    TEXT_UNBOUNDED = "SA501", "`{}` is text without a bound", "write `max_len = …`, or a `pattern` or `email` that implies one; for the items of a list inside `each(…)`";
    /// A list that could be of any length. Said by `check_bounds`.
    LIST_UNBOUNDED = "SA502", "`{}` is a list without a bound", "write `items = 0..=…`, the fewest and the most";
    /// A number that could be any. Said by `check_bounds`.
    NUMBER_UNBOUNDED = "SA503", "`{}` is a number without a range", "write `range = 0..=…`, the smallest and the greatest; for the items of a list inside `each(…)`";
    /// A rule that the type has no use for. Said by `check_rule`.
    RULE_UNFIT = "SA504", "`{}` has no meaning for `{}`, which is {}", "remove it, or change the type";
    /// Bounds that nothing can meet. Said by `check_bounds`.
    BOUNDS_EMPTY = "SA505", "the bounds of `{}` leave nothing", "write the smaller end first";
    /// A range of numbers that the type does not hold. Said by `check_bounds`.
    RANGE_BEYOND = "SA506", "the range of `{}` does not fit its type", "write whole numbers that the type can hold";
    /// A type that no request carries. Said by the trait `Decode`.
    NOT_READABLE = "SA507", "`{}` cannot be read from a request", "add `#[derive(Input)]` to a struct of fields, or `#[derive(Value)]` to a newtype or an enum of names";
    /// A type that is no input. Said by the trait `Input`.
    NOT_INPUT = "SA508", "`{}` is not an input", "add `#[derive(Input)]` to a struct with named fields";
    /// A type that is no single value. Said by the trait `Leaf`.
    NOT_VALUE = "SA509", "`{}` is not a value", "add `#[derive(Value)]` to a newtype or an enum of names";
    /// A pattern that is none.
    PATTERN = "SA510", "the pattern cannot be read: {}", "write a regular expression as the `regex` crate reads it: without look-around and back-references";
    /// A pattern that would take too much memory.
    PATTERN_LARGE = "SA511", "the pattern is too large", "state a length by `max_len` rather than by repetitions of large classes";
    /// An input with a list or object in it, as a query. Said by `check_query`.
    QUERY_NESTED = "SA512", "`{}` cannot come from a query string", "a query parameter is one value: name a scalar, or take the input as `Json`";
    /// A range without one of its ends.
    RANGE_OPEN = "SA513", "`{}` needs both ends", "write `{} = 1..=100`";
    /// More fields than a set of bits holds.
    INPUT_TOO_LARGE = "SA514", "an input has at most 128 fields", "group some of them in an input of their own";
    /// A value enum without variants.
    VALUE_NONE = "SA515", "`{}` has no values", "add a variant for each value";
    /// A name that cannot stand in a path as it is.
    VALUE_NAME = "SA516", "a value's name is ASCII letters, digits, `-`, `_` and `.`", "write `#[value(name = \"…\")]` with such a name";
    /// Two values of one name.
    VALUE_SAME_NAME = "SA517", "two values are called `{}`", "give one of them another name by `#[value(name = \"…\")]`";

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
