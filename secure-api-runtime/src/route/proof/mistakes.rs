//! The mistakes of a whole API, each with the entry of its list that it is about, so that it is told there.

use crate::compose::Text;

/// The number of entries whose mistakes are told apart. Those of further ones come after these were mended.
const MOST: usize = 8;

/// All that is wrong with an API, put together before anything is told.
pub struct Mistakes {
    /// One for each entry, and one for those that are not told now.
    texts: [Text; MOST + 1],
    /// The entry that each text is about; `None` of the whole API.
    entries: [Option<usize>; MOST],
    count: usize,
    current: usize,
}

impl Mistakes {
    pub(super) const fn new() -> Self {
        Self {
            texts: [const { Text::new() }; MOST + 1],
            entries: [None; MOST],
            count: 0,
            current: 0,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Begins a mistake about an entry, or about the whole API.
    pub(super) const fn begin(&mut self, entry: Option<usize>) {
        let mut place = 0;
        while place < self.count && !is_same(self.entries[place], entry) {
            place += 1;
        }
        if place == self.count && place < MOST {
            self.entries[place] = entry;
            self.count += 1;
        }
        self.current = place;
        self.texts[self.current].end_line();
    }

    pub(super) const fn push(&mut self, part: &str) {
        self.texts[self.current].push(part);
    }

    pub(super) const fn push_all(&mut self, parts: &[&str]) {
        self.texts[self.current].push_all(parts);
    }

    pub(super) const fn push_text(&mut self, text: &Text) {
        self.texts[self.current].push_text(text);
    }

    pub(super) const fn text(&mut self) -> &mut Text {
        &mut self.texts[self.current]
    }

    /// Stops the compilation if something is wrong with this entry; with `None`, with the API as a whole.
    #[track_caller]
    pub const fn tell(&self, entry: Option<usize>) {
        let mut place = 0;
        while place < self.count {
            if is_same(self.entries[place], entry) {
                self.texts[place].fail();
            }
            place += 1;
        }
    }
}

const fn is_same(one: Option<usize>, other: Option<usize>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other,
        (None, None) => true,
        _ => false,
    }
}
