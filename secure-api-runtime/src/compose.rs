//! Sentences put together by the compiler: what a check on constants says when it fails.
//!
//! A panic in a constant prints one text, so its parts are copied into one buffer first.

/// A text that is being composed. What does not fit is left off.
pub(crate) struct Text {
    bytes: [u8; 2048],
    length: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; 2048], length: 0 }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Ends the line, if there is one.
    pub(crate) const fn end_line(&mut self) {
        if !self.is_empty() {
            self.push("\n");
        }
    }

    /// Adds a part, whole or not at all, so that no character is cut.
    pub(crate) const fn push(&mut self, part: &str) {
        let part = part.as_bytes();
        if self.length + part.len() > self.bytes.len() {
            return;
        }
        let mut index = 0;
        while index < part.len() {
            self.bytes[self.length] = part[index];
            self.length += 1;
            index += 1;
        }
    }

    /// Adds parts one after the other.
    pub(crate) const fn push_all(&mut self, parts: &[&str]) {
        let mut index = 0;
        while index < parts.len() {
            self.push(parts[index]);
            index += 1;
        }
    }

    /// Adds another text as it is so far.
    pub(crate) const fn push_text(&mut self, other: &Self) {
        let (text, _) = other.bytes.split_at(other.length);
        if let Ok(text) = core::str::from_utf8(text) {
            self.push(text);
        }
    }

    /// Adds a number in decimal.
    pub(crate) const fn push_number(&mut self, number: u64) {
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = number;
        while rest > 0 || start == digits.len() {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let (_, digits) = digits.split_at(start);
        if let Ok(digits) = core::str::from_utf8(digits) {
            self.push(digits);
        }
    }

    /// Stops the compilation with the text, at the place of the outermost caller.
    #[track_caller]
    pub(crate) const fn fail(&self) -> ! {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("the parts of a text are texts"),
        }
    }
}

/// Stops the compilation with the parts as one sentence, at the place of the outermost caller.
#[track_caller]
pub(crate) const fn fail(parts: &[&str]) -> ! {
    let mut text = Text::new();
    text.push_all(parts);
    text.fail()
}

/// Returns the name of an enum that is not the one called `mine`. Where both names are the same text, that text would
/// say nothing.
pub(crate) const fn other_name<'a>(mine: &str, other: &'a str) -> &'a str {
    if same(mine, other) { "another enum of that name" } else { other }
}

/// Returns the help where two enums are not the same one.
pub(crate) const fn other_help(mine: &str, other: &str, help: &'static str) -> &'static str {
    if same(mine, other) {
        "keep one of the two: `cargo tree -d` shows the crates that are here in two versions"
    } else {
        help
    }
}

/// Adds the end of a sentence about two enums that are not the same one: the name of the other, and the help.
pub(crate) const fn push_other(text: &mut Text, mine: &str, other: &str, help: &'static str) {
    text.push_all(&[other_name(mine, other), "\n  help: ", other_help(mine, other, help)]);
}

/// Returns `true` if two texts are equal.
pub(crate) const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}
