//! The module that a macro stands in, and what is declared in it: a name of the site is believed to be an item of the same
//! module alone. One of another module has the same name by chance.

use std::rc::Rc;

use super::{INERT, Item, SourceFile, this_file, uses, words::Token};

/// The place of a macro.
pub(crate) struct Site {
    pub(crate) file: Rc<SourceFile>,
    /// The modules of the file around it.
    pub(crate) module: Vec<String>,
}

/// A bracket that is open beside items.
enum Open<'a> {
    Module(&'a str),
    Attribute,
}

/// Modules, each list with the place from behind which it counts; `None` where nothing stands beside items.
pub(super) type Modules = Vec<(usize, Option<Vec<String>>)>;

/// Returns where the macro stands, or nothing where that cannot be told: in a body, and in what another macro makes.
pub(crate) fn site() -> Option<Site> {
    let file = this_file()?;
    let module = file.module_at(call_site(&file)?)?;
    Some(Site { file, module })
}

/// Returns the offset of the macro in the file that it stands in.
pub(super) fn call_site(file: &SourceFile) -> Option<usize> {
    let span = proc_macro::Span::call_site();
    let begin = file.line(span.line())?;
    let (column, _) = file.text.get(begin..)?.char_indices().nth(span.column().checked_sub(1)?)?;
    Some(begin + column)
}

/// Returns the one item of this name in the module of the site.
pub(crate) fn item(name: &str) -> Option<(Rc<SourceFile>, Rc<Item>)> {
    let site = site()?;
    let item = site.one(|item| item.name == name)?;
    Some((Rc::clone(&site.file), item))
}

/// Returns the one function of this name in the module of the site, if nothing makes another of it.
pub(crate) fn function(name: &str) -> Option<(Rc<SourceFile>, Rc<Item>)> {
    let site = site()?;
    let item = site.one(|item| item.kind == "fn" && item.name == name)?;
    Some((Rc::clone(&site.file), item))
}

/// Returns `true` if nothing above an item makes another of it.
pub(super) fn is_plain(item: &Item) -> bool {
    item.attributes.iter().all(|attribute| INERT.contains(&&*attribute.name))
}

impl Site {
    /// Returns the item of the module that is meant, if it is the only one, and no condition decides whether it is there: a name
    /// that all of another module brings would take its place.
    pub(crate) fn one(&self, is_meant: impl Fn(&Item) -> bool) -> Option<Rc<Item>> {
        let mut found =
            self.file.items.iter().filter(|item| item.module == self.module && is_meant(item));
        let item = found.next().filter(|_| found.next().is_none())?;
        let mut attributes = item.attributes.iter();
        (!attributes.any(|attribute| attribute.name.starts_with("cfg"))).then(|| Rc::clone(item))
    }
}

impl Site {
    /// Returns `true` if the first name of a `use` is no module of the crate's own.
    pub(super) fn is_foreign(&self, first: &str) -> bool {
        let is_own = |item: &Rc<Item>| item.kind == "mod" && item.name == first;
        !["crate", "self", "super"].contains(&first) && !self.file.items.iter().any(is_own)
    }

    /// Returns `true` if a path with this first name leads out of the crate: what all of a module brings may have that name too.
    pub(super) fn has_foreign(&self, first: &str) -> bool {
        self.is_foreign(first)
            && match uses::way_of(self, first) {
                Some(way) => self.is_foreign(&way[0]),
                None => {
                    !self
                        .file
                        .items
                        .iter()
                        .any(|item| item.kind == "use" && self.names(item, first))
                        && (["std", "core", "alloc"].contains(&first)
                            || !uses::may_bring(self, first))
                }
            }
    }

    /// Returns `true` if an item of the module has a word.
    pub(super) fn names(&self, item: &Item, word: &str) -> bool {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let text = &self.file.text[item.place.clone()];
        item.module == self.module && text.split(|letter| !is_part(letter)).any(|of| of == word)
    }
}

impl SourceFile {
    /// Returns the modules around a place that stands beside items, or in an attribute of one. Of two modules of one name, as
    /// below `#[cfg]`s, nobody knows what is in which.
    pub(super) fn module_at(&self, at: usize) -> Option<Vec<String>> {
        let modules = self.modules.get_or_init(|| self.modules_by_place());
        let before = modules.partition_point(|(begin, _)| *begin < at);
        before.checked_sub(1).map_or(Some(Vec::new()), |last| modules[last].1.clone())
    }

    /// Returns the modules behind each bracket that changes them, with where it begins. Each file is asked about by all
    /// that stands in it, so it is looked through once.
    fn modules_by_place(&self) -> Modules {
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut all = Vec::new();
        // The brackets that are open inside of one that is no module and no attribute.
        let mut inside = 0;
        for (place, token) in self.tokens.iter().enumerate() {
            let Token::Mark(begin, mark) = token else { continue };
            let before = |back: usize| place.checked_sub(back).map_or("", |at| self.shown(at));
            match mark {
                b'{' | b'[' | b'(' if inside > 0 => {
                    inside += 1;
                    continue;
                }
                b'}' | b']' | b')' if inside > 1 => {
                    inside -= 1;
                    continue;
                }
                b'{' if before(2) == "mod" => open.push(Open::Module(before(1))),
                b'[' if before(1) == "#" || before(1) == "!" && before(2) == "#" => {
                    open.push(Open::Attribute);
                }
                b'{' | b'[' | b'(' => match open.last() {
                    Some(Open::Attribute) => open.push(Open::Attribute),
                    _ => inside = 1,
                },
                b'}' | b']' | b')' if inside == 1 => inside = 0,
                b'}' | b']' | b')' => drop(open.pop()),
                _ => continue,
            }
            all.push((*begin, if inside > 0 { None } else { self.named(&open) }));
        }
        all
    }

    /// Returns the names of modules that are open, if each is the only one of its name.
    fn named(&self, open: &[Open<'_>]) -> Option<Vec<String>> {
        let mut module = Vec::new();
        for open in open {
            let Open::Module(name) = open else { continue };
            let is_it = |item: &&Rc<Item>| {
                item.kind == "mod" && item.name == *name && item.module == module
            };
            if self.items.iter().filter(is_it).count() != 1 {
                return None;
            }
            module.push((*name).to_owned());
        }
        Some(module)
    }

    /// Returns the modules around a word or mark.
    pub(super) fn module_of(&self, place: usize) -> Option<Vec<String>> {
        self.module_at(self.begin_of(place)?)
    }

    /// Returns where a word or mark begins.
    fn begin_of(&self, place: usize) -> Option<usize> {
        Some(match self.tokens.get(place)? {
            Token::Word(range) | Token::Text(range) => range.start,
            Token::Mark(at, _) => *at,
        })
    }

    /// Returns the first word or mark from an offset on.
    pub(super) fn place_at(&self, at: usize) -> usize {
        let is_before = |place: usize| self.begin_of(place).is_some_and(|begin| begin < at);
        (0..self.tokens.len()).take_while(|place| is_before(*place)).count()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// Returns the module of the one `#[get]` of a text.
    fn module(text: &str) -> Option<String> {
        let file = SourceFile::new(PathBuf::new(), text.to_owned());
        let at = text.find("get").expect("an attribute");
        file.module_at(at).map(|module| module.join("::"))
    }

    /// A macro stands in the modules whose braces are around it.
    #[test]
    fn a_place_is_in_the_modules_around_it() {
        assert_eq!(module("mod a { fn b() {} } #[get(\"/\")] fn c() {}").as_deref(), Some(""));
        assert_eq!(module("#[get(\"/\")] mod a { }").as_deref(), Some(""));
        let text = "#![allow(a)] pub mod a { struct B { c: u8 } mod d { #[derive(Debug, get)] struct E; } }";
        assert_eq!(module(text).as_deref(), Some("a::d"));
    }

    /// A body, what a macro is told, and one of two modules of one name tell no module.
    #[test]
    fn a_place_that_is_not_beside_items_is_in_no_module() {
        assert_eq!(module("fn a() { #[get(\"/\")] fn b() {} }"), None);
        assert_eq!(module("impl A { #[get(\"/\")] fn b() {} }"), None);
        assert_eq!(module("made!(#[get(\"/\")] fn b() {});"), None);
        assert_eq!(module("macro_rules! a { () => { mod b { #[get] fn b() {} } } }"), None);
        assert_eq!(module("#[cfg(a)] mod b {} #[cfg(c)] mod b { #[get] fn d() {} }"), None);
    }

    /// An item is believed if it stands in the module of the site, once and without a condition.
    #[test]
    fn an_item_of_another_module_is_none_of_the_site() {
        let has = |text: &str| {
            let file = Rc::new(SourceFile::new(PathBuf::new(), text.to_owned()));
            let site = Site { file, module: vec!["a".to_owned()] };
            site.one(|item| item.name == "Change").is_some()
        };
        assert!(has("mod a { struct Change; } mod b { struct Change; }"));
        assert!(!has("mod a { use super::inputs::*; } mod b { struct Change; } struct Change;"));
        assert!(!has("mod a { #[cfg(unix)] struct Change; }"));
        assert!(!has("mod a { #[cfg(unix)] struct Change; #[cfg(not(unix))] enum Change {} }"));
    }
}
