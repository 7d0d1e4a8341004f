//! Classes of characters by their names: those of Unicode that all readers know, those of ASCII written out.

use regex_syntax::ast::{ClassAsciiKind, ClassPerlKind};

/// General categories, whose short names are the same to all readers.
pub(super) const CATEGORIES: &[&str] = &[
    "C", "Cc", "Cf", "Cn", "Co", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N",
    "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So",
    "Z", "Zl", "Zp", "Zs",
];

const SPACE: &[(char, char)] =
    &[('\t', '\t'), ('\n', '\n'), ('\u{B}', '\u{B}'), ('\u{C}', '\u{C}'), ('\r', '\r'), (' ', ' ')];

/// Returns the characters of `\d`, `\s` or `\w` in ASCII.
pub(super) fn perl(kind: &ClassPerlKind) -> &'static [(char, char)] {
    match kind {
        ClassPerlKind::Digit => &[('0', '9')],
        ClassPerlKind::Space => SPACE,
        ClassPerlKind::Word => &[('A', 'Z'), ('a', 'z'), ('0', '9'), ('_', '_')],
    }
}

/// Returns the characters of a class as `[:alpha:]`, if it has a form that is read at a glance.
pub(super) fn posix(kind: &ClassAsciiKind) -> Option<&'static [(char, char)]> {
    Some(match kind {
        ClassAsciiKind::Alnum => &[('A', 'Z'), ('a', 'z'), ('0', '9')],
        ClassAsciiKind::Alpha => &[('A', 'Z'), ('a', 'z')],
        ClassAsciiKind::Digit => &[('0', '9')],
        ClassAsciiKind::Lower => &[('a', 'z')],
        ClassAsciiKind::Upper => &[('A', 'Z')],
        ClassAsciiKind::Word => &[('A', 'Z'), ('a', 'z'), ('0', '9'), ('_', '_')],
        ClassAsciiKind::Xdigit => &[('A', 'F'), ('a', 'f'), ('0', '9')],
        ClassAsciiKind::Space => SPACE,
        _ => return None,
    })
}
