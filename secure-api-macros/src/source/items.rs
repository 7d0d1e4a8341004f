//! The structs, enums, functions, modules and calls of macros of a source file: where each stands, and the attributes above it.

use std::ops::Range;

use super::words::Token;

/// One item, with a name.
#[derive(Debug)]
pub(crate) struct Item {
    /// The modules of the file around it, from the outermost on.
    pub(crate) module: Vec<String>,
    /// `struct`, `enum`, `fn`, `mod`, `use`, which has no name, or `macro`, which is a call.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) attributes: Vec<Attribute>,
    /// All of it, attributes too.
    pub(crate) place: Range<usize>,
}

/// One attribute of an item.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// Its path.
    pub(crate) name: String,
    /// The words in its brackets.
    pub(crate) words: Vec<String>,
    /// The texts in its brackets, with their quotes.
    pub(crate) texts: Vec<String>,
}

const KINDS: [&str; 4] = ["struct", "enum", "fn", "mod"];

/// Reads them from the words of a source. What a macro makes is not seen.
pub(super) fn of(source: &str, tokens: &[Token]) -> Vec<Item> {
    let mut items = Vec::new();
    Reader { source, tokens, at: 0 }.read(&mut Vec::new(), &mut items);
    items
}

struct Reader<'a> {
    source: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    /// Reads items up to the end, or to the brace that ends their module.
    fn read(&mut self, module: &mut Vec<String>, items: &mut Vec<Item>) {
        while !matches!(self.tokens.get(self.at), None | Some(Token::Mark(_, b'}'))) {
            self.item(module, items);
        }
    }

    fn item(&mut self, module: &mut Vec<String>, items: &mut Vec<Item>) {
        let mut begin = self.offset();
        let mut attributes = Vec::new();
        while self.is_mark(b'#') {
            self.at += 1;
            // One of the module is none of the item that follows.
            if self.is_mark(b'!') {
                self.at += 1;
                drop(self.attribute());
                begin = self.offset();
                continue;
            }
            attributes.extend(self.attribute());
        }
        let mut named: Option<(&'static str, String)> = None;
        let words = self.at;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Word(range) if named.is_none() => {
                    let word = &self.source[range.clone()];
                    let kind = KINDS.into_iter().find(|kind| *kind == word);
                    self.at += 1;
                    if word == "use" {
                        named = Some(("use", String::new()));
                    } else if let (Some(kind), Some(Token::Word(name))) =
                        (kind, self.tokens.get(self.at))
                    {
                        named = Some((kind, self.source[name.clone()].to_owned()));
                    } else if self.is_mark(b'!') && self.is_path(words) {
                        named = Some(("macro", word.to_owned()));
                    }
                }
                Token::Mark(_, b'}') => break,
                Token::Mark(_, b'{') => {
                    match &named {
                        Some(("mod", name)) => {
                            self.at += 1;
                            module.push(name.clone());
                            self.read(module, items);
                            module.pop();
                            self.at += 1;
                        }
                        // Its braces are no body: it goes on to its end.
                        Some(("use", _)) => {
                            self.skip();
                            continue;
                        }
                        _ => self.skip(),
                    }
                    break;
                }
                Token::Mark(_, b';') => {
                    self.at += 1;
                    break;
                }
                Token::Mark(_, b'(' | b'[') => self.skip(),
                _ => self.at += 1,
            }
        }
        if let Some((kind, name)) = named {
            let place = begin..self.end();
            items.push(Item { module: module.clone(), kind, name, attributes, place });
        }
    }

    /// Reads what stands in the brackets of an attribute.
    fn attribute(&mut self) -> Option<Attribute> {
        if !self.is_mark(b'[') {
            return None;
        }
        let begin = self.at;
        self.skip();
        let inside = &self.tokens[begin + 1..self.at];
        let mut name = String::new();
        let mut inside = inside.iter().peekable();
        while let Some(token) =
            inside.next_if(|token| matches!(token, Token::Word(_) | Token::Mark(_, b':')))
        {
            match token {
                Token::Word(range) => name.push_str(&self.source[range.clone()]),
                _ => name.push(':'),
            }
        }
        let (mut words, mut texts) = (Vec::new(), Vec::new());
        for token in inside {
            match token {
                Token::Word(range) => words.push(self.source[range.clone()].to_owned()),
                Token::Text(range) => texts.push(self.source[range.clone()].to_owned()),
                Token::Mark(..) => {}
            }
        }
        Some(Attribute { name, words, texts })
    }

    /// Passes a bracket, and all up to the one that closes it.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match token {
                Token::Mark(_, b'(' | b'[' | b'{') => depth += 1,
                Token::Mark(_, b')' | b']' | b'}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Returns `true` if nothing but a path stands between a place and this one.
    fn is_path(&self, from: usize) -> bool {
        let is_of_path = |token: &Token| matches!(token, Token::Word(_) | Token::Mark(_, b':'));
        self.tokens[from..self.at].iter().all(is_of_path)
    }

    fn is_mark(&self, mark: u8) -> bool {
        matches!(self.tokens.get(self.at), Some(Token::Mark(_, found)) if *found == mark)
    }

    /// Returns where the next token begins.
    fn offset(&self) -> usize {
        match self.tokens.get(self.at) {
            Some(Token::Word(range) | Token::Text(range)) => range.start,
            Some(Token::Mark(at, _)) => *at,
            None => self.source.len(),
        }
    }

    /// Returns where the last token ended.
    fn end(&self) -> usize {
        match self.tokens[..self.at.min(self.tokens.len())].last() {
            Some(Token::Word(range) | Token::Text(range)) => range.end,
            Some(Token::Mark(at, _)) => at + 1,
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::words, *};

    fn items(source: &str) -> Vec<Item> {
        of(source, &words::of(source))
    }

    const SOURCE: &str = r##"
        #![allow(dead_code)]
        use a::{b, c};
        /// `enum NotThis {}`
        #[derive(Debug, other::Clone)] #[allow(dead_code, reason = "enum Nor This {")]
        pub(crate) enum Role { #[role(includes(Low))] High, Low }
        const LIST: [u8; 2] = [b'}', 1];
        pub struct Name(String);
        #[get("/{id}")]
        pub async fn get_it<'a>(id: &'a str) -> Result<(), String> { enum Inside {} Ok(()) }
        mod inner { use super::*; struct Note { text: String } mod deeper; }
        impl Role { fn of_impl(&self) {} }
        own::make! { Last, struct Other; }
        static MADE: Vec<Role> = vec![Role::High];
        enum Last { A = 1 }
    "##;

    /// Items of modules have their way, and what stands in bodies, texts and comments is none.
    #[test]
    fn items_stand_where_they_are_written() {
        let items = items(SOURCE);
        let shown = |item: &Item| format!("{} {} {}", item.module.join("::"), item.kind, item.name);
        let shown: Vec<String> = items.iter().map(shown).collect();
        assert_eq!(
            shown,
            [
                " use ",
                " enum Role",
                " struct Name",
                " fn get_it",
                "inner use ",
                "inner struct Note",
                "inner mod deeper",
                " mod inner",
                " macro make",
                " enum Last",
            ]
        );
        assert_eq!(&SOURCE[items[0].place.clone()], "use a::{b, c};");
        let role = &items[1];
        assert!(
            SOURCE[role.place.clone()].starts_with("#[derive")
                && SOURCE[role.place.clone()].ends_with("Low }")
        );
        let attributes: Vec<_> = role.attributes.iter().map(|attribute| &*attribute.name).collect();
        assert_eq!(attributes, ["derive", "allow"]);
        assert_eq!(role.attributes[0].words, ["Debug", "other", "Clone"]);
        assert_eq!(&SOURCE[items[2].place.clone()], "pub struct Name(String);");
    }

    /// Half of a file is read as far as it goes.
    #[test]
    fn half_a_file_is_no_fault() {
        for end in 0..SOURCE.len() {
            drop(items(&SOURCE[..end]));
        }
        drop(items("} ) enum A {"));
    }
}
