//! The rules that few values have, as documents show them.

use super::{Range, Rules};
use crate::shape::{Between, Further, Shape};

impl Rules {
    /// Returns a form with the rules that few values have, if it has some.
    pub(crate) fn further(&self, shape: Shape) -> Shape {
        let Self { contains, excludes, multiple_of, one_of, only, unique, separated, .. } = *self;
        // A text that has a range is a number: an amount, or a decimal.
        let has_ends = self.range.is_some() || one_of.is_some();
        let is_number = matches!(shape, Shape::Text { .. }) && has_ends;
        let between = self.range.filter(|_| is_number).map(|Range { low, high, closed }| Between {
            low: (low.whole, low.float),
            high: (high.whole, high.float),
            closed,
        });
        // A key that is a number is a segment already.
        let segment = self
            .segment
            .filter(|_| matches!(shape, Shape::Text { .. }) && !is_number)
            .filter(|reserved| !reserved.is_empty() || !self.is_of_safe_letters());
        // Whole numbers say the greatest one that is in the range.
        let below_maximum =
            matches!(shape, Shape::Number { .. }) && self.range.is_some_and(|range| !range.closed);
        // A pattern says itself how many there are; one that takes all but some takes what is drawn as nothing, too.
        let is_text = matches!(shape, Shape::Text { format: None, .. }) && !self.email;
        let visible = match self.letters() {
            _ if !is_text => 0,
            None => self.shortest() as u64,
            Some(letters) if letters & CONTROLS != 0 => self.shortest().min(1) as u64,
            Some(_) => 0,
        };
        let unpadded = is_text && self.letters().is_some_and(|letters| letters & BLANK != 0);
        let further = Further {
            contains,
            excludes,
            visible,
            without: self.without(&shape),
            unpadded,
            multiple_of,
            one_of,
            only,
            unique,
            below_maximum,
            segment,
            between,
            refers: None,
            separated,
            json: false,
        };
        if further == Further::default() { shape } else { Shape::Ruled(Box::new(shape), further) }
    }

    /// Returns the characters that a text from a request is refused for, where its pattern does not say so itself. What is
    /// not bounded is no such text.
    fn without(&self, shape: &Shape) -> Option<&'static str> {
        let Shape::Text { pattern, format, .. } = shape else { return None };
        let is_safe = match (self.letters(), pattern) {
            (Some(letters), _) => letters & CONTROLS == 0,
            // A form of its own.
            (None, Some(_)) => true,
            (None, None) => false,
        };
        if is_safe || self.longest().is_none() || self.email {
            return None;
        }
        match format {
            None if self.text => Some(NUL),
            None => Some(UNWANTED),
            Some("password") => Some(UNTYPED),
            Some(_) => None,
        }
    }

    /// Tells if the pattern alone makes each text one segment of a path.
    const fn is_of_safe_letters(&self) -> bool {
        match self.letters() {
            Some(letters) => letters & UNSAFE == 0,
            None => false,
        }
    }
}

/// The ASCII characters that a text of safe letters has none of, a bit each: what a segment of a path cannot have, and the
/// point, since `.` and `..` are no names.
const UNSAFE: u128 = 0xFFFF_FFFF
    | 1 << b'/'
    | 1 << b'\\'
    | 1 << b'?'
    | 1 << b'#'
    | 1 << b'%'
    | 1 << b'.'
    | 1 << 0x7F;

/// The ASCII control characters, a bit each.
const CONTROLS: u128 = 0xFFFF_FFFF | 1 << 0x7F;

/// The character that free text is refused for.
const NUL: &str = r"\u0000";

/// The characters that a line of text is refused for: control characters, and those that turn the direction of writing.
const UNWANTED: &str = r"\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069";

/// The characters that a secret is refused for: control characters other than tab and line breaks.
const UNTYPED: &str = r"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F";

/// The ASCII characters that text is trimmed of, a bit each.
const BLANK: u128 = 1 << b' ' | 1 << b'\t' | 1 << b'\n' | 1 << 0x0B | 1 << 0x0C | 1 << b'\r';
