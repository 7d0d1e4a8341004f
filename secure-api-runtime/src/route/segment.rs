//! Segments of a path with parameters inside of them, as `{}.json` or `{}-{}`: which text is one, in which order they are tried, and
//! which two may be one text.
//!
//! A text has one reading: no parameter that another one follows holds the literal between the two, and none is empty. So what is
//! filled in reads back as it was.

/// The place of a parameter in the shape of a segment.
const PARAMETER: &str = "{}";

/// Returns the segment that begins behind the slash at `start`, and where the next one does.
pub(crate) const fn segment(path: &'static str, start: usize) -> Option<(&'static str, usize)> {
    let bytes = path.as_bytes();
    if start >= bytes.len() {
        return None;
    }
    let mut end = start + 1;
    while end < bytes.len() && bytes[end] != b'/' {
        end += 1;
    }
    let (before, _) = path.split_at(end);
    let (_, segment) = before.split_at(start + 1);
    Some((segment, end))
}

/// Returns the values of the parameters of a segment, as they were sent; nothing where it is of another shape.
pub(crate) fn split<'a>(shape: &str, segment: &'a str) -> Option<Vec<&'a str>> {
    let mut literals = shape.split(PARAMETER);
    let mut rest = segment.strip_prefix(literals.next()?)?;
    let mut values = Vec::new();
    let mut literals = literals.peekable();
    while let Some(literal) = literals.next() {
        let end = match literals.peek() {
            // The last one may hold what follows it: the end is the end.
            None => rest.strip_suffix(literal)?.len(),
            Some(_) => rest.find(literal)?,
        };
        let (value, behind) = rest.split_at(end);
        if value.is_empty() {
            return None;
        }
        values.push(value);
        rest = &behind[literal.len()..];
    }
    rest.is_empty().then_some(values)
}

/// Fills a segment. Returns the value that would be read otherwise, where one holds the literal behind it or is empty.
pub(crate) fn filled<'a>(
    shape: &str,
    mut value: impl FnMut() -> Option<&'a str>,
) -> Result<String, &'a str> {
    let mut literals = shape.split(PARAMETER);
    let mut segment = literals.next().unwrap_or_default().to_owned();
    let mut literals = literals.peekable();
    while let Some(literal) = literals.next() {
        let text = value().unwrap_or_default();
        let is_last = literals.peek().is_none();
        // The literal may begin in the value and end behind it.
        let holds = !is_last && format!("{text}{literal}").find(literal) != Some(text.len());
        if text.is_empty() || holds {
            return Err(text);
        }
        segment.push_str(text);
        segment.push_str(literal);
    }
    Ok(segment)
}

/// Returns the bytes of a shape that are no parameters. Of the shapes at one place, that with the most is tried first.
pub(crate) const fn literal(shape: &str) -> usize {
    let (bytes, mut index, mut count) = (shape.as_bytes(), 0, 0);
    while index < bytes.len() {
        if is_parameter(bytes, index) {
            index += 2;
        } else {
            (index, count) = (index + 1, count + 1);
        }
    }
    count
}

/// Returns `true` if a shape is neither a word nor a parameter alone.
pub(crate) const fn is_mixed(shape: &str) -> bool {
    let fixed = literal(shape);
    fixed > 0 && fixed < shape.len()
}

/// Returns `true` if some text is of both shapes. Parameters may be any text that is not empty.
pub(crate) const fn may_be_one(one: &str, other: &str) -> bool {
    meet(one.as_bytes(), 0, false, other.as_bytes(), 0, false)
}

const fn is_parameter(shape: &[u8], at: usize) -> bool {
    at + 1 < shape.len() && shape[at] == b'{' && shape[at + 1] == b'}'
}

/// Tells if what is left of two shapes may be one text. Inside of a parameter that has a letter already, it may end.
const fn meet(
    one: &[u8],
    at: usize,
    inside: bool,
    other: &[u8],
    place: usize,
    within: bool,
) -> bool {
    let (free, open) = (is_parameter(one, at), is_parameter(other, place));
    if free && inside && meet(one, at + 2, false, other, place, within) {
        return true;
    }
    if open && within && meet(one, at, inside, other, place + 2, false) {
        return true;
    }
    let (ends, stops) = (at == one.len(), place == other.len());
    if ends || stops {
        return ends && stops;
    }
    match (free, open) {
        // Each takes a letter of any kind, and another text has the same two ends.
        (true, true) if inside && within => false,
        (true, true) => meet(one, at, true, other, place, true),
        (true, false) => meet(one, at, true, other, place + 1, false),
        (false, true) => meet(one, at + 1, false, other, place, true),
        (false, false) => {
            one[at] == other[place] && meet(one, at + 1, false, other, place + 1, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_reading() {
        for (shape, segment, values) in [
            ("{}.json", "7.json", Some(vec!["7"])),
            ("{}.json", "a.json.json", Some(vec!["a.json"])),
            ("{}.json", ".json", None),
            ("{}.json", "7.jsonx", None),
            ("{}:cancel", "o-7:cancel", Some(vec!["o-7"])),
            ("{}-{}", "a-b", Some(vec!["a", "b"])),
            ("{}-{}", "a-b-c", Some(vec!["a", "b-c"])),
            ("{}-{}", "-b", None),
            ("{}-{}", "a-", None),
            ("{}-{}", "a", None),
            ("v{}", "v7", Some(vec!["7"])),
            ("v{}", "v", None),
            ("orders", "orders", Some(vec![])),
            ("orders", "orders7", None),
            ("{}..{}.zip", "a..b.zip", Some(vec!["a", "b"])),
            ("{}x{}x{}", "1x2x3", Some(vec!["1", "2", "3"])),
        ] {
            assert_eq!(split(shape, segment), values, "{shape} {segment}");
            if let Some(values) = values {
                let mut values = values.into_iter();
                assert_eq!(filled(shape, || values.next()).as_deref(), Ok(segment), "{shape}");
            }
        }
        for (shape, values) in [
            ("{}-{}", ["a-b", "c"]),
            ("{}--{}", ["a-", "c"]),
            ("{}-{}", ["", "c"]),
            ("{}-{}", ["a", ""]),
        ] {
            let mut values = values.into_iter();
            assert!(filled(shape, || values.next()).is_err(), "{shape}");
        }
    }

    #[test]
    fn shapes_that_may_be_one_text_are_found() {
        for (one, other, meets) in [
            ("{}", "{}.json", true),
            ("{}.json", "{}.xml", false),
            ("{}.json", "latest.json", true),
            ("{}.json", ".json", false),
            ("{}-{}", "{}", true),
            ("{}-{}", "a", false),
            ("{}-{}", "a{}", true),
            ("a{}", "b{}", false),
            ("{}:cancel", "{}:start", false),
            ("{}:cancel", "{}-{}", true),
            ("{}.a", "{}.b{}", true),
            ("a{}b", "{}c", false),
            ("a{}", "{}a", true),
            ("ab{}", "{}ba", true),
            ("a{}", "a", false),
        ] {
            assert_eq!(may_be_one(one, other), meets, "{one} {other}");
            assert_eq!(may_be_one(other, one), meets, "{other} {one}");
        }
        assert_eq!((literal("{}.json"), literal("{}-{}"), literal("{}")), (5, 1, 0));
    }
}
