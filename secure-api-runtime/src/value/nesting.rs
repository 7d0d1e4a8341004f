//! The nesting of HTML, measured by the parser that reads it, a little at a time.
//!
//! Each step of a parser of HTML looks at the elements that are open, and opens again those of formatting that were not
//! closed; and each attribute of a tag is compared with all before it. So text that nests deeply, or has a tag without an end,
//! costs more than it is long: here it is stopped on the way.

use std::{borrow::Cow, cell::Cell, rc::Rc};

use html5ever::{
    Attribute, ExpandedName, QualName, interface::ElementFlags, interface::NodeOrText,
    interface::QuirksMode, interface::TreeSink, local_name, ns, parse_fragment,
    tendril::StrTendril, tendril::TendrilSink as _,
};

/// Most elements that are open at once, or that wait to be opened again. People nest lists a handful deep.
const MOST_OPEN: usize = 64;
/// Longest tag or comment, in bytes: a URL of 2048 characters has room.
const LONGEST_TOKEN: usize = 8 * 1024;
/// The bytes that the parser reads before it is asked how deep it is.
const STEP: usize = 128;

/// Returns `true` if a text nests no deeper than an answer shows, and makes no more elements than it has room for tags.
pub(super) fn is_shallow(text: &str) -> bool {
    let counts = Rc::new(Counts::default());
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let sink = Sink(Rc::clone(&counts));
    let mut parser = parse_fragment(sink, Default::default(), context, Vec::new(), false);
    // An element has a tag of three bytes.
    let most_made = text.len() / 3 + MOST_OPEN;
    let (mut rest, mut silent, mut heard) = (text, 0, 0);
    while !rest.is_empty() {
        let step = rest.floor_char_boundary(STEP.min(rest.len()));
        let (next, after) = rest.split_at(step);
        parser.process(StrTendril::from_slice(next));
        if counts.open.get() > MOST_OPEN || counts.made.get() > most_made {
            return false;
        }
        // Within a tag nothing comes out of it.
        silent = if counts.heard.get() == heard { silent + step } else { 0 };
        if silent > LONGEST_TOKEN {
            return false;
        }
        heard = counts.heard.get();
        rest = after;
    }
    true
}

/// The number of elements that were made, of those that the parser still holds, and of all that came out of it.
#[derive(Default)]
struct Counts {
    made: Cell<usize>,
    open: Cell<usize>,
    heard: Cell<usize>,
}

/// An element as the parser holds it. What is in it is not kept.
struct Element {
    name: QualName,
    counts: Rc<Counts>,
}

impl Drop for Element {
    fn drop(&mut self) {
        self.counts.open.set(self.counts.open.get().saturating_sub(1));
    }
}

/// A tree of which only the open elements are kept.
struct Sink(Rc<Counts>);

impl Sink {
    fn element(&self, name: QualName) -> Rc<Element> {
        self.hear();
        self.0.made.set(self.0.made.get() + 1);
        self.0.open.set(self.0.open.get() + 1);
        Rc::new(Element { name, counts: Rc::clone(&self.0) })
    }

    fn hear(&self) {
        self.0.heard.set(self.0.heard.get() + 1);
    }

    /// Makes what has no name.
    fn other(&self) -> Rc<Element> {
        self.element(QualName::new(None, ns!(), local_name!("")))
    }
}

impl TreeSink for Sink {
    type Handle = Rc<Element>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Element> {
        self.other()
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Element>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Rc<Element> {
        self.element(name)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Element> {
        self.other()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Element> {
        self.other()
    }

    fn append(&self, _: &Rc<Element>, _: NodeOrText<Rc<Element>>) {
        self.hear();
    }

    fn append_based_on_parent_node(
        &self,
        _: &Rc<Element>,
        _: &Rc<Element>,
        _: NodeOrText<Rc<Element>>,
    ) {
        self.hear();
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Element>) -> Rc<Element> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Element>, other: &Rc<Element>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, _: &Rc<Element>, _: NodeOrText<Rc<Element>>) {
        self.hear();
    }

    fn add_attrs_if_missing(&self, _: &Rc<Element>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &Rc<Element>) {}

    fn reparent_children(&self, _: &Rc<Element>, _: &Rc<Element>) {}
}

#[cfg(test)]
mod tests {
    use super::is_shallow;

    #[test]
    fn text_that_nests_deeply_is_stopped() {
        let numbered = |tag: &str, close: &str| {
            let tags = (0..3000).map(|number| format!("<{tag} id=x{number}>{close}"));
            tags.collect::<String>()
        };
        let mut others = Vec::new();
        for text in [
            "<ul><li>".repeat(8000),
            "<blockquote>".repeat(5000),
            "<b>".repeat(20_000),
            numbered("b", "<p>"),
            numbered("i", "<ul></i>"),
            "<x></y>".repeat(8000),
            "<table><tr><td>".repeat(4000),
            "<svg><g>".repeat(8000),
            "<p><object>".repeat(5000),
            "<ul><!--</ul>-->".repeat(4000),
            format!("<b {}>", (0..10_000).map(|number| format!("a{number} ")).collect::<String>()),
            format!("<b {}", "a ".repeat(30_000)),
            "<ul><a title=\"</ul>\"></a>".repeat(2500),
            format!("{}{}", numbered("b", "<p>x")[..900].to_owned(), "<p>x".repeat(15_000)),
        ] {
            if is_shallow(&text) {
                others.push(text[..60].to_owned());
            }
        }
        assert!(others.is_empty(), "{others:#?}");
    }

    #[test]
    fn what_people_write_is_shallow() {
        for text in [
            String::new(),
            "<p>a <b>b</b></p>".repeat(3000),
            "<p>a".repeat(10_000),
            "<ul><li>a<li>b</ul>".repeat(2000),
            "<br>".repeat(10_000),
            "<hr><img src=x>".repeat(3000),
            "<!-- x -->".repeat(5000),
            format!("<img src=\"data:image/png;base64,{}\">a", "iVBO".repeat(1500)).repeat(5),
            "a long line without any tag ".repeat(2000),
            "<div>a</div><x>b</x>".repeat(2000),
            "<table><tr><td>a</table>".repeat(500),
            format!("{}a{}", "<ul><li>".repeat(12), "</ul>".repeat(12)),
            "größer < als & 3 > 2 ".repeat(2000),
            "<script>if (a<b) {}</script>".repeat(500),
        ] {
            assert!(is_shallow(&text), "{}", text.chars().take(60).collect::<String>());
        }
    }
}
