//! Rules of a value that few have.

/// Rules of a value that few have.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Further {
    /// A substring that the text must contain.
    pub contains: Option<&'static str>,
    /// A substring that the text must not contain.
    pub excludes: Option<&'static str>,
    /// The fewest characters from the first to the last that can be seen, where text is trimmed before it is counted.
    pub visible: u64,
    /// The characters that the text is refused for, as the inside of a class of a pattern.
    pub without: Option<&'static str>,
    /// `true` if a pattern admits white space at the ends of the text, which is trimmed before the pattern is asked.
    pub unpadded: bool,
    /// The divisor of the number.
    pub multiple_of: Option<i64>,
    /// The numbers that there are, in ascending order.
    pub one_of: Option<&'static [i64]>,
    /// The one of true and false that there is.
    pub only: Option<bool>,
    /// `true` if no item of the list may occur twice.
    pub unique: bool,
    /// `true` if the maximum is exclusive.
    pub below_maximum: bool,
    /// The words that the text is not, where it is one segment of a path.
    pub segment: Option<&'static [&'static str]>,
    /// The range of the number that the text is.
    pub between: Option<Between>,
    /// The object that the value is the key of, and what the caller has to be permitted to do to it.
    pub refers: Option<(&'static str, &'static str)>,
    /// The text between the items of the list, where a query or a form has all of them in one text.
    pub separated: Option<&'static str>,
    /// `true` if a query or a form has the value as JSON.
    pub json: bool,
}

/// The ends of a range, each as a whole number and as one with a fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between {
    /// The lower end, which is in it.
    pub low: (i128, f64),
    /// The upper end.
    pub high: (i128, f64),
    /// `true` if the upper end is in it.
    pub closed: bool,
}
