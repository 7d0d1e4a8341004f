//! HTML as it is put together: elements and attributes have names of this program, and all else is escaped.
//!
//! There is no way from a text to HTML but by [`text`] and the value of an attribute, so none can be forgotten.

use std::iter::{Once, once};

/// A piece of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Html(String);

/// The attributes of an element, each with its value.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// Returns a text as HTML.
pub(super) fn text(text: &str) -> Html {
    let mut html = Html::default();
    html.escape(text);
    html
}

/// Returns an element with what is inside of it.
pub(super) fn element(
    name: &'static str,
    attributes: Attributes<'_>,
    inside: impl IntoIterator<Item = Html>,
) -> Html {
    let mut html = single(name, attributes);
    inside.into_iter().for_each(|Html(inside)| html.0.push_str(&inside));
    html.0.push_str(&format!("</{name}>"));
    html
}

/// Returns an element that has no end, as `input`.
pub(super) fn single(name: &'static str, attributes: Attributes<'_>) -> Html {
    let mut html = Html(format!("<{name}"));
    for (name, value) in attributes {
        html.0.push_str(&format!(" {name}=\""));
        html.escape(value);
        html.0.push('"');
    }
    html.0.push('>');
    html
}

/// Returns several pieces as one.
pub(super) fn all(pieces: impl IntoIterator<Item = Html>) -> Html {
    Html(pieces.into_iter().map(|Html(piece)| piece).collect())
}

impl Html {
    /// Returns a whole document.
    pub(super) fn document(self) -> String {
        format!("<!doctype html>\n{}\n", self.0)
    }

    fn escape(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                letter => self.0.push(letter),
            }
        }
    }
}

impl IntoIterator for Html {
    type Item = Self;
    type IntoIter = Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        once(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_told_is_escaped() {
        let hostile = "</title><script>alert('1')</script>\" onclick=\"x & y";
        let html = element("p", &[("id", hostile)], text(hostile)).document();
        let escaped = "&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onclick=&quot;x &amp; y";
        assert_eq!(html, format!("<!doctype html>\n<p id=\"{escaped}\">{escaped}</p>\n"));
    }
}
