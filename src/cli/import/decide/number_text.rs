//! Whole numbers that are written as text, since readers of JSON round those beyond 2^53.

use super::{leaf::bounds, plan::Ty};
use crate::cli::import::read::shape::Shape;

/// Returns the smallest and the largest number of a type.
pub(in crate::cli::import) fn limits(kind: &str) -> (i128, i128) {
    let bits: u32 = kind[1..].parse().unwrap_or(64);
    match kind.starts_with('u') {
        true => (0, (1 << bits) - 1),
        false => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
    }
}

/// Whole numbers that are written as text, each with its format in documents and the digits of the largest.
const NUMBER_TEXTS: [(&str, &str, u64); 10] = [
    ("i64", "int64", 19),
    ("u64", "uint64", 20),
    ("i32", "int32", 10),
    ("u32", "uint32", 10),
    ("i32", "int64", 10),
    ("u32", "uint64", 10),
    ("i16", "int64", 5),
    ("u16", "uint64", 5),
    ("i8", "int64", 3),
    ("u8", "uint64", 3),
];

/// Returns the type of a whole number that is written as text, where all else that the schema states is what such a text has.
pub(super) fn number_text(shape: &Shape<'_>, format: &str) -> Option<Ty> {
    let fits = |(kind, of, digits): &&(&'static str, &str, u64)| {
        let signed = kind.starts_with('i');
        let sign = if signed { "-?" } else { "" };
        let pattern = format!("^(?:0|{sign}[1-9][0-9]{{0,{}}})$", digits - 1);
        let (least, most) = shape.length;
        *of == format
            && least.is_none_or(|least| least <= 1)
            && most.is_none_or(|most| most == digits + u64::from(signed))
            && shape.patterns.iter().all(|stated| *stated == pattern)
    };
    let (kind, ..) = NUMBER_TEXTS.iter().find(fits)?;
    Some(Ty::NumberText(kind, bounds(shape, kind)))
}
